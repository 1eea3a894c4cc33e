-- Purchase order lines whose goods are on order from their confirmation on. Goods on consignment,
-- sent directly, or bought of a company of the group are followed from where they are sent.
select
    company_id,
    document_id as purchase_order_id,
    document_line as purchase_order_line,
    source_system,
    item_code,
    item_id,
    qty_base,
    other_qty_base as cancelled_qty_base,
    location_id,
    timezone,
    party_id as supplier_id,
    fob_point,
    status in ('received', 'invoiced', 'closed', 'cancelled') as is_ended,
    event_at,
    event_date,
    changed_at
from (
    select
        *,
        row_number() over (
            partition by company_id, document_id, document_line
            order by source_system
        ) as preference
    from {{ ref('int_stock__document_line') }}
    where kind = 'order' and document_type in ('standard', 'subcontract') and qty_base > 0
) as told
where preference = 1
