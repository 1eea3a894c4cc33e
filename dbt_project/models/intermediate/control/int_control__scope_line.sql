-- Expected billing lines, each in every pilot that it belongs to.
with

items as (

    select company_id, item_id, coalesce(category, '') as category
    from {{ ref('int_master__item') }}

),

lines as (

    select
        states.*,
        coalesce(states.location_id, '*') as scope_location_id,
        coalesce(items.category, '') as scope_category,
        coalesce(orders.order_type, 'standard') as scope_order_type
    from {{ ref('int_billing__billing_state') }} as states
    left join items
        on
            states.company_id = items.company_id
            and states.item_id = items.item_id
    left join {{ ref('int_billing__order_line') }} as orders
        on
            states.company_id = orders.company_id
            and states.order_id = orders.order_id
            and states.order_line = orders.order_line

)

select
    lines.company_id,
    cells.scope,
    lines.expected_billing_id,
    coalesce(lines.billing_rule_id, '') as billing_rule_id,
    lines.billing_state,
    lines.expected_amount,
    lines.open_amount,
    lines.is_open
from lines
inner join {{ ref('int_control__scope_cell') }} as cells
    on
        lines.company_id = cells.company_id
        and lines.scope_location_id = cells.location_id
        and lines.scope_category = cells.category
        and lines.scope_order_type = cells.order_type
