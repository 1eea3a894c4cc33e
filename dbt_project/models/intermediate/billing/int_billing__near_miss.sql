-- Invoice lines that nothing answers beside the goods that wait for an invoice: same customer or same
-- item, within days. What speaks for each pair is told from 0 to 1, input by input. Beside them stand
-- lines whose answer is known, with their keys hidden: they tell what such pairs are worth.

with

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

links as (

    select * from {{ ref('int_billing__hidden_link') }}

),

invoiced as (

    select
        claims.company_id, claims.source_system, claims.invoice_id, claims.invoice_line,
        claims.invoice_date as date, claims.item_id, claims.party_id,
        coalesce(links.is_asked, false) as is_hidden,
        case when links.is_asked then claims.match_qty else claims.surplus_qty end as qty,
        case when links.is_asked then '' else coalesce({{ plain_code('claims.order_id') }}, '') end
            as order_code,
        case when links.is_asked then '' else coalesce({{ plain_code('claims.customer_po') }}, '') end
            as po_code,
        lower(coalesce(lines.line_text, items.description, claims.item_id, '')) as item_text
    from {{ ref('int_billing__claim_use') }} as claims
    inner join {{ ref('int_billing__invoice_line') }} as lines
        on
            claims.company_id = lines.company_id
            and claims.source_system = lines.source_system
            and claims.invoice_id = lines.invoice_id
            and claims.invoice_line = lines.invoice_line
    left join items
        on
            claims.company_id = items.company_id
            and claims.item_id = items.item_id
    left join links
        on
            claims.company_id = links.company_id
            and claims.source_system = links.source_system
            and claims.invoice_id = links.invoice_id
            and claims.invoice_line = links.invoice_line
    where (claims.surplus_qty > 0 or links.is_asked) and claims.billable_event_id is null

),

expected as (

    select * from {{ ref('int_billing__near_goods') }}

),

pairs as (      -- each by an equal key, so that nothing compares all with all

    select
        invoiced.company_id, invoiced.source_system, invoiced.invoice_id, invoiced.invoice_line,
        expected.expected_billing_id
    from invoiced
    inner join expected
        on
            invoiced.company_id = expected.company_id
            and invoiced.is_hidden = expected.is_hidden
            and invoiced.party_id = expected.party_id
    cross join settings
    where abs({{ days_between('expected.date', 'invoiced.date') }}) <= settings.suggested_days
    union
    select
        invoiced.company_id, invoiced.source_system, invoiced.invoice_id, invoiced.invoice_line,
        expected.expected_billing_id
    from invoiced
    inner join expected
        on
            invoiced.company_id = expected.company_id
            and invoiced.is_hidden = expected.is_hidden
            and invoiced.item_id = expected.item_id
    cross join settings
    where abs({{ days_between('expected.date', 'invoiced.date') }}) <= settings.suggested_days

),

near as (

    select
        pairs.*,
        invoiced.is_hidden,
        least(invoiced.qty, expected.qty) as suggested_qty,
        greatest(invoiced.qty, expected.qty) as larger_qty,
        coalesce(invoiced.item_id = expected.item_id, false) as is_same_item,
        coalesce(invoiced.party_id = expected.party_id, false) as is_same_party,
        levenshtein(invoiced.item_text, expected.item_text) as text_edits,
        greatest(length(invoiced.item_text), length(expected.item_text), 1) as text_length,
        levenshtein(invoiced.order_code, expected.order_code) as order_edits,
        greatest(length(invoiced.order_code), length(expected.order_code), 1) as order_length,
        levenshtein(invoiced.po_code, expected.po_code) as po_edits,
        greatest(length(invoiced.po_code), length(expected.po_code), 1) as po_length,
        least(length(invoiced.order_code), length(expected.order_code)) > 0 as has_orders,
        least(length(invoiced.po_code), length(expected.po_code)) > 0 as has_pos,
        abs({{ days_between('expected.date', 'invoiced.date') }}) as days_apart,
        settings.suggested_days
    from pairs
    inner join invoiced
        on
            pairs.company_id = invoiced.company_id
            and pairs.source_system = invoiced.source_system
            and pairs.invoice_id = invoiced.invoice_id
            and pairs.invoice_line = invoiced.invoice_line
    inner join expected
        on pairs.expected_billing_id = expected.expected_billing_id
    cross join settings
)

select
    company_id,
    source_system,
    invoice_id,
    invoice_line,
    expected_billing_id,
    is_hidden,
    suggested_qty,
    days_apart,
    case
        when is_same_item then 1
        else {{ divide_exact('text_length - text_edits', 'text_length', 4) }}
    end as item_likeness,
    case when is_same_party then 1 else 0 end as party_likeness,
    {{ divide_exact('suggested_qty', 'larger_qty', 4) }} as qty_likeness,
    greatest(
        case
            when has_orders
                then {{ divide_exact('order_length - order_edits', 'order_length', 4) }}
            else 0
        end,
        case when has_pos then {{ divide_exact('po_length - po_edits', 'po_length', 4) }} else 0 end
    ) as reference_likeness,
    {{ divide_exact('suggested_days - days_apart', 'suggested_days', 4) }} as date_likeness
from near
