with

weekly_and_monthly as (

    select
        company_id,
        party_id,
        billing_cycle,
        lower(replace(coalesce(invoice_days, ''), ' ', '')) as invoice_days
    from {{ ref('int_billing__line_terms') }}
    where billing_cycle in ('weekly', 'monthly') and party_id is not null
    group by company_id, party_id, billing_cycle, lower(replace(coalesce(invoice_days, ''), ' ', ''))

),

calendar as (

    select
        company_id,
        date,
        ',' || lower(
            case extract(dayofweek from date)
                when 0 then 'sunday' when 1 then 'monday' when 2 then 'tuesday'
                when 3 then 'wednesday' when 4 then 'thursday' when 5 then 'friday'
                else 'saturday'
            end
        ) || ',' as weekday_name,
        ',' || cast(extract(day from date) as varchar) || ',' as day_of_month,
        extract(day from cast(date + interval 1 day as date)) = 1 as is_month_end
    from {{ ref('int_master__calendar_day') }}

),

invoice_days as (      -- without a named day: Friday for weekly, the last of the month for monthly

    select
        weekly_and_monthly.company_id,
        weekly_and_monthly.party_id,
        weekly_and_monthly.billing_cycle,
        calendar.date
    from weekly_and_monthly
    inner join calendar
        on
            weekly_and_monthly.company_id = calendar.company_id
            and case
                when weekly_and_monthly.invoice_days <> ''
                    then
                        ',' || weekly_and_monthly.invoice_days || ','
                        like '%' || calendar.weekday_name || '%'
                        or ',' || weekly_and_monthly.invoice_days || ','
                        like '%' || calendar.day_of_month || '%'
                when weekly_and_monthly.billing_cycle = 'weekly'
                    then calendar.weekday_name = ',friday,'
                else calendar.is_month_end
            end

)

select
    company_id,
    party_id,
    billing_cycle,
    coalesce(
        cast(
            lag(date) over (partition by company_id, party_id, billing_cycle order by date)
            + interval 1 day as date
        ),
        date '1900-01-01'
    ) as collects_from,
    date as invoice_date
from invoice_days
