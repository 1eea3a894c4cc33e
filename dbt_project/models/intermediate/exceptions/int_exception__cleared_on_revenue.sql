-- A receivable that cash settled is credited against cash. Credited against a revenue account by
-- hand, the cash never came into the books and revenue is too low.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

journal_lines as (

    select * from {{ ref('int_ledger__journal_line') }}
    where is_posted and is_manual and ledger = ''

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

debited as (

    select
        journal_lines.*,
        row_number() over (
            partition by
                journal_lines.company_id, journal_lines.source_system, journal_lines.journal_id,
                journal_lines.actual_amount, journal_lines.line_text
            order by length(journal_lines.journal_line), journal_lines.journal_line
        ) as turn
    from journal_lines
    inner join accounts
        on
            journal_lines.company_id = accounts.company_id
            and journal_lines.account_code = accounts.account_code
            and accounts.account_type = 'revenue'
    where journal_lines.actual_amount > 0

),

credited as (

    select
        journal_lines.*,
        row_number() over (
            partition by
                company_id, source_system, journal_id, actual_amount, line_text
            order by length(journal_line), journal_line
        ) as turn
    from journal_lines
    where account_role = 'AR' and actual_amount < 0

)

select
    'GL_WRONG_ACCOUNT' as code,
    debited.company_id,
    concat_ws('|', 'entry', debited.source_system, debited.journal_id, debited.journal_line)
        as business_key,
    cast(null as varchar) as root_exception_id,
    credited.party_code as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    debited.journal_id,
    debited.journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    {{ midnight_utc('debited.posting_date', 'companies.timezone') }} as first_event_at,
    {{ midnight_utc('debited.posting_date', 'companies.timezone') }} as detected_at,
    debited.actual_amount as exposure_amount,
    'receivable cleared against revenue' as exposure_basis,
    'settlement of a receivable' as rule_id,
    {{ json_text([
        ('account', 'debited.account_code'),
        ('receivable_account', 'credited.account_code'),
        ('receivable_line', 'credited.journal_line'),
        ('text', 'debited.line_text'),
        ('posting_date', 'debited.posting_date'),
    ]) }} as evidence
from debited
inner join credited
    on
        debited.company_id = credited.company_id
        and debited.source_system = credited.source_system
        and debited.journal_id = credited.journal_id
        and credited.actual_amount = -debited.actual_amount
        and coalesce(credited.line_text, '') = coalesce(debited.line_text, '')
        and debited.turn = credited.turn
inner join companies
    on debited.company_id = companies.company_id
