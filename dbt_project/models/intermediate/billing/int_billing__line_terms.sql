with

lines as (

    select * from {{ ref('int_billing__billable_line') }}

),

customers as (

    select * from {{ ref('int_billing__customer') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

locations as (

    select * from {{ ref('int_master__location_code') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

)

select
    lines.*,
    case lines.event_type
        when 'consumption' then 'consume'
        when 'dropship_ship' then 'supplier_ship'
        when 'bill_hold' then 'bill_hold'
        when 'recurring' then 'calendar'
        when 'service' then 'service'
        when 'storage' then 'service'
        else 'ship'
    end as fires_on,
    case
        when lines.event_type is not null or not lines.has_order_line then 'whole'
        when lines.ship_confirm_at > min(lines.ship_confirm_at) over order_line then 'rest'
        when
            min(lines.ship_confirm_at) over order_line < max(lines.ship_confirm_at) over order_line
            then 'partial'
        when
            lines.uom = lines.ordered_uom
            and sum(lines.qty_shipped) over order_line < lines.qty_wanted
            then 'partial'
        else 'whole'
    end as part,
    -- an order line that an event bills is billed by nothing else, whoever carries the goods
    case
        when lines.event_type is null and lines.has_order_line
            then max(
                case when lines.event_type in ('dropship_ship', 'bill_hold') then lines.event_type end
            ) over (partition by lines.company_id, lines.order_id, lines.order_line)
    end as passed_by_event,
    -- standing orders are paid for as delivered, whoever the customer is (domain C.1, BR-DELIV)
    lines.order_type = 'recurring' or coalesce(customers.pod_required, false) as pod_required,
    coalesce(customers.pod_required, false) as is_signature_needed,
    coalesce(customers.partial_billing, 'allowed') = 'hold_until_complete' as is_held_until_complete,
    coalesce(lines.fob_point, customers.fob_default, '') as delivery_terms,
    customers.price_group,
    coalesce(lines.invoice_policy, customers.invoice_policy, 'per_shipment') as billing_cycle,
    customers.invoice_days,
    coalesce(customers.currency, companies.currency) as customer_currency,
    {{ local_date(
        'coalesce(lines.pricing_at, lines.left_at)', 'companies.timezone'
    ) }} as order_date,
    coalesce(items.valuation_class, '') as valuation_class,
    coalesce(items.item_type, 'stock') as item_type,
    locations.location_id,
    companies.currency as company_currency,
    coalesce(locations.timezone, companies.timezone) as timezone,
    {{ local_date(
        'lines.left_at', 'coalesce(locations.timezone, companies.timezone)'
    ) }} as ship_date
from lines
inner join companies
    on lines.company_id = companies.company_id
left join customers
    on
        lines.company_id = customers.company_id
        and lines.party_id = customers.party_id
left join items
    on
        lines.company_id = items.company_id
        and lines.item_id = items.item_id
left join locations
    on
        lines.source_system = locations.source_system
        and lines.company_id = locations.company_id
        and lines.from_location_code = locations.location_code
window order_line as (
    partition by lines.company_id, lines.order_id, lines.order_line, lines.event_type is null
)
