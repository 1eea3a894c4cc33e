with

order_lines as (

    select * from {{ ref('int_demand__order_line') }}

)

select
    company_id,
    item_id,
    location_id,
    order_id,
    order_line,
    demand_date,
    line_status,
    known_at,
    qty_base,
    net_amount
from order_lines
where qty_base > 0 or (qty_base is null and line_status <> 'cancelled')
