with

lines as (

    select * from {{ ref('int_ledger__tie_line') }}

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

expected_groups as (      -- null, never zero, where we have no subledger behind an account

    select company_id, tie_group
    from {{ ref('int_ledger__expected_movement') }}
    group by company_id, tie_group

),

ledger_companies as (

    select company_id from {{ ref('int_ledger__actual_movement') }}
    group by company_id

),

typed as (

    select
        lines.*,
        coalesce(accounts.account_role, lines.unmapped_role) as account_role,
        coalesce(accounts.account_name, '') as account_name,
        -- revenue and expense are told year to date, like the closing balances of a ledger
        case when accounts.account_type in ('revenue', 'expense') then lines.fiscal_year else 0
        end as balance_year,
        expected_groups.tie_group is not null as has_subledger,
        ledger_companies.company_id is not null and lines.account_code <> '' as has_ledger
    from lines
    left join accounts
        on
            lines.company_id = accounts.company_id
            and lines.account_code = accounts.account_code
    left join expected_groups
        on
            lines.company_id = expected_groups.company_id
            and lines.tie_group = expected_groups.tie_group
    left join ledger_companies
        on lines.company_id = ledger_companies.company_id

)

select
    typed.*,
    case
        when has_subledger
            then
                sum(expected_opening_amount + expected_period_amount) over (
                    partition by
                        company_id, account_code, currency, location_id, tie_group, balance_year
                    order by period_number
                    rows between unbounded preceding and current row
                )
    end as expected_balance,
    case
        when has_ledger
            then
                sum(actual_change) over (
                    partition by
                        company_id, account_code, currency, location_id, tie_group, balance_year
                    order by period_number
                    rows between unbounded preceding and current row
                )
    end as actual_balance
from typed
