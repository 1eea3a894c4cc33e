-- Accounts that the ledger itself keeps by location - by its balances where it sends them, else by its
-- journals - and on which what we expect has a place: always on both sides, or on an account of stock
-- at times. A plant that a ledger notes beside some payables is no place to compare them by.

with

balances as (

    select company_id, account, location_code, ledger from {{ ref('stg_gl__balance') }}

),

balance_companies as (

    select company_id from balances
    group by company_id

),

kept as (

    select
        company_id,
        account as account_code,
        min(case when coalesce(location_code, '') <> '' then 1 else 0 end) as is_always
    from balances
    where coalesce(ledger, '') = ''
    group by company_id, account
    having max(location_code) <> ''
    union all
    select
        journal_lines.company_id,
        journal_lines.account_code,
        min(case when journal_lines.location_id <> '' then 1 else 0 end)
    from {{ ref('int_ledger__journal_line') }} as journal_lines
    left join balance_companies
        on journal_lines.company_id = balance_companies.company_id
    where
        balance_companies.company_id is null
        and journal_lines.is_posted
        and journal_lines.ledger = ''
    group by journal_lines.company_id, journal_lines.account_code
    having max(journal_lines.location_id) <> ''

),

expected as (

    select
        company_id, account_code,
        max(
            case
                when
                    account_role in (
                        'INV', 'INV_TRANSIT', 'INV_INTERIM', 'INV_CONSIGN', 'WIP', 'RETURN_ASSET'
                    )
                    and location_id <> ''
                    then 1
                else 0
            end
        ) as is_stock_placed,
        min(case when location_id <> '' then 1 else 0 end) as is_placed
    from {{ ref('int_ledger__expected_line') }}
    where line_purpose in ('event', 'opening')
    group by company_id, account_code

)

select
    kept.company_id,
    kept.account_code
from kept
left join expected
    on
        kept.company_id = expected.company_id
        and kept.account_code = expected.account_code
where
    expected.company_id is null
    or expected.is_stock_placed = 1
    or expected.is_placed = 1 and kept.is_always = 1
