-- An invoice line claims what it bills. Where more is billed of the same goods than left, and a line
-- was credited at its own price, that line gives up its claim: of an invoice that was credited and
-- written again the new one counts, of two for one delivery the one that was not credited. A credit
-- for goods sent back takes no claim away: they had left, and rightly were billed.

with

invoice_lines as (

    select * from {{ ref('int_billing__invoice_line') }}

),

billed as (

    select
        company_id, source_system, invoice_id, invoice_line, invoice_number, invoice_date, line_kind,
        party_id, customer_po, item_id, order_id, order_line, shipment_id, shipment_line,
        billable_event_id, match_qty as line_qty, actual_amount as line_amount,
        actual_amount_doc as line_amount_doc
    from invoice_lines
    where
        line_kind in ('goods', 'service')
        and invoice_type in ('invoice', 'debit_memo')
        and not is_cancelled
        and match_qty > 0

),

credits as (

    select credit_lines.*
    from invoice_lines as credit_lines
    left join {{ ref('int_billing__return_credit') }} as answers
        on
            credit_lines.source_system || '|' || credit_lines.invoice_id || '|'
            || credit_lines.invoice_line = answers.credit_key
    where
        credit_lines.invoice_type = 'credit_memo'
        and credit_lines.line_kind in ('goods', 'service')
        and not credit_lines.is_cancelled
        and credit_lines.match_qty < 0
        and credit_lines.reference_invoice_id is not null
        and coalesce(credit_lines.reason_code, '') <> 'return'
        and answers.credit_key is null

),

aimed as (      -- the line of the invoice that a credit names: the same goods, the same quantity first

    select
        billed.*,
        credits.source_system || '|' || credits.invoice_id || '|' || credits.invoice_line as credit_key,
        -credits.match_qty as credited_qty,
        row_number() over (
            partition by
                credits.company_id, credits.source_system, credits.invoice_id, credits.invoice_line
            order by
                case when billed.line_qty = -credits.match_qty then 0 else 1 end,
                length(billed.invoice_line), billed.invoice_line
        ) as preference
    from credits
    inner join billed
        on
            credits.company_id = billed.company_id
            and credits.source_system = billed.source_system
            and credits.reference_invoice_id = billed.invoice_id
            and credits.item_id = billed.item_id
            and coalesce(credits.order_line, billed.order_line, '') = coalesce(billed.order_line, '')
            and coalesce(credits.shipment_line, billed.shipment_line, '')
            = coalesce(billed.shipment_line, '')
            -- a cent per unit is rounding; an allowance is less than the price and takes nothing back
            and -credits.actual_amount * billed.line_qty
            >= (billed.line_amount - 0.01 * billed.line_qty) * -credits.match_qty

),

stacked as (

    select
        company_id, item_id, party_id, customer_po, order_id, order_line, shipment_id, shipment_line,
        line_qty as qty
    from billed
    union all
    select
        company_id, item_id, party_id, customer_po, order_id, order_line, shipment_id, shipment_line,
        -match_qty
    from {{ ref('int_billing__expected_line') }}

),

surplus as (      -- billed beyond what left, by the best name that the credited line has for the goods

    select
        aimed.credit_key,
        sum(stacked.qty) as qty
    from aimed
    inner join stacked
        on
            aimed.company_id = stacked.company_id
            and aimed.item_id = stacked.item_id
            and case
                when aimed.order_line is not null
                    then aimed.order_id = stacked.order_id and aimed.order_line = stacked.order_line
                when aimed.shipment_line is not null
                    then
                        aimed.shipment_id = stacked.shipment_id
                        and aimed.shipment_line = stacked.shipment_line
                else aimed.party_id = stacked.party_id and aimed.customer_po = stacked.customer_po
            end
    where aimed.preference = 1
    group by aimed.credit_key

),

given_up as (

    select
        aimed.company_id,
        aimed.source_system,
        aimed.invoice_id,
        aimed.invoice_line,
        sum(least(aimed.credited_qty, greatest(surplus.qty, 0))) as qty
    from aimed
    inner join surplus
        on aimed.credit_key = surplus.credit_key
    where aimed.preference = 1
    group by aimed.company_id, aimed.source_system, aimed.invoice_id, aimed.invoice_line

)

select
    billed.*,
    cast(greatest(billed.line_qty - coalesce(given_up.qty, 0), 0) as decimal(18, 6)) as match_qty
from billed
left join given_up
    on
        billed.company_id = given_up.company_id
        and billed.source_system = given_up.source_system
        and billed.invoice_id = given_up.invoice_id
        and billed.invoice_line = given_up.invoice_line
