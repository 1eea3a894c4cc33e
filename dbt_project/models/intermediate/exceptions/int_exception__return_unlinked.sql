-- Returns of which nobody knows what they were sold on: they come back at current cost and not at
-- the cost they left at (domain B.5), so the difference is a guess.

with

returned as (

    select * from {{ ref('int_valuation__costed_movement') }}
    where event_code = 'E29'

),

receipt_lines as (

    select
        company_id, receipt_id, receipt_line,
        min(original_shipment_id) as original_shipment_id,
        min(source_system) as source_system,
        min(supplier_code) as sender_code
    from {{ ref('stg_wms__receipt_line') }}
    where receipt_type = 'return' and coalesce(status, 'posted') = 'posted'
    group by company_id, receipt_id, receipt_line

),

shipments as (

    select company_id, shipment_id
    from {{ ref('stg_wms__shipment') }}
    group by company_id, shipment_id

),

parties as (

    select * from {{ ref('int_master__party_code') }}
    where party_role = 'customer'

)

select
    'RETURN_UNLINKED' as code,
    returned.company_id,
    concat_ws(
        '|', returned.source_system, returned.source_movement_id, returned.source_movement_line
    ) as business_key,
    cast(null as varchar) as root_exception_id,
    parties.party_id,
    returned.item_id,
    returned.location_id,
    returned.source_movement_id as movement_id,
    returned.receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    returned.event_at as first_event_at,
    returned.event_at as detected_at,
    coalesce(returned.cost_amount, 0) as exposure_amount,
    case
        when returned.cost_amount is null then 'no cost known'
        else 'cost at which it came back'
    end as exposure_basis,
    'a return names the shipment it comes from' as rule_id,
    {{ json_text([
        ('receipt_line', 'returned.receipt_line'),
        ('qty', 'returned.qty_base'),
        ('named_shipment', 'receipt_lines.original_shipment_id'),
        ('cost_source', 'returned.cost_source'),
        ('reason', 'returned.reason_code'),
    ]) }} as evidence
from returned
left join receipt_lines
    on
        returned.company_id = receipt_lines.company_id
        and returned.receipt_id = receipt_lines.receipt_id
        and returned.receipt_line = receipt_lines.receipt_line
left join shipments
    on
        receipt_lines.company_id = shipments.company_id
        and receipt_lines.original_shipment_id = shipments.shipment_id
left join parties
    on
        receipt_lines.source_system = parties.source_system
        and receipt_lines.company_id = parties.company_id
        and receipt_lines.sender_code = parties.party_code
where shipments.shipment_id is null and returned.shipment_id is null
