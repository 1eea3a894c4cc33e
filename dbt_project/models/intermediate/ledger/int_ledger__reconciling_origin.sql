-- Every item once, in the period in which it arose, with the sign of ledger - our subledger.

with

uncapitalised as (

    select * from {{ ref('int_ledger__uncapitalised_posting') }}
    where account_code <> ''

),

wrong_accounts as (

    select * from {{ ref('int_ledger__wrong_account') }}

),

silent_periods as (

    select * from {{ ref('int_ledger__silent_period') }}

),

leftovers as (

    select * from {{ ref('int_ledger__leftover_item') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

homes as (

    select company_id, tie_group, min(account_code) as account_code
    from {{ ref('int_ledger__account_choice') }}
    where account_code <> ''
    group by company_id, tie_group

),

items as (

    select
        uncapitalised.company_id, days.fiscal_year, days.fiscal_period,
        uncapitalised.ledger_date as posting_date,
        uncapitalised.account_code, uncapitalised.posting_location_id as location_id,
        case
            when uncapitalised.account_role = 'GRIR' then 'MISSING_IN_GL'
            else 'RECEIPT_NOT_CAPITALISED'
        end as item_class,
        -uncapitalised.expected_amount as amount,
        concat_ws('|', 'receipt', uncapitalised.receipt_id, uncapitalised.receipt_line)
            as business_key,
        concat_ws('|', 'receipt', uncapitalised.receipt_id, uncapitalised.receipt_line)
            as problem_key,
        uncapitalised.receipt_id, uncapitalised.receipt_line, uncapitalised.movement_id,
        uncapitalised.item_id,
        null as invoice_id, null as supplier_invoice_id, null as journal_id, null as journal_line,
        1 as entry_count
    from uncapitalised
    inner join days
        on
            uncapitalised.company_id = days.company_id
            and uncapitalised.ledger_date = days.date
    union all
    select
        company_id, fiscal_year, fiscal_period, posting_date,
        posted_account_code, '', 'WRONG_ACCOUNT', residual_amount,
        concat_ws('|', 'posted', journal_id, posted_account_code, expected_role),
        concat_ws('|', 'posted', journal_id, posted_account_code, expected_role),
        null, null, null, null, null, null, journal_id, null, expected_count
    from wrong_accounts
    union all
    select
        company_id, fiscal_year, fiscal_period, posting_date,
        expected_account_code, '', 'WRONG_ACCOUNT', -residual_amount,
        concat_ws('|', 'posted', journal_id, posted_account_code, expected_role),
        concat_ws('|', 'posted', journal_id, posted_account_code, expected_role),
        null, null, null, null, null, null, journal_id, null, expected_count
    from wrong_accounts
    union all
    select
        silent_periods.company_id, silent_periods.fiscal_year, silent_periods.fiscal_period,
        silent_periods.end_date, homes.account_code, '',
        case
            when silent_periods.end_date >= companies.as_of_date then 'TIMING_UNPOSTED'
            else 'MISSING_IN_GL'
        end,
        -silent_periods.expected_amount,
        concat_ws(
            '|', 'period', silent_periods.tie_group, silent_periods.fiscal_year,
            silent_periods.fiscal_period
        ),
        concat_ws(
            '|', 'period', silent_periods.tie_group, silent_periods.fiscal_year,
            silent_periods.fiscal_period
        ),
        null, null, null, null, null, null, null, null, 0
    from silent_periods
    inner join companies
        on silent_periods.company_id = companies.company_id
    inner join homes
        on
            silent_periods.company_id = homes.company_id
            and silent_periods.tie_group = homes.tie_group
    union all
    select
        company_id, fiscal_year, fiscal_period, posting_date, account_code, location_id,
        item_class, difference_amount, business_key, problem_key,
        receipt_id, null, movement_id, item_id, invoice_id, supplier_invoice_id,
        journal_id, journal_line, 1
    from leftovers

)

select
    items.*,
    case
        when items.item_class = 'RECEIPT_NOT_CAPITALISED' then items.item_class
        else 'GL_' || items.item_class
    end as exception_code,
    md5(concat_ws(
        '|',
        case
            when items.item_class = 'RECEIPT_NOT_CAPITALISED' then items.item_class
            else 'GL_' || items.item_class
        end,
        items.company_id, items.problem_key
    )) as exception_id
from items
