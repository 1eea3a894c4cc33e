-- Goods that came in and never reached the ledger. Where the ledger names receipts, its silence is
-- enough; elsewhere a receipt counts only while no supplier invoice covers it either.

with

run as (

    select * from {{ ref('int_control__run') }}

),

receipts as (

    select * from {{ ref('int_purchasing__receipt_line') }}

),

evidence as (

    select * from {{ ref('int_purchasing__receipt_evidence') }}
    where not is_in_ledger

),

unbooked as (      -- the profile books nothing when goods arrive that were booked when they were sent

    select moves.company_id, moves.receipt_id, coalesce(moves.receipt_line, '') as receipt_line
    from {{ ref('int_stock__move') }} as moves
    inner join {{ ref('int_ledger__booking') }} as bookings
        on
            moves.company_id = bookings.company_id
            and moves.event_date between bookings.valid_from and bookings.valid_to
    inner join {{ ref('int_ledger__profile_rule') }} as rules
        on
            bookings.books_as = rules.books_as
            and moves.event_code = rules.event_code
            and rules.telling = 'booked'
            and rules.part = 'goods'
    where
        moves.receipt_id is not null
        and moves.event_code in ('E04', 'E05')
        and rules.debit_role = ''
        and rules.credit_role = ''
    group by moves.company_id, moves.receipt_id, coalesce(moves.receipt_line, '')

),

uninvoiced as (

    select * from {{ ref('int_purchasing__uninvoiced_receipt') }}

)

select
    receipts.company_id,
    receipts.source_system,
    receipts.receipt_id,
    receipts.receipt_line,
    receipts.receipt_number,
    coalesce(receipts.po_id, '') as purchase_order_id,
    coalesce(receipts.po_line, '') as purchase_order_line,
    receipts.party_id,
    receipts.item_id,
    receipts.location_id,
    receipts.movement_id,
    receipts.received_at,
    receipts.posting_date,
    case when evidence.is_decided_by_name then receipts.qty_received else uninvoiced.open_qty end
        as qty,
    case
        when evidence.is_decided_by_name then receipts.received_amount
        else uninvoiced.open_amount
    end as amount,
    uninvoiced.receipt_id is not null as is_uninvoiced
from receipts
inner join evidence
    on
        receipts.company_id = evidence.company_id
        and receipts.receipt_id = evidence.receipt_id
        and receipts.receipt_line = evidence.receipt_line
left join uninvoiced
    on
        receipts.company_id = uninvoiced.company_id
        and receipts.receipt_id = uninvoiced.receipt_id
        and receipts.receipt_line = uninvoiced.receipt_line
left join unbooked
    on
        receipts.company_id = unbooked.company_id
        and receipts.receipt_id = unbooked.receipt_id
        and receipts.receipt_line = unbooked.receipt_line
cross join run
where
    unbooked.receipt_id is null
    -- a day is left for the posting, as for every other entry
    and receipts.received_at + interval 24 hour < run.as_of_at
    and (evidence.is_decided_by_name or uninvoiced.receipt_id is not null)
