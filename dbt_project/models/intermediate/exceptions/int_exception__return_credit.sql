-- L7: a credit for a return without goods, once none can come any more; L8: goods taken back without a
-- credit in time (ruling D16). What nobody had billed needs no credit.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

days as (

    select * from {{ ref('int_billing__business_day') }}

),

credits as (

    select * from {{ ref('int_billing__return_credit') }}

),

returned as (

    select
        returns.*,
        returns.source_system || '|' || returns.receipt_id || '|' || returns.receipt_line as return_key
    from {{ ref('int_billing__return') }} as returns

),

late_returns as (

    select
        returned.*,
        deadlines.date as credit_due_date,
        -- goods that came back before they were billed take the place of an invoice, not of a credit
        sum(coalesce(returned.accepted_qty, returned.qty)) over (
            partition by returned.expected_billing_id
            order by returned.accepted_at, returned.return_key
            rows between unbounded preceding and current row
        ) - {{ divide_exact(
            'greatest(states.expected_qty - states.actual_qty, 0) * states.unit_top',
            'states.unit_bottom', 6
        ) }} as reaches,
        states.expected_unit_price_doc * case
            when states.currency_doc = states.company_currency then 1 else currency_days.rate
        end * states.unit_bottom / states.unit_top as price
    from returned
    inner join companies
        on returned.company_id = companies.company_id
    cross join settings
    inner join {{ ref('int_billing__billing_state') }} as states
        on
            returned.expected_billing_id = states.expected_billing_id
            and states.suppressed_reason is null
            and states.actual_qty > 0
    left join credits
        on returned.return_key = credits.return_key
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            returned.company_id = currency_days.company_id
            and states.currency_doc = currency_days.from_currency
            and currency_days.date = {{ local_date('returned.accepted_at', 'returned.timezone') }}
    inner join days as accepted
        on
            returned.company_id = accepted.company_id
            and accepted.date = {{ local_date('returned.accepted_at', 'returned.timezone') }}
    inner join days as deadlines
        on
            returned.company_id = deadlines.company_id
            and deadlines.is_business_day
            and accepted.day_number + settings.credit_days = deadlines.day_number
            and companies.as_of_date > deadlines.date
    where credits.return_key is null

),

empty_credits as (

    select invoice_lines.*
    from {{ ref('int_billing__invoice_line') }} as invoice_lines
    inner join companies
        on invoice_lines.company_id = companies.company_id
    cross join settings
    left join credits
        on
            invoice_lines.source_system || '|' || invoice_lines.invoice_id || '|'
            || invoice_lines.invoice_line = credits.credit_key
    left join returned
        on
            credits.return_key = returned.return_key
            and abs({{ days_between('cast(returned.received_at as date)', 'invoice_lines.invoice_date') }})
            <= settings.return_window_days
    where
        invoice_lines.invoice_type = 'credit_memo'
        and invoice_lines.line_kind = 'goods'
        and invoice_lines.reason_code = 'return'
        and not invoice_lines.is_cancelled
        and invoice_lines.approved_at is null
        and returned.return_key is null
        and {{ days_between('invoice_lines.invoice_date', 'companies.as_of_date') }}
        > settings.return_window_days

)

select
    'RETURN_NO_CREDIT' as code,
    company_id, return_key as business_key, cast(null as varchar) as root_exception_id,
    party_id, item_id, location_id, order_id, order_line, shipment_id, shipment_line,
    cast(null as varchar) as invoice_id, cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id, cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id, receipt_id,
    cast(null as varchar) as purchase_order_id,
    accepted_at as first_event_at,
    {{ midnight_utc('cast(credit_due_date + interval 1 day as date)', 'timezone') }} as detected_at,
    coalesce(
        cast(least(coalesce(accepted_qty, qty), reaches) * price as decimal(18, 4)), 0
    ) as exposure_amount,
    'returned quantity at the price of the sale' as exposure_basis,
    'days to credit' as rule_id,
    {{ json_text([
        ('returned_qty', 'qty'),
        ('accepted_qty', 'accepted_qty'),
        ('accepted_at', 'accepted_at'),
        ('credit_due_date', 'credit_due_date'),
    ]) }} as evidence
from late_returns
where reaches > 0
union all
select
    'CREDIT_NO_RETURN', company_id, concat_ws('|', source_system, invoice_id, invoice_line), null,
    party_id, item_id, null, order_id, order_line, shipment_id, shipment_line, invoice_id, invoice_line,
    null, null, null, null, null, created_at, created_at,
    coalesce(abs(actual_amount), 0), 'amount of the credit', 'window of the return',
    {{ json_text([
        ('credited_qty', 'actual_qty'),
        ('credit_number', 'invoice_number'),
        ('reference', 'reference_invoice_id'),
        ('creation_mode', 'creation_mode'),
    ]) }}
from empty_credits
