with

run as (

    select * from {{ ref('int_control__run') }}

),

disputes as (

    select * from {{ ref('int_receivable__dispute') }}

),

expected_lines as (

    select * from {{ ref('fct_expected_billing') }}

),

readiness as (

    select
        expected_billing_id,
        sum(case when verdict = 'pass' then 1 else 0 end) as passed_count,
        sum(case when verdict = 'fail' then 1 else 0 end) as failed_count,
        min(case when verdict = 'fail' then condition_code end) as first_failed_condition,
        min(case when verdict = 'fail' then evidence end) as first_failed_evidence
    from {{ ref('fct_readiness_check') }}
    group by expected_billing_id

),

items as (

    select
        company_id,
        invoice_id,
        cast(sum(open_amount_doc) as decimal(18, 4)) as open_amount_doc
    from {{ ref('fct_ar_item') }}
    group by company_id, invoice_id

)

select
    disputes.company_id,
    disputes.source_system,
    disputes.dispute_id,
    disputes.status,
    disputes.is_open,
    disputes.reason_code,
    disputes.free_text,
    routes.owner_role,
    disputes.owner as source_owner,
    disputes.opened_at,
    disputes.closed_at,
    disputes.resolution_code,
    disputes.credit_invoice_id,
    cast(
        {{ days_between('cast(disputes.opened_at as date)', 'cast(coalesce(disputes.closed_at, run.as_of_at) as date)') }}
        as bigint
    ) as age_days,

    disputes.party_id,
    disputes.currency as currency_doc,
    disputes.amount as disputed_amount_doc,

    disputes.invoice_id,
    lines.invoice_line,
    coalesce(lines.is_whole_invoice, disputes.invoice_line is null) as is_whole_invoice,
    headers.invoice_number,
    headers.invoice_date,
    headers.due_date,
    headers.gross_amount_doc as invoice_amount_doc,
    items.open_amount_doc,

    lines.item_id,
    lines.uom,
    lines.actual_qty,
    lines.actual_unit_price_doc,
    lines.actual_amount_doc,
    expected_lines.expected_billing_id,
    expected_lines.expected_qty,
    expected_lines.expected_unit_price_doc,
    expected_lines.price_source,
    expected_lines.billing_rule_id,
    expected_lines.billing_state,
    cast(lines.actual_unit_price_doc - expected_lines.expected_unit_price_doc as decimal(20, 8))
        as price_difference_doc,

    cast(readiness.passed_count as bigint) as readiness_passed_count,
    cast(readiness.failed_count as bigint) as readiness_failed_count,
    readiness.first_failed_condition,
    readiness.first_failed_evidence,

    lines.order_id,
    lines.order_line,
    lines.shipment_id,
    lines.shipment_line,
    expected_lines.trigger_at,
    deliveries.delivered_at,
    deliveries.pod_at,
    deliveries.pod_ref,
    deliveries.signed_by,
    deliveries.carrier_code,
    deliveries.short_qty,
    deliveries.damaged_qty,

    cast(history.prior_count as bigint) as prior_count,
    cast(history.prior_accepted_count as bigint) as prior_accepted_count,
    cast(history.prior_same_reason_count as bigint) as prior_same_reason_count,
    cast(history.prior_same_invoice_count as bigint) as prior_same_invoice_count,
    cast(history.credit_count as bigint) as credit_count,
    history.credit_amount_doc,

    run.as_of_at,
    run.watermark_at
from disputes
cross join run
inner join {{ ref('dispute_route') }} as routes
    on disputes.reason_code = routes.reason_code
inner join {{ ref('int_dispute__history') }} as history
    on
        disputes.company_id = history.company_id
        and disputes.source_system = history.source_system
        and disputes.dispute_id = history.dispute_id
left join {{ ref('int_dispute__line') }} as lines
    on
        disputes.company_id = lines.company_id
        and disputes.source_system = lines.source_system
        and disputes.dispute_id = lines.dispute_id
left join {{ ref('int_dispute__delivery') }} as deliveries
    on
        disputes.company_id = deliveries.company_id
        and disputes.source_system = deliveries.source_system
        and disputes.dispute_id = deliveries.dispute_id
left join {{ ref('int_dispute__invoice') }} as headers
    on
        disputes.company_id = headers.company_id
        and disputes.source_system = headers.source_system
        and disputes.dispute_id = headers.dispute_id
left join expected_lines
    on lines.expected_billing_id = expected_lines.expected_billing_id
left join readiness
    on lines.expected_billing_id = readiness.expected_billing_id
left join items
    on
        disputes.company_id = items.company_id
        and disputes.invoice_id = items.invoice_id
