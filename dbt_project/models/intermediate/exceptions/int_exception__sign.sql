-- Signs that no ordinary document carries. A credit is a credit memo and a reversal says what it
-- reverses; discounts, roundings and write-offs take away by nature. Such lines are accepted, since
-- the sender may have meant them, and told to whoever can say so.

with

invoice_lines as (

    select * from {{ ref('int_billing__invoice_line') }}
    where
        invoice_type in ('invoice', 'debit_memo')
        and not is_cancelled
        and line_kind not in ('discount', 'rounding', 'write_off', 'adjustment', 'deposit')

),

priced as (

    select
        company_id, source_system, invoice_id, invoice_line, party_id, item_id,
        order_id, order_line, shipment_id, shipment_line, created_at,
        actual_qty, actual_unit_price_doc, currency_doc, actual_amount,
        case
            when actual_qty < 0 then 'negative quantity on an ordinary invoice'
            when actual_unit_price_doc < 0 then 'negative price on an ordinary invoice'
        end as problem
    from invoice_lines

),

order_lines as (

    select * from {{ ref('int_billing__order_line') }}
    where order_unit_price_doc < 0

)

select
    'SIGN_ODD' as code,
    company_id,
    concat_ws('|', source_system, invoice_id, invoice_line) as business_key,
    cast(null as varchar) as root_exception_id,
    party_id,
    item_id,
    cast(null as varchar) as location_id,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    invoice_id,
    invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    created_at as first_event_at,
    created_at as detected_at,
    coalesce(abs(actual_amount), 0) as exposure_amount,
    case when actual_amount is null then 'no rate known' else 'amount of the line' end
        as exposure_basis,
    problem as rule_id,
    {{ json_text([
        ('qty', 'actual_qty'),
        ('unit_price', 'actual_unit_price_doc'),
        ('currency', 'currency_doc'),
    ]) }} as evidence
from priced
where problem is not null

union all

select
    'SIGN_ODD', company_id, concat_ws('|', 'order', source_system, order_id, order_line), null,
    party_id, item_id, null, order_id, order_line, null, null, null, null, null, null, null, null,
    null, pricing_at as first_event_at, pricing_at as detected_at, 0, 'nothing is billed yet', 'negative price on an order',
    {{ json_text([
        ('qty', 'qty_ordered'), ('unit_price', 'order_unit_price_doc'), ('currency', 'currency'),
    ]) }}
from order_lines
