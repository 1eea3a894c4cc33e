-- What was entered on a signed account, in its period or before, after the signature.

with

signed as (

    select * from {{ ref('int_close__signed_account') }}
    where certified_at is not null

),

periods as (

    select company_id, fiscal_year, fiscal_period, max(period_end_date) as end_date
    from {{ ref('int_master__calendar_day') }}
    group by company_id, fiscal_year, fiscal_period

)

select
    signed.company_id,
    signed.fiscal_year,
    signed.fiscal_period,
    signed.account_code,
    count(*) as entry_count,
    cast(sum(journal_lines.actual_amount) as decimal(18, 4)) as amount,
    max(journal_lines.entered_at) as last_entered_at,
    min(journal_lines.journal_id) as first_journal_id
from signed
inner join periods
    on
        signed.company_id = periods.company_id
        and signed.fiscal_year = periods.fiscal_year
        and signed.fiscal_period = periods.fiscal_period
inner join {{ ref('int_ledger__journal_line') }} as journal_lines
    on
        signed.company_id = journal_lines.company_id
        and signed.account_code = journal_lines.account_code
        and periods.end_date >= journal_lines.posting_date
        and signed.certified_at < journal_lines.entered_at
        and journal_lines.is_posted
        and journal_lines.ledger = ''
group by signed.company_id, signed.fiscal_year, signed.fiscal_period, signed.account_code
