{{ config(materialized='view') }}

-- All value of all events in one shape, before accounts: step 1 of 3 of the expected ledger.

select
    company_id, event_code, rule_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, item_id, to_location_id, from_location_id, from_role, to_role,
    '' as channel, cast(null as varchar) as party_id,
    amount, cast(null as decimal(18, 4)) as amount_doc, cast(null as varchar) as currency_doc, qty,
    movement_id, movement_line, cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line, receipt_id, receipt_line,
    cast(null as varchar) as sale_key
from {{ ref('int_ledger__goods_value') }}
union all
select
    company_id, event_code, event_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, item_id, location_id, location_id, null, null,
    channel, party_id,
    amount, amount_doc, currency_doc, qty,
    null, null, null, null, null, null,
    sale_key
from {{ ref('int_ledger__sale_value') }}
union all
select
    company_id, event_code, rule_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, item_id, '', '', null, null,
    '', party_id,
    amount, amount_doc, currency_doc, qty,
    null, null, source_doc_id, source_doc_line, null, null,
    sale_key
from {{ ref('int_ledger__invoice_value') }}
union all
select
    company_id, event_code, event_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, item_id, location_id, location_id, null, null,
    '', party_id,
    amount, amount_doc, currency_doc, qty,
    null, null, null, null, null, null,
    null
from {{ ref('int_ledger__supplier_value') }}
union all
select
    company_id, event_code, rule_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, item_id, location_id, location_id, null, null,
    '', null,
    amount, null, null, 0,
    movement_id, movement_line, null, null, receipt_id, receipt_line,
    null
from {{ ref('int_ledger__paper_value') }}
union all
select
    company_id, event_code, event_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, null, '', '', null, null,
    '', party_id,
    amount, amount_doc, currency_doc, 0,
    null, null, null, null, null, null,
    null
from {{ ref('int_ledger__cash_value') }}
union all
select
    company_id, null, 'payment', part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, null, '', '', null, null,
    '', party_id,
    amount, amount_doc, currency_doc, 0,
    null, null, null, null, null, null,
    null
from {{ ref('int_ledger__payment_value') }}
union all
select
    moves.company_id, moves.event_code, moves.rule_code, 'price', moves.source_doc_type,
    moves.source_doc_id, moves.source_doc_line,
    moves.ledger_date, moves.item_id,
    coalesce(moves.source_location_id, ''), coalesce(moves.source_location_id, ''), null, null,
    '', prices.buyer_id,
    prices.amount, prices.amount_doc, prices.currency_doc, moves.qty_base,
    moves.source_movement_id, moves.source_movement_line, null, null, null, null,
    null
from {{ ref('int_ledger__group_price') }} as prices
inner join {{ ref('int_ledger__posting_move') }} as moves
    on
        prices.company_id = moves.company_id
        and prices.move_id = moves.move_id
union all
select
    company_id, 'E41', 'E41', 'expense', 'transfer', transfer_id, '',
    ledger_date, item_id, to_location_id, to_location_id, null, null,
    '', null,
    amount, null, null, 0,
    null, null, null, null, null, null,
    null
from {{ ref('int_ledger__transfer_freight') }}
where transfer_cost <> 'capitalise'
