-- What the ledger says about each receipt line. Where journals name receipts, the name decides;
-- where they do not, an entry text with the receipt's number and its whole amount does, or the
-- amount of the line within three days. A number alone is not enough: another kind of document may
-- carry it.

with

receipts as (

    select * from {{ ref('int_purchasing__receipt_line') }}
    where qty_received > 0 and received_amount > 0

),

names as (      -- a ledger with numbers of its own for what came in names none of ours

    select company_id, 'receipt' as kind, receipt_id as name, receipt_id, cast(null as varchar) as line
    from receipts
    group by company_id, receipt_id
    union all
    select company_id, 'movement', movement_id, min(receipt_id), min(receipt_line)
    from receipts
    where movement_id is not null
    group by company_id, movement_id

),

stock_entries as (      -- an entry that names the movement of a receipt names the receipt

    select
        journal_lines.company_id,
        journal_lines.posting_date,
        journal_lines.text_reference,
        journal_lines.actual_amount,
        names.receipt_id is not null as is_of_receipt,
        names.receipt_id,
        coalesce(names.line, journal_lines.source_doc_line, '') as receipt_line
    from {{ ref('int_ledger__journal_line') }} as journal_lines
    left join names
        on
            journal_lines.company_id = names.company_id
            and journal_lines.source_doc_type = names.kind
            and journal_lines.source_doc_id = names.name
    where
        journal_lines.account_role in ('INV', 'INV_TRANSIT', 'INV_INTERIM', 'GRIR')
        and journal_lines.is_posted
        and journal_lines.ledger = ''

),

stock_ledgers as (      -- without a stock account in the ledger there is nothing to be missing from

    select
        company_id,
        max(case when is_of_receipt then 1 else 0 end) as names_receipts
    from stock_entries
    group by company_id

),

named as (

    select company_id, receipt_id, receipt_line
    from stock_entries
    where is_of_receipt
    group by company_id, receipt_id, receipt_line

),

texts as (

    select company_id, text_reference, sum(actual_amount) as amount
    from stock_entries
    where text_reference <> '' and actual_amount > 0
    group by company_id, text_reference

),

documents as (

    select company_id, receipt_id, sum(received_amount) as amount
    from receipts
    group by company_id, receipt_id

),

described as (

    select documents.company_id, documents.receipt_id
    from documents
    inner join texts
        on
            documents.company_id = texts.company_id
            and documents.receipt_id = texts.text_reference
            and documents.amount = texts.amount

),

same_amounts as (

    select
        receipts.company_id, receipts.receipt_id, receipts.receipt_line,
        count(*) as entry_count
    from receipts
    inner join stock_entries
        on
            receipts.company_id = stock_entries.company_id
            and abs(stock_entries.actual_amount) = receipts.received_amount
            and stock_entries.posting_date between
            cast(receipts.posting_date - interval 3 day as date)
            and cast(receipts.posting_date + interval 3 day as date)
    group by receipts.company_id, receipts.receipt_id, receipts.receipt_line

)

select
    receipts.company_id, receipts.receipt_id, receipts.receipt_line,
    stock_ledgers.names_receipts = 1 as is_decided_by_name,
    max(
        case
            when stock_ledgers.names_receipts = 1
                then case when coalesce(named.receipt_id, named_whole.receipt_id) is not null then 1 else 0 end
            when described.receipt_id is not null or same_amounts.entry_count is not null then 1
            else 0
        end
    ) = 1 as is_in_ledger
from receipts
inner join stock_ledgers
    on receipts.company_id = stock_ledgers.company_id
left join named
    on
        receipts.company_id = named.company_id
        and receipts.receipt_id = named.receipt_id
        and receipts.receipt_line = named.receipt_line
left join named as named_whole      -- without a line: all of it
    on
        receipts.company_id = named_whole.company_id
        and receipts.receipt_id = named_whole.receipt_id
        and named_whole.receipt_line = ''
left join described
    on
        receipts.company_id = described.company_id
        and receipts.receipt_id = described.receipt_id
left join same_amounts
    on
        receipts.company_id = same_amounts.company_id
        and receipts.receipt_id = same_amounts.receipt_id
        and receipts.receipt_line = same_amounts.receipt_line
group by receipts.company_id, receipts.receipt_id, receipts.receipt_line, stock_ledgers.names_receipts
