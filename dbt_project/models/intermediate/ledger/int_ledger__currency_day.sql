with

companies as (

    select * from {{ ref('int_master__company') }}

),

rates as (

    select * from {{ ref('stg_master__fx_rate') }}

),

ranked as (

    select
        companies.company_id,
        companies.as_of_date,
        rates.from_currency,
        rates.rate_date,
        rates.rate,
        row_number() over (
            partition by companies.company_id, rates.from_currency, rates.rate_date
            order by
                case when rates.company_id = '*' then 1 else 0 end,
                case rates.rate_type
                    when 'spot' then 1 when 'document' then 2 when 'average' then 3 else 4
                end,
                rates.source_system
        ) as preference
    from companies
    inner join rates
        on
            rates.company_id in (companies.company_id, '*')
            and companies.currency = rates.to_currency
            and companies.currency <> rates.from_currency
            and companies.as_of_date >= rates.rate_date

),

spans as (      -- a rate holds until the next one

    select
        company_id,
        from_currency,
        rate,
        rate_date as first_date,
        coalesce(
            cast(
                lead(rate_date) over (partition by company_id, from_currency order by rate_date)
                - interval 1 day as date
            ),
            as_of_date
        ) as last_date
    from ranked
    where preference = 1

)

select
    company_id,
    from_currency,
    rate,
    {{ each_day('first_date', 'last_date') }} as date
from spans
