with

billing_states as (

    select * from {{ ref('int_billing__billing_state') }}
    where is_overdue and blocked_by is null      -- ruling D7

),

charges as (      -- ruling D10: what comes on top of goods that nobody has billed belongs to them

    select
        first_line_id,
        sum(expected_amount) as amount
    from {{ ref('int_billing__charge_state') }}
    where is_with_unbilled_goods and is_rated and not is_billed
    group by first_line_id

),

first_invoices as (

    select
        expected_billing_id,
        min(invoice_id) as invoice_id,
        min(invoice_line) as invoice_line,
        count(*) as line_count
    from {{ ref('int_billing__match') }}
    group by expected_billing_id

)

select
    case when billing_states.actual_qty = 0 then 'UNBILLED' else 'QTY_SHORT_BILLED' end as code,
    billing_states.company_id,
    concat_ws(
        '|', billing_states.source_system, billing_states.shipment_id, billing_states.shipment_line,
        billing_states.billable_event_id
    ) as business_key,
    cast(null as varchar) as root_exception_id,
    billing_states.party_id,
    billing_states.item_id,
    billing_states.location_id,
    billing_states.order_id,
    billing_states.order_line,
    billing_states.shipment_id,
    billing_states.shipment_line,
    first_invoices.invoice_id,
    -- one line is named; of several the evidence says how many
    case when first_invoices.line_count = 1 then first_invoices.invoice_line end as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    billing_states.trigger_at as first_event_at,
    billing_states.grace_until_at as detected_at,
    coalesce(billing_states.open_amount, 0) + coalesce(charges.amount, 0) as exposure_amount,
    case
        when billing_states.open_amount is null then 'no price known'
        else 'open quantity at the expected price'
    end as exposure_basis,
    billing_states.billing_rule_id as rule_id,
    {{ json_text([
        ('expected_qty', 'billing_states.expected_qty'),
        ('billed_qty', 'billing_states.actual_qty'),
        ('open_qty', 'billing_states.open_qty'),
        ('uom', 'billing_states.uom'),
        ('expected_unit_price', 'billing_states.expected_unit_price'),
        ('price_source', 'billing_states.price_source'),
        ('trigger', 'billing_states.trigger_event_code'),
        ('triggered_at', 'billing_states.trigger_at'),
        ('due_by_at', 'billing_states.due_by_at'),
        ('invoice_lines', 'first_invoices.line_count'),
        ('charges', 'charges.amount'),
        ('billable_event_id', 'billing_states.billable_event_id'),
    ]) }} as evidence
from billing_states
left join first_invoices
    on billing_states.expected_billing_id = first_invoices.expected_billing_id
left join charges
    on billing_states.expected_billing_id = charges.first_line_id
