-- Only rows of the movement feed that say how they were entered can be judged; a site that does not
-- send it is not a site that types everything.

with

run as (

    select * from {{ ref('int_control__run') }}

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

told as (

    select * from {{ ref('int_stock__scan') }}

),

counted as (

    select
        told.company_id,
        told.location_id,
        days.fiscal_year,
        days.fiscal_period,
        count(*) as movements,
        count(told.scan_method) as told_movements,
        sum(case when told.scan_method in ('barcode', 'rfid') then 1 else 0 end)
            as scanned_movements
    from told
    inner join days
        on
            told.company_id = days.company_id
            and told.event_date = days.date
    group by told.company_id, told.location_id, days.fiscal_year, days.fiscal_period

)

select
    counted.company_id,
    counted.location_id,
    counted.fiscal_year,
    counted.fiscal_period,

    cast(counted.movements as bigint) as movements,
    cast(counted.told_movements as bigint) as told_movements,
    cast(counted.scanned_movements as bigint) as scanned_movements,
    case
        when counted.told_movements > 0
            then {{ divide_exact(
                'cast(100 * counted.scanned_movements as decimal(18, 0))',
                'cast(counted.movements as decimal(18, 0))', 2, from_scale=0, by_scale=0
            ) }}
    end as coverage_pct,
    settings.scan_target_pct as target_pct,
    case
        when counted.told_movements > 0
            then 100 * counted.scanned_movements >= settings.scan_target_pct * counted.movements
    end as is_target_met,

    run.as_of_at,
    run.watermark_at
from counted
cross join settings
cross join run
