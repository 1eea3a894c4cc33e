-- The days of each company that anything happens on, in whole years, with the fiscal period that the
-- company named for them, if it did.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

fiscal_periods as (

    select * from {{ ref('stg_master__fiscal_period') }}

),

dates_seen as (

    select company_id, cast(event_at as date) as date from {{ ref('stg_wms__stock_movement') }}
    union
    select company_id, cast(ship_confirm_at as date) from {{ ref('stg_wms__shipment') }}
    union
    select company_id, cast(received_at as date) from {{ ref('stg_wms__receipt_line') }}
    union
    select company_id, cast(order_at as date) from {{ ref('stg_billing__order_line') }}
    union
    select company_id, invoice_date from {{ ref('stg_billing__invoice') }}
    union
    select company_id, invoice_date from {{ ref('stg_purchasing__invoice_line') }}
    union
    select company_id, posting_date from {{ ref('stg_gl__journal_line') }}
    union
    select company_id, demand_date from {{ ref('stg_demand__history') }}
    union
    select company_id, start_date from {{ ref('stg_master__fiscal_period') }}
    union
    select company_id, end_date from {{ ref('stg_master__fiscal_period') }}
    union
    select company_id, as_of_date from {{ ref('int_master__company') }}

),

spans as (      -- whole years, and one more on either side for deadlines, horizons and time zones

    select
        companies.company_id,
        cast(date_trunc('year', min(dates_seen.date) - interval 31 day) as date) as first_date,
        cast(date_trunc('year', max(dates_seen.date) + interval 761 day) - interval 1 day as date)
            as last_date
    from companies
    inner join dates_seen
        on companies.company_id = dates_seen.company_id
    group by companies.company_id

),

days as (

    select
        company_id,
        {{ each_day('first_date', 'last_date') }} as date
    from spans

),

periods_ranked as (      -- the company's own calendar first; a short adjustment period never wins

    select
        days.company_id,
        days.date,
        fiscal_periods.fiscal_year,
        fiscal_periods.fiscal_period,
        fiscal_periods.start_date,
        fiscal_periods.end_date,
        row_number() over (
            partition by days.company_id, days.date
            order by
                case when fiscal_periods.company_id = days.company_id then 0 else 1 end,
                case when fiscal_periods.module = 'GL' then 0 else 1 end,
                {{ days_between('fiscal_periods.start_date', 'fiscal_periods.end_date') }} desc,
                fiscal_periods.fiscal_year,
                fiscal_periods.fiscal_period,
                fiscal_periods.source_system
        ) as preference
    from days
    inner join fiscal_periods
        on
            fiscal_periods.company_id in (days.company_id, '*')
            and fiscal_periods.module in ('GL', 'ALL')
            and days.date between fiscal_periods.start_date and fiscal_periods.end_date

)

select
    days.company_id,
    days.date,
    periods_ranked.fiscal_year,
    periods_ranked.fiscal_period,
    periods_ranked.start_date,
    periods_ranked.end_date
from days
left join periods_ranked
    on
        days.company_id = periods_ranked.company_id
        and days.date = periods_ranked.date
        and periods_ranked.preference = 1
