-- With what each account begins. Stock begins with what was counted in when the books were opened
-- (E00), whatever the ledger says; an account behind which we have no documents from before the first
-- balance begins as the ledger does; equity stands against what stock begins with otherwise.

with

openings as (

    select
        lines.company_id, lines.account_code, lines.location_id, lines.posting_date,
        lines.expected_amount as amount
    from {{ ref('int_ledger__expected_line') }} as lines
    where lines.line_purpose = 'opening' and lines.account_role <> 'EQUITY'

),

balances as (      -- the first balance of every account; the ledger began with the first of all

    select
        balances.*,
        fiscal_year * 100 + fiscal_period as period_key,
        min(fiscal_year * 100 + fiscal_period) over (partition by company_id) as first_period_key
    from {{ ref('int_ledger__balance_movement') }} as balances

),

ledger_openings as (

    select
        company_id, account_code, location_id, first_period_key,
        balance_change - period_amount as amount
    from balances
    where period_key = first_period_key

),

earlier as (      -- accounts that our own documents reach back to

    select lines.company_id, lines.account_code
    from {{ ref('int_ledger__expected_line') }} as lines
    inner join (
        select company_id, min(first_period_key) as first_period_key
        from ledger_openings
        group by company_id
    ) as starts
        on lines.company_id = starts.company_id
    where
        lines.line_purpose = 'event'
        and lines.fiscal_year * 100 + lines.fiscal_period < starts.first_period_key
    group by lines.company_id, lines.account_code

),

expected_accounts as (

    select company_id, account_code from {{ ref('int_ledger__expected_line') }}
    where line_purpose in ('event', 'opening')
    group by company_id, account_code

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

stacked as (

    select
        openings.company_id, openings.account_code,
        case when located.account_code is not null then openings.location_id else '' end as location_id,
        openings.posting_date, openings.amount as own_amount, 0 as ledger_amount
    from openings
    left join {{ ref('int_ledger__located_account') }} as located
        on
            openings.company_id = located.company_id
            and openings.account_code = located.account_code
    union all
    select
        company_id, account_code, location_id, null, 0, amount
    from ledger_openings

),

summed as (

    select
        stacked.company_id,
        stacked.account_code,
        stacked.location_id,
        accounts.account_role,
        accounts.tie_group,
        accounts.account_role in (
            'INV', 'INV_TRANSIT', 'INV_INTERIM', 'INV_CONSIGN', 'WIP', 'RETURN_ASSET'
        ) as is_stock,
        expected_accounts.account_code is not null as is_expected,
        earlier.account_code is not null as is_older,
        min(stacked.posting_date) as posting_date,
        sum(stacked.own_amount) as own_amount,
        sum(stacked.ledger_amount) as ledger_amount
    from stacked
    inner join accounts
        on
            stacked.company_id = accounts.company_id
            and stacked.account_code = accounts.account_code
    left join expected_accounts
        on
            stacked.company_id = expected_accounts.company_id
            and stacked.account_code = expected_accounts.account_code
    left join earlier
        on
            stacked.company_id = earlier.company_id
            and stacked.account_code = earlier.account_code
    group by
        stacked.company_id, stacked.account_code, stacked.location_id, accounts.account_role,
        accounts.tie_group, expected_accounts.account_code, earlier.account_code

),

gapped as (

    select
        summed.*,
        sum(case when is_stock and is_expected then ledger_amount - own_amount else 0 end)
            over (partition by company_id) as stock_gap_amount,
        sum(case when account_role = 'EQUITY' then 1 else 0 end) over (partition by company_id)
            as equity_count
    from summed

)

select
    company_id, account_code, location_id, account_role, tie_group, posting_date,
    ledger_amount,
    case
        when is_stock then own_amount
        when account_role = 'EQUITY' and equity_count = 1 and ledger_amount <> 0
            then ledger_amount + stock_gap_amount
        when is_older then own_amount
        else ledger_amount
    end as expected_amount
from gapped
where is_expected or account_role = 'EQUITY' and equity_count = 1 and ledger_amount <> 0
