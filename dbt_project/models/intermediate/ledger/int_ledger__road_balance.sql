-- What is still on the road under each document: pieces by the stock ledger, value by our expected
-- journals, value by the ledger. A receipt closes the notice that it belongs to, an entry without such
-- a document stands for itself.

with

receipt_lines as (

    select
        company_id, receipt_id, receipt_line,
        case when receipt_type = 'transfer' then 'transfer' else 'purchase' end as document_kind,
        case when receipt_type = 'transfer' then ref_order_id else inbound_id end as document_id
    from {{ ref('int_stock__receipt_kind') }}

),

receipts as (

    select
        company_id, receipt_id, min(document_kind) as document_kind, min(document_id) as document_id
    from receipt_lines
    where document_id is not null
    group by company_id, receipt_id

),

postings as (

    select
        *,
        case when doc_kind = 'receipt' then doc_id end as receipt_id
    from {{ ref('int_ledger__posting') }}
    where account_role = 'INV_TRANSIT'

),

booked as (

    select
        postings.company_id,
        coalesce(
            receipt_lines.document_kind, receipts.document_kind,
            case postings.doc_kind
                when 'receipt' then 'purchase'
                when 'transfer' then 'transfer'
                when 'shipment' then 'delivery'
                else 'entry'
            end
        ) as document_kind,
        coalesce(
            receipt_lines.document_id, receipts.document_id, nullif(postings.doc_id, ''),
            postings.entry_id
        ) as document_id,
        postings.account_code,
        case when postings.side = 'expected' then postings.amount else 0 end as expected_amount,
        case when postings.side = 'actual' then postings.amount else 0 end as actual_amount
    from postings
    left join receipt_lines
        on
            postings.company_id = receipt_lines.company_id
            and postings.receipt_id = receipt_lines.receipt_id
            and postings.doc_line = receipt_lines.receipt_line
    left join receipts
        on
            postings.company_id = receipts.company_id
            and postings.receipt_id = receipts.receipt_id

),

moved as (

    select
        moves.company_id,
        case
            when 'XFER_TRANSIT' in (moves.from_state, moves.to_state) then 'transfer'
            when 'IN_TRANSIT_OUT' in (moves.from_state, moves.to_state) then 'delivery'
            else 'purchase'
        end as document_kind,
        case
            when 'XFER_TRANSIT' in (moves.from_state, moves.to_state) then moves.transfer_id
            when 'IN_TRANSIT_OUT' in (moves.from_state, moves.to_state) then moves.shipment_id
            when moves.movement_type = 'notice'
                then regexp_replace(moves.source_movement_id, '^notice ', '')
            else receipt_lines.document_id
        end as document_id,
        case
            when moves.to_state in ('IN_TRANSIT_IN', 'XFER_TRANSIT', 'IN_TRANSIT_OUT')
                then moves.qty_base
            else -moves.qty_base
        end as qty_base
    from {{ ref('int_stock__move') }} as moves
    left join receipt_lines
        on
            moves.company_id = receipt_lines.company_id
            and moves.receipt_id = receipt_lines.receipt_id
            and moves.receipt_line = receipt_lines.receipt_line
    where
        moves.from_state in ('IN_TRANSIT_IN', 'XFER_TRANSIT', 'IN_TRANSIT_OUT')
        or moves.to_state in ('IN_TRANSIT_IN', 'XFER_TRANSIT', 'IN_TRANSIT_OUT')

),

stacked as (

    select
        company_id, document_kind, document_id, account_code, expected_amount, actual_amount,
        0 as qty_base
    from booked
    union all
    select company_id, document_kind, document_id, null, 0, 0, qty_base
    from moved
    where document_id is not null

)

select
    company_id,
    document_kind,
    document_id,
    -- goods of a supplier stand on no account
    max(account_code) as account_code,
    cast(sum(expected_amount) as decimal(18, 4)) as expected_amount,
    cast(sum(actual_amount) as decimal(18, 4)) as actual_amount,
    cast(sum(qty_base) as decimal(18, 6)) as qty_base
from stacked
group by company_id, document_kind, document_id
having sum(expected_amount) <> 0 or sum(actual_amount) <> 0 or sum(qty_base) <> 0
