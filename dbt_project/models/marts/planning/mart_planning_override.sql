with

run as (

    select * from {{ ref('int_control__run') }}

),

overrides as (

    select * from {{ ref('int_planning__override_version') }}

),

orders as (

    select * from {{ ref('int_planning__order_quantity') }}

),

compared as (

    select
        overrides.*,
        case overrides.figure
            when 'reorder_point' then orders.advised_reorder_point
            when 'safety_stock' then orders.advised_safety_stock
            when 'order_up_to' then orders.advised_order_up_to
            else orders.advised_order_qty
        end as advised_qty
    from overrides
    left join orders
        on
            overrides.company_id = orders.company_id
            and overrides.item_id = orders.item_id
            and overrides.location_id = orders.location_id

)

select
    compared.company_id,
    compared.source_system,
    compared.override_id,
    compared.batch_seq,
    compared.source_file,
    compared.row_number_in_file,
    compared.item_id,
    compared.location_id,
    compared.figure,

    compared.override_qty,
    compared.new_value as said_text,
    compared.advised_qty,
    cast(compared.override_qty - compared.advised_qty as decimal(18, 6)) as difference_qty,

    compared.standing,
    compared.standing = 'in_force' as is_in_force,
    compared.reason,
    compared.user_id,
    compared.approved_by,
    compared.approved_at,
    compared.valid_from,
    compared.valid_to,
    compared.expires_at,
    compared.delivered_at,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from compared
cross join run
