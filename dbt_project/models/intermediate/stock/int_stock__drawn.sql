-- What receipts took from orders and notices, less what was taken back. A receipt names its order
-- or its notice through its document, else through the order that the movement itself names.
with

taken as (

    select
        company_id, receipt_id, receipt_line, purchase_order_id, purchase_order_line,
        from_state as stock_state, from_owner as owner_id,
        qty_base, event_at
    from {{ ref('int_stock__ledger_row') }}
    where from_state in ('ON_ORDER', 'IN_TRANSIT_IN')
    union all
    select
        company_id, receipt_id, receipt_line, purchase_order_id, purchase_order_line,
        to_state, to_owner,
        -qty_base, event_at
    from {{ ref('int_stock__ledger_row') }}
    where to_state in ('ON_ORDER', 'IN_TRANSIT_IN')

),

receipt_kinds as (

    select * from {{ ref('int_stock__receipt_kind') }}

),

named as (

    select
        taken.*,
        case
            when taken.stock_state = 'IN_TRANSIT_IN' then receipt_kinds.inbound_id
            else coalesce(receipt_kinds.ref_order_id, taken.purchase_order_id)
        end as document_id,
        case
            when taken.stock_state = 'IN_TRANSIT_IN' then receipt_kinds.inbound_line
            when receipt_kinds.ref_order_id is not null then receipt_kinds.ref_order_line
            else taken.purchase_order_line
        end as document_line
    from taken
    left join receipt_kinds
        on
            taken.company_id = receipt_kinds.company_id
            and taken.receipt_id = receipt_kinds.receipt_id
            and taken.receipt_line = receipt_kinds.receipt_line

)

select
    company_id,
    stock_state,
    document_id,
    document_line,
    cast(sum(qty_base) as decimal(18, 6)) as qty_base,
    cast(sum(case when owner_id = company_id then qty_base else 0 end) as decimal(18, 6))
        as owned_qty_base,
    max(event_at) as last_event_at
from named
where document_id is not null and document_line is not null
group by company_id, stock_state, document_id, document_line
