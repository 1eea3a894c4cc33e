-- An invoice line claims what it bills. Where more is billed of the same goods than left, and a line
-- was credited at its own price, that line gives up its claim: of two invoices for one delivery the one
-- that was not credited counts, of a line credited and billed again the new one. (A whole invoice
-- credited and billed anew is out before.) A credit for goods sent back takes no claim away: they had
-- left, and rightly were billed. Parts of a kit claim the kit, and name no line of its own.

with

credits as (

    select credit_lines.*
    from {{ ref('int_billing__invoice_line') }} as credit_lines
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
        billed.company_id, billed.source_system, billed.invoice_id, billed.invoice_line,
        billed.item_id, billed.party_id, billed.customer_po, billed.order_id, billed.order_line,
        billed.shipment_id, billed.shipment_line,
        credits.source_system || '|' || credits.invoice_id || '|' || credits.invoice_line as credit_key,
        -credits.match_qty as credited_qty,
        row_number() over (
            partition by
                credits.company_id, credits.source_system, credits.invoice_id, credits.invoice_line
            order by
                case when billed.match_qty = -credits.match_qty then 0 else 1 end,
                length(billed.invoice_line), billed.invoice_line
        ) as preference
    from credits
    inner join {{ ref('int_billing__invoice_line') }} as billed
        on
            credits.company_id = billed.company_id
            and credits.source_system = billed.source_system
            and credits.reference_invoice_id = billed.invoice_id
            and credits.item_id = billed.item_id
            and coalesce(credits.order_line, billed.order_line, '') = coalesce(billed.order_line, '')
            and coalesce(credits.shipment_line, billed.shipment_line, '')
            = coalesce(billed.shipment_line, '')
            -- a cent per unit is rounding; an allowance is less than the price and takes nothing back
            and -cast(credits.actual_amount as decimal(28, 4)) * billed.match_qty
            >= cast(billed.actual_amount - 0.01 * billed.match_qty as decimal(28, 8)) * -credits.match_qty
    where
        billed.line_kind in ('goods', 'service')
        and billed.invoice_type in ('invoice', 'debit_memo')
        and not billed.is_cancelled
        and billed.match_qty > 0

),

stacked as (

    select
        company_id, item_id, party_id, customer_po, order_id, order_line, shipment_id, shipment_line,
        match_qty as qty
    from {{ ref('int_billing__invoice_line') }}
    where
        line_kind in ('goods', 'service')
        and invoice_type in ('invoice', 'debit_memo')
        and not is_cancelled
        and match_qty > 0
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
    billed.company_id, billed.source_system, billed.invoice_id, billed.invoice_line,
    billed.invoice_date, billed.party_id, billed.customer_po,
    coalesce(kits.kit_item_id, billed.item_id) as item_id,
    coalesce(kits.order_id, billed.order_id) as order_id,
    coalesce(kits.order_line, billed.order_line) as order_line,
    billed.shipment_id, billed.billable_event_id,
    case when kits.kit_item_id is null then billed.shipment_line end as shipment_line,
    coalesce(kits.kit_qty, billed.match_qty) as line_qty,
    billed.actual_amount as line_amount,
    case
        when given_up.qty is null then coalesce(kits.kit_qty, billed.match_qty)
        when kits.kit_qty is null
            then cast(greatest(billed.match_qty - given_up.qty, 0) as decimal(18, 6))
        else {{ divide_exact(
            'kits.kit_qty * cast(greatest(billed.match_qty - given_up.qty, 0) as decimal(18, 6))',
            'billed.match_qty', 6, 12, 6
        ) }}
    end as match_qty
from {{ ref('int_billing__invoice_line') }} as billed
left join given_up using (company_id, source_system, invoice_id, invoice_line)
left join {{ ref('int_billing__kit_billed') }} as kits
    using (company_id, source_system, invoice_id, invoice_line)
where
    billed.line_kind in ('goods', 'service')
    and billed.invoice_type in ('invoice', 'debit_memo')
    and not billed.is_cancelled
    and billed.match_qty > 0
