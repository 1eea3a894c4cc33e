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

group_parties as (      -- the other companies of the group, by the code we know them by

    select companies.company_id, parties.party_code
    from {{ ref('int_master__company') }} as companies
    inner join parties
        on parties.company_id in (companies.company_id, '*') and parties.party_role = 'intercompany'
    union
    select companies.company_id, others.company_id
    from {{ ref('int_master__company') }} as companies
    inner join {{ ref('int_master__company') }} as others
        on companies.company_id <> others.company_id

),

with_terms as (

    select
        shipments.company_id,
        shipments.shipment_id,
        case
            when shipments.shipment_type = 'transfer' and group_parties.party_code is not null
                then 'intercompany'
            else shipments.shipment_type
        end as shipment_type,
        shipments.customer_code,
        shipments.to_location_code,
        coalesce(shipments.fob_point, customer_terms.fob_default, 'origin') as fob_point
    from shipments
    left join customer_terms
        on
            shipments.company_id = customer_terms.company_id
            and shipments.customer_code = customer_terms.party_code
    left join group_parties
        on
            shipments.company_id = group_parties.company_id
            and shipments.customer_code = group_parties.party_code

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
