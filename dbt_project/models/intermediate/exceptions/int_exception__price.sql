with

matches as (

    select * from {{ ref('int_billing__match') }}

),

expected as (

    select * from {{ ref('int_billing__billing_state') }}
    where expected_unit_price is not null

),

invoiced as (

    select
        lines.*,
        kits.kit_qty,
        coalesce(discounted.net_amount_doc, lines.actual_amount_doc) as net_amount_doc,
        coalesce(discounted.net_unit_price_doc, lines.actual_unit_price_doc) as net_unit_price_doc
    from {{ ref('int_billing__invoice_line') }} as lines
    left join {{ ref('int_billing__kit_billed') }} as kits
        using (company_id, source_system, invoice_id, invoice_line)
    left join {{ ref('int_billing__discounted_line') }} as discounted
        using (company_id, source_system, invoice_id, invoice_line)

),

priced as (      -- in the currency of the document where both sides share it, else in ours

    select
        matches.company_id,
        matches.source_system,
        matches.invoice_id,
        matches.invoice_line,
        matches.matched_qty,
        expected.expected_billing_id,
        expected.party_id,
        expected.item_id,
        expected.location_id,
        expected.order_id,
        expected.order_line,
        expected.shipment_id,
        expected.shipment_line,
        expected.price_source,
        expected.uom,
        expected.own_price_abs,
        expected.own_price_pct,
        invoiced.created_at,
        case
            when invoiced.currency_doc = expected.currency_doc
                then expected.expected_unit_price_doc
            else expected.expected_unit_price
        end as expected_unit_price,
        case
            when invoiced.kit_qty > 0
                then {{ divide_exact(
                    'invoiced.net_amount_doc * expected.unit_top',
                    'invoiced.kit_qty * expected.unit_bottom', 8, 4, 6
                ) }}
            when coalesce(invoiced.uom, expected.uom) = expected.uom
                then invoiced.net_unit_price_doc
            else {{ divide_exact(
                'invoiced.net_amount_doc * expected.unit_top',
                'invoiced.match_qty * expected.unit_bottom', 8, 4, 6
            ) }}
        end * case
            when invoiced.currency_doc = expected.currency_doc then 1
            else invoiced.currency_rate
        end as actual_unit_price,
        case
            when invoiced.currency_doc = expected.currency_doc
                then coalesce(expected.trigger_rate, invoiced.currency_rate)
            else 1
        end as exposure_rate
    from matches
    inner join expected
        on matches.expected_billing_id = expected.expected_billing_id
    inner join invoiced
        on
            matches.company_id = invoiced.company_id
            and matches.source_system = invoiced.source_system
            and matches.invoice_id = invoiced.invoice_id
            and matches.invoice_line = invoiced.invoice_line

),

judged as (

    select
        priced.*,
        stale_prices.price_id as stale_price_id,
        priced.actual_unit_price - priced.expected_unit_price as difference
    from priced
    inner join {{ ref('int_billing__tolerance') }} as tolerances
        on priced.company_id = tolerances.company_id
    left join {{ ref('int_billing__stale_price') }} as stale_prices
        on
            priced.company_id = stale_prices.company_id
            and priced.source_system = stale_prices.source_system
            and priced.invoice_id = stale_prices.invoice_id
            and priced.invoice_line = stale_prices.invoice_line
    where abs(priced.actual_unit_price - priced.expected_unit_price) > greatest(
        coalesce(priced.own_price_abs, tolerances.price_abs),
        priced.expected_unit_price * coalesce(priced.own_price_pct, tolerances.price_pct) * 0.01
    )

)

select
    case when difference < 0 then 'UNDER_PRICED' else 'OVER_PRICED' end as code,
    company_id,
    concat_ws('|', source_system, invoice_id, invoice_line) as business_key,
    -- a price that had ended before the lot came in is the problem behind it (L10)
    case
        when max(stale_price_id) is not null
            then md5(concat_ws('|', 'STALE_COST', company_id, source_system, invoice_id, invoice_line))
    end as root_exception_id,
    min(party_id) as party_id,
    min(item_id) as item_id,
    min(location_id) as location_id,
    min(order_id) as order_id,
    min(order_line) as order_line,
    min(shipment_id) as shipment_id,
    min(shipment_line) as shipment_line,
    invoice_id,
    invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    min(created_at) as first_event_at,
    min(created_at) as detected_at,
    sum(cast(abs(difference) * matched_qty * exposure_rate as decimal(18, 4))) as exposure_amount,
    'price difference x matched quantity' as exposure_basis,
    'price tolerance' as rule_id,
    {{ json_text([
        ('expected_unit_price', 'min(expected_unit_price)'),
        ('billed_unit_price', 'min(actual_unit_price)'),
        ('price_source', 'min(price_source)'),
        ('ended_price', 'max(stale_price_id)'),
        ('matched_qty', 'sum(matched_qty)'),
        ('uom', 'min(uom)'),
        ('shipment_lines', 'count(*)'),
    ]) }} as evidence
from judged
group by company_id, source_system, invoice_id, invoice_line, difference < 0
