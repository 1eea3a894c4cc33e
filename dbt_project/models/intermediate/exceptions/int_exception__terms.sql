-- Ruling D22: a discount is in time by its value date. What is taken beyond the terms is lost; a due
-- date later than the terms costs the interest on the days given away.

with

discounts as (

    select
        settlements.company_id,
        settlements.source_system,
        settlements.cash_receipt_id,
        settlements.application_line,
        settlements.invoice_id,
        settlements.value_date,
        settlements.rate,
        settlements.discount_amount_doc,
        discounts.party_id,
        discounts.terms_code,
        discounts.discount_date,
        discounts.allowed_discount_doc,
        settlements.discount_amount_doc - discounts.allowed_discount_doc as lost_amount_doc
    from {{ ref('int_billing__settlement') }} as settlements
    inner join {{ ref('int_cash__discount') }} as discounts
        on
            settlements.company_id = discounts.company_id
            and settlements.source_system = discounts.source_system
            and settlements.cash_receipt_id = discounts.cash_receipt_id
            and settlements.application_line = discounts.application_line
    inner join {{ ref('int_cash__policy') }} as policies
        on settlements.company_id = policies.company_id
    where
        discounts.is_judged
        and settlements.discount_amount_doc - discounts.allowed_discount_doc
        > policies.amount_tolerance

),

late_dates as (

    select
        documents.*,
        {{ days_between('documents.terms_due_date', 'documents.due_date') }} as days_given,
        settings.value as rate_pct
    from {{ ref('int_receivable__document') }} as documents
    cross join {{ ref('receivable_setting') }} as settings
    where
        settings.setting = 'capital_rate_pct'
        and not documents.is_cancelled
        and documents.gross_amount_doc > 0
        and documents.due_date > documents.terms_due_date
        -- parts of an invoice have days of their own
        and not exists (
            select 1
            from {{ ref('stg_billing__invoice_instalment') }} as parts
            where
                parts.company_id = documents.company_id
                and parts.source_system = documents.source_system
                and parts.invoice_id = documents.invoice_id
        )

),

companies as (

    select * from {{ ref('int_master__company') }}

),

findings as (

    select
        company_id,
        concat_ws('|', 'receipt', source_system, cash_receipt_id, application_line) as business_key,
        party_id,
        invoice_id,
        value_date as found_date,
        cast(lost_amount_doc * rate as decimal(18, 4)) as exposure_amount,
        'discount taken beyond the terms' as exposure_basis,
        'discount inside the terms' as rule_id,
        {{ json_text([
            ('cash_receipt_id', 'cash_receipt_id'),
            ('terms', 'terms_code'),
            ('discount_date', 'discount_date'),
            ('value_date', 'value_date'),
            ('discount_taken', 'discount_amount_doc'),
            ('discount_allowed', 'allowed_discount_doc'),
        ]) }} as evidence
    from discounts
    union all
    select
        company_id,
        concat_ws('|', 'due date', source_system, invoice_id),
        party_id,
        invoice_id,
        invoice_date,
        cast(
            cast(gross_amount_doc * rate as decimal(18, 4))
            * {{ divide_exact('rate_pct * days_given', 'cast(36500 as decimal(18, 0))', 8, 4, 0) }}
            as decimal(18, 4)
        ),
        'interest on the days given beyond the terms',
        'due date as agreed',
        {{ json_text([
            ('terms', 'terms_code'),
            ('due_date', 'due_date'),
            ('due_by_the_terms', 'terms_due_date'),
            ('days_given', 'days_given'),
            ('interest_pct_a_year', 'rate_pct'),
        ]) }}
    from late_dates

)

select
    'TERMS_LEAK' as code,
    findings.company_id,
    findings.business_key,
    cast(null as varchar) as root_exception_id,
    findings.party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    findings.invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    {{ midnight_utc('findings.found_date', 'companies.timezone') }} as first_event_at,
    {{ midnight_utc('findings.found_date', 'companies.timezone') }} as detected_at,
    findings.exposure_amount,
    findings.exposure_basis,
    findings.rule_id,
    findings.evidence
from findings
inner join companies
    on findings.company_id = companies.company_id
