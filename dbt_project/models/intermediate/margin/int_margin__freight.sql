-- What carriers and hands charged us for a shipment, as billable events tell it, in the company's
-- currency at the rate of the day.
with

charged as (

    select
        events.company_id,
        events.shipment_id,
        events.event_type = 'freight_charge' as is_freight,
        cast(round(
            events.cost_amount * case
                when events.currency = coalesce(companies.currency, events.currency) then 1
                else currency_days.rate
            end, 2
        ) as decimal(18, 4)) as amount
    from {{ ref('stg_billing__billable_event') }} as events
    inner join {{ ref('int_master__company') }} as companies
        on events.company_id = companies.company_id
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            events.company_id = currency_days.company_id
            and events.currency = currency_days.from_currency
            and currency_days.date = {{ local_date('events.event_at', 'companies.timezone') }}
    where events.shipment_id is not null and events.cost_amount is not null

)

select
    company_id,
    shipment_id,
    cast(sum(case when is_freight then amount else 0 end) as decimal(18, 4)) as freight_amount,
    cast(sum(case when is_freight then 0 else amount end) as decimal(18, 4)) as handling_amount
from charged
group by company_id, shipment_id
