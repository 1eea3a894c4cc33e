with

run as (

    select * from {{ ref('int_control__run') }}

),

deviations as (

    select * from {{ ref('int_availability__channel_deviation') }}

),

over_shown as (      -- every day on which the channel showed too much is one problem while it lasts

    select
        company_id,
        item_id,
        location_id,
        channel,
        count(*) as days,
        min(date) as first_date
    from deviations
    where difference_qty > 0
    group by company_id, item_id, location_id, channel

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

)

select
    'BUFFER_BREACH' as code,
    deviations.company_id,
    concat_ws('|', 'channel', deviations.channel, deviations.item_id, deviations.location_id)
        as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    deviations.item_id,
    deviations.location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    {{ midnight_utc('over_shown.first_date', 'companies.timezone') }} as first_event_at,
    least({{ midnight_utc('over_shown.first_date', 'companies.timezone') }}, run.as_of_at)
        as detected_at,
    cast(
        round(deviations.difference_qty * coalesce(item_costs.unit_cost, 0), 4) as decimal(18, 4)
    ) as exposure_amount,
    case
        when item_costs.unit_cost is null then 'no cost known'
        else 'pieces shown beyond policy at cost'
    end as exposure_basis,
    'the channel shows more than policy gives it' as rule_id,
    {{ json_text([
        ('broken_qty', 'deviations.difference_qty'),
        ('shown_qty', 'deviations.shown_qty'),
        ('available_qty', 'deviations.available_qty'),
        ('on_shelf_qty', 'deviations.on_shelf_qty'),
        ('safety_buffer_qty', 'deviations.safety_buffer_qty'),
        ('channel', 'deviations.channel'),
        ('shown_on', 'deviations.date'),
        ('days', 'over_shown.days'),
        ('policy_id', 'deviations.policy_id'),
    ]) }} as evidence
from deviations
cross join run
inner join over_shown
    on
        deviations.company_id = over_shown.company_id
        and deviations.item_id = over_shown.item_id
        and deviations.location_id = over_shown.location_id
        and deviations.channel = over_shown.channel
inner join {{ ref('int_master__company') }} as companies
    on deviations.company_id = companies.company_id
left join item_costs
    on
        deviations.company_id = item_costs.company_id
        and deviations.item_id = item_costs.item_id
where deviations.is_latest and deviations.difference_qty > 0
