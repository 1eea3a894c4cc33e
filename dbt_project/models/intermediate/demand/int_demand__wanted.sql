-- What customers asked for. A line that was withdrawn in time asked for nothing; one that waited past its
-- day until it was given up was wanted all the same.

with

settings as (

    select * from {{ ref('int_planning__setting') }}

),

order_lines as (

    select
        lines.*,
        lines.qty_base < lines.qty_ordered
        and coalesce(
            {{ days_between('lines.demand_date', 'lines.told_last_date') }} > settings.given_up_days,
            false
        ) as is_given_up
    from {{ ref('int_demand__order_line') }} as lines
    cross join settings

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
    case when is_given_up then qty_ordered else qty_base end as qty_base,
    net_amount
from order_lines
where qty_base > 0 or is_given_up or (qty_base is null and line_status <> 'cancelled')
