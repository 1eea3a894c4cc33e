with

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

parts as (

    select * from {{ ref('fct_kpi_invoicing') }}
    union all
    select * from {{ ref('fct_kpi_service') }}
    union all
    select * from {{ ref('fct_kpi_stock') }}
    union all
    select * from {{ ref('fct_kpi_ledger') }}

),

by_period as (

    select
        parts.company_id, parts.kpi_code, parts.location_id, parts.party_id, parts.channel,
        days.period_start_date, days.period_end_date,
        sum(parts.numerator) as numerator,
        sum(parts.denominator) as denominator,
        sum(parts.row_count) as row_count
    from parts
    inner join days
        on
            parts.company_id = days.company_id
            and parts.date = days.date
    group by
        parts.company_id, parts.kpi_code, parts.location_id, parts.party_id, parts.channel,
        days.period_start_date, days.period_end_date

),

placed as (

    select by_period.*, 'company' as dimension, '' as dimension_value from by_period
    union all
    select by_period.*, 'location', location_id from by_period
    where location_id <> ''
    union all
    select by_period.*, 'customer', party_id from by_period
    where party_id <> ''
    union all
    select by_period.*, 'channel', channel from by_period
    where channel <> ''

),

figures as (

    select
        company_id, kpi_code, period_start_date, period_end_date, dimension, dimension_value,
        cast(sum(numerator) as decimal(24, 6)) as numerator,
        cast(sum(denominator) as decimal(24, 6)) as denominator,
        cast(sum(row_count) as bigint) as row_count
    from placed
    group by company_id, kpi_code, period_start_date, period_end_date, dimension, dimension_value
    union all
    select
        company_id, kpi_code, period_start_date, period_end_date, dimension, dimension_value,
        numerator, denominator, row_count
    from {{ ref('int_kpi__quantile') }}

)

select
    figures.*,
    run.as_of_at,
    run.watermark_at
from figures
cross join {{ ref('int_control__run') }} as run
