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
    on companies.company_id = lines.company_id
left join customers
    on
        customers.company_id = lines.company_id
        and customers.party_id = lines.party_id
left join items
    on
        items.company_id = lines.company_id
        and items.item_id = lines.item_id
left join locations
    on
        locations.source_system = lines.source_system
        and locations.company_id = lines.company_id
        and locations.location_code = lines.from_location_code
