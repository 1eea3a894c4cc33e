-- The overrides in force of a line, side by side; the advice itself stays as it was.
with

in_force as (

    select
        *,
        concat(
            user_id, ' set ', replace(figure, '_', ' '), ' to ', trim(new_value), ' (', reason,
            '; approved by ', approved_by, ')'
        ) as told
    from {{ ref('int_planning__override_version') }}
    where standing = 'in_force'

)

select
    company_id,
    item_id,
    location_id,
    max(case when figure = 'reorder_point' then override_qty end) as reorder_point,
    max(case when figure = 'safety_stock' then override_qty end) as safety_stock,
    max(case when figure = 'order_up_to' then override_qty end) as order_up_to,
    max(case when figure = 'order_qty' then override_qty end) as order_qty,
    concat_ws(
        ', ',
        max(case when figure = 'reorder_point' then override_id end),
        max(case when figure = 'safety_stock' then override_id end),
        max(case when figure = 'order_up_to' then override_id end),
        max(case when figure = 'order_qty' then override_id end)
    ) as override_ids,
    concat_ws(
        '; ',
        max(case when figure = 'reorder_point' then told end),
        max(case when figure = 'safety_stock' then told end),
        max(case when figure = 'order_up_to' then told end),
        max(case when figure = 'order_qty' then told end)
    ) as override_reason,
    min(expires_at) as override_expires_at
from in_force
group by company_id, item_id, location_id
