with

shipments as (

    select * from {{ ref('stg_wms__shipment') }}

),

parties as (

    select * from {{ ref('stg_master__party') }}

),

customer_terms as (

    select
        company_id,
        party_code,
        min(fob_default) as fob_default
    from parties
    where party_role = 'customer'
    group by company_id, party_code

),

with_terms as (

    select
        shipments.company_id,
        shipments.shipment_id,
        shipments.shipment_type,
        shipments.customer_code,
        shipments.to_location_code,
        coalesce(shipments.fob_point, customer_terms.fob_default, 'origin') as fob_point
    from shipments
    left join customer_terms
        on
            shipments.company_id = customer_terms.company_id
            and shipments.customer_code = customer_terms.party_code

)

-- A document may be told by two systems; it is still one document.
select
    company_id,
    shipment_id,
    min(
        case
            when
                shipment_type = 'sale'
                and fob_point in ('destination', 'DAP', 'DPU', 'DDP')
                then 'sale_at_delivery'
            else shipment_type
        end
    ) as document_type,
    min(customer_code) as customer_code,
    min(to_location_code) as to_location_code
from with_terms
group by company_id, shipment_id
