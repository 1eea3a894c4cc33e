-- What differs in a ledger that names no documents: a whole period without entries, a day's amount on
-- another account, and the entries that are left over when equal amounts of a day cancel out.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

leftovers as (

    select * from {{ ref('int_ledger__leftover_item') }}

),

homes as (

    select company_id, tie_group, min(account_code) as account_code
    from {{ ref('int_ledger__lone_posting') }}
    where side = 'expected'
    group by company_id, tie_group

),

wrong_accounts as (

    select
        *,
        concat_ws('|', 'posted', journal_id, posted_account_code, expected_role) as problem_key
    from {{ ref('int_ledger__wrong_account') }}

),

silent_periods as (

    select
        *,
        concat_ws('|', 'period', tie_group, fiscal_year, fiscal_period) as problem_key
    from {{ ref('int_ledger__silent_period') }}

)

select
    company_id, fiscal_year, fiscal_period, posting_date,
    posted_account_code as account_code, posted_group as tie_group, '' as location_id,
    'actual' as side, 'WRONG_ACCOUNT' as item_class, residual_amount as amount, problem_key,
    null as source_system, journal_id, null as journal_line,
    null as doc_kind, null as doc_id, null as doc_line, null as movement_id, null as item_id,
    null as supplier_invoice_id, expected_count as entry_count
from wrong_accounts
union all
select
    company_id, fiscal_year, fiscal_period, posting_date,
    expected_account_code, expected_group, '',
    'expected', 'WRONG_ACCOUNT', -residual_amount, problem_key,
    null, journal_id, null, null, null, null, null, null, null, expected_count
from wrong_accounts
union all
select
    silent_periods.company_id, silent_periods.fiscal_year, silent_periods.fiscal_period,
    silent_periods.end_date, homes.account_code, silent_periods.tie_group, '',
    'expected',
    case
        when silent_periods.end_date >= companies.as_of_date then 'TIMING_UNPOSTED'
        else 'MISSING_IN_GL'
    end,
    -silent_periods.expected_amount, silent_periods.problem_key,
    null, null, null, null, null, null, null, null, null, 0
from silent_periods
inner join companies
    on silent_periods.company_id = companies.company_id
inner join homes
    on
        silent_periods.company_id = homes.company_id
        and silent_periods.tie_group = homes.tie_group
union all
select
    company_id, fiscal_year, fiscal_period, posting_date, account_code, tie_group, location_id,
    side, item_class, difference_amount, problem_key,
    source_system, journal_id, journal_line, document_kind, document_id, document_line,
    movement_id, item_id, supplier_invoice_id, 1
from leftovers
