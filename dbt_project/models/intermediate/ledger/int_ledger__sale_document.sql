-- Under which document goods of a sale leave - the shipment line, or the event that sells without
-- one -, with the name of the sale in the ledger and the pieces that may be billed of it. Of a
-- kit the first component carries them all.

with

sales as (

    select
        sales.company_id,
        sales.billable_event_id,
        sales.shipment_id,
        coalesce(sales.shipment_line, '') as shipment_line,
        keys.sale_key,
        sales.shipped_base_qty
    from {{ ref('int_billing__billing_state') }} as sales
    inner join {{ ref('int_ledger__sale_key') }} as keys
        on
            keys.side = 'sale'
            and sales.company_id = keys.company_id
            and sales.expected_billing_id = keys.subject_id

),

stacked as (

    select
        company_id, 'movement' as source_doc_type, billable_event_id as source_doc_id,
        '' as source_doc_line, sale_key, shipped_base_qty
    from sales
    where billable_event_id is not null
    union all
    select company_id, 'shipment', shipment_id, shipment_line, sale_key, shipped_base_qty
    from sales
    where billable_event_id is null
    union all
    select
        company_id, 'shipment', shipment_id, shipment_line,
        concat_ws('|', 'order', order_id, order_line), 0
    from {{ ref('stg_wms__shipment_line') }}
    where order_id is not null

)

select
    company_id,
    source_doc_type,
    source_doc_id,
    source_doc_line,
    min(sale_key) as sale_key,
    cast(max(shipped_base_qty) as decimal(18, 6)) as billable_qty
from stacked
group by company_id, source_doc_type, source_doc_id, source_doc_line
