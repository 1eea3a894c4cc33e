-- Invoice lines that nothing answers beside the goods that wait for an invoice: same customer or same
-- item, within days. What speaks for each pair is told from 0 to 1, input by input.

with

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

invoiced as (

    select
        claims.company_id, claims.source_system, claims.invoice_id, claims.invoice_line,
        claims.invoice_date as date, claims.item_id, claims.party_id, claims.surplus_qty as qty,
        coalesce({{ plain_code('claims.order_id') }}, '') as order_code,
        coalesce({{ plain_code('claims.customer_po') }}, '') as po_code,
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
    where claims.surplus_qty > 0 and claims.billable_event_id is null

),

expected as (

    select
        states.company_id, states.expected_billing_id, states.ship_date as date, states.item_id,
        states.party_id,
        {{ divide_exact('states.open_qty * states.unit_top', 'states.unit_bottom', 6) }} as qty,
        coalesce({{ plain_code('states.order_id') }}, '') as order_code,
        coalesce({{ plain_code('states.customer_po') }}, '') as po_code,
        lower(coalesce(items.description, states.item_id, '')) as item_text
    from {{ ref('int_billing__billing_state') }} as states
    left join items
        on
            states.company_id = items.company_id
            and states.item_id = items.item_id
    where states.is_open and states.suppressed_reason is null

),

near as (

    select
        invoiced.company_id, invoiced.source_system, invoiced.invoice_id, invoiced.invoice_line,
        expected.expected_billing_id,
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
    from invoiced
    cross join settings
    inner join expected
        on
            invoiced.company_id = expected.company_id
            and (invoiced.party_id = expected.party_id or invoiced.item_id = expected.item_id)
            and abs({{ days_between('expected.date', 'invoiced.date') }}) <= settings.suggested_days

)

select
    company_id,
    source_system,
    invoice_id,
    invoice_line,
    expected_billing_id,
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
