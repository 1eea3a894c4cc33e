with

journal_lines as (

    select * from {{ ref('int_ledger__journal_line') }}
    where is_posted

),

unbalanced as (

    select
        company_id,
        source_system,
        ledger,
        journal_id,
        currency,
        min(posting_date) as posting_date,
        sum(actual_amount) as difference_amount,
        sum(case when actual_amount > 0 then actual_amount else 0 end) as debit_amount,
        sum(case when actual_amount < 0 then actual_amount else 0 end) as credit_amount,
        count(*) as line_count
    from journal_lines
    group by company_id, source_system, ledger, journal_id, currency
    having sum(actual_amount) <> 0

),

companies as (

    select * from {{ ref('int_master__company') }}

)

select
    'JOURNAL_UNBALANCED' as code,
    unbalanced.company_id,
    concat_ws(
        '|', unbalanced.source_system, unbalanced.ledger, unbalanced.journal_id, unbalanced.currency
    ) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    unbalanced.journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    {{ midnight_utc('unbalanced.posting_date', 'companies.timezone') }} as first_event_at,
    {{ midnight_utc('unbalanced.posting_date', 'companies.timezone') }} as detected_at,
    abs(unbalanced.difference_amount) as exposure_amount,
    'debits less credits of the journal' as exposure_basis,
    'journal balances' as rule_id,
    {{ json_text([
        ('debit', 'unbalanced.debit_amount'),
        ('credit', 'unbalanced.credit_amount'),
        ('difference', 'unbalanced.difference_amount'),
        ('lines', 'unbalanced.line_count'),
        ('ledger', 'unbalanced.ledger'),
    ]) }} as evidence
from unbalanced
inner join companies
    on unbalanced.company_id = companies.company_id
