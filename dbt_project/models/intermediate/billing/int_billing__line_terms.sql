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
    coalesce(customers.pod_required, false) as pod_required,
    coalesce(lines.fob_point, customers.fob_default, '') as delivery_terms,
    customers.price_group,
    coalesce(lines.invoice_policy, customers.invoice_policy, 'per_shipment') as billing_cycle,
    customers.invoice_days,
    coalesce(items.valuation_class, '') as valuation_class,
    coalesce(items.item_type, 'stock') as item_type,
    locations.location_id,
    companies.currency as company_currency,
    coalesce(locations.timezone, companies.timezone) as timezone,
    {{ local_date(
        'lines.ship_confirm_at', 'coalesce(locations.timezone, companies.timezone)'
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
