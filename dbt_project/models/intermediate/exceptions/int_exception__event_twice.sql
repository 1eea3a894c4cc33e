-- Invoice lines for an event (freight, a service, a consumption) that earlier invoices had billed
-- whole: L5, the same source event twice. What was credited again bills nothing.

with

invoice_lines as (

    select * from {{ ref('int_billing__invoice_line') }}
    where not is_cancelled

),

credited as (

    select
        company_id, source_system, reference_invoice_id, line_kind, coalesce(item_id, '') as item_id,
        sum(abs(actual_amount)) as amount
    from invoice_lines
    where invoice_type = 'credit_memo' and reference_invoice_id is not null
    group by company_id, source_system, reference_invoice_id, line_kind, coalesce(item_id, '')

),

worth as (      -- a charge is billed when its amount is, goods and services when their quantity is

    select company_id, billable_event_id, max(expected_amount) as amount, cast(null as decimal(18, 6)) as qty
    from {{ ref('int_billing__charge_state') }}
    where billable_event_id is not null
    group by company_id, billable_event_id
    union all
    select company_id, billable_event_id, null, sum(match_qty)
    from {{ ref('int_billing__expected_line') }}
    where billable_event_id is not null and suppressed_reason is null
    group by company_id, billable_event_id

),

billed as (

    select
        invoice_lines.*,
        worth.amount as worth_amount,
        worth.qty as worth_qty,
        sum(invoice_lines.actual_amount) over before_it as amount_before,
        sum(invoice_lines.match_qty) over before_it as qty_before,
        min(invoice_lines.invoice_id) over before_it as invoice_before
    from invoice_lines
    inner join worth
        on
            invoice_lines.company_id = worth.company_id
            and invoice_lines.billable_event_id = worth.billable_event_id
    left join credited
        on
            invoice_lines.company_id = credited.company_id
            and invoice_lines.source_system = credited.source_system
            and invoice_lines.invoice_id = credited.reference_invoice_id
            and invoice_lines.line_kind = credited.line_kind
            and coalesce(invoice_lines.item_id, '') = credited.item_id
    where
        invoice_lines.invoice_type in ('invoice', 'debit_memo')
        and coalesce(credited.amount, 0) < invoice_lines.actual_amount
    window
        before_it as (
            partition by invoice_lines.company_id, invoice_lines.billable_event_id
            order by
                invoice_lines.invoice_date, invoice_lines.invoice_id, invoice_lines.invoice_line,
                invoice_lines.source_system
            rows between unbounded preceding and 1 preceding
        )

)

select
    'DUP_INVOICE' as code,
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
    actual_amount as exposure_amount,
    'billed amount of the repetition' as exposure_basis,
    'one event, one invoice line' as rule_id,
    {{ json_text([
        ('billable_event_id', 'billable_event_id'),
        ('billed_qty', 'match_qty'),
        ('qty_before', 'qty_before'),
        ('amount_before', 'amount_before'),
        ('first_invoice', 'invoice_before'),
        ('invoice_number', 'invoice_number'),
    ]) }} as evidence
from billed
where amount_before >= worth_amount or qty_before >= worth_qty
