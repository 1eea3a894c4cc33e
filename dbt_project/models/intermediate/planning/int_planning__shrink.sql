-- What counts found missing, period by period.
with

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

counted_lines as (

    select * from {{ ref('int_stock__counted_line') }}

)

select
    counted_lines.company_id,
    counted_lines.item_id,
    counted_lines.location_id,
    days.fiscal_year,
    days.fiscal_period,
    -sum(counted_lines.variance_qty) as shrink_qty
from counted_lines
inner join days
    on
        counted_lines.company_id = days.company_id
        and counted_lines.count_date = days.date
where counted_lines.variance_qty < 0
group by
    counted_lines.company_id, counted_lines.item_id, counted_lines.location_id, days.fiscal_year,
    days.fiscal_period
