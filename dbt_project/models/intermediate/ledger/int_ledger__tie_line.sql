with

expected as (

    select * from {{ ref('int_ledger__expected_movement') }}

),

actual as (

    select * from {{ ref('int_ledger__actual_movement') }}

),

periods as (

    select * from {{ ref('int_ledger__period') }}

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

sides as (      -- stack, then sum: an account seen on either side is a line

    select
        company_id, fiscal_year, fiscal_period, account_code, currency, location_id,
        account_role, tie_group,
        expected_amount, opening_amount, entry_count as expected_entry_count,
        0 as actual_period_amount, 0 as actual_change, 0 as actual_entry_count, 0 as is_derived
    from expected
    union all
    select
        actual.company_id, actual.fiscal_year, actual.fiscal_period, actual.account_code,
        actual.currency, actual.location_id, accounts.account_role, accounts.tie_group,
        0, 0, 0,
        actual.period_amount, actual.balance_change, actual.entry_count,
        case when actual.is_derived then 1 else 0 end
    from actual
    inner join accounts
        on
            actual.company_id = accounts.company_id
            and actual.account_code = accounts.account_code

),

numbered as (

    select
        sides.*,
        periods.period_number
    from sides
    inner join periods
        on
            sides.company_id = periods.company_id
            and sides.fiscal_year = periods.fiscal_year
            and sides.fiscal_period = periods.fiscal_period

),

lines as (

    select
        company_id, account_code, currency, location_id, tie_group,
        -- the role of an account is the ledger's; a role without account speaks for itself
        min(case when account_code = '' then account_role end) as unmapped_role,
        min(period_number) as first_period
    from numbered
    group by company_id, account_code, currency, location_id, tie_group

),

spine as (      -- a balance stands in every period since it began, moved or not

    select
        lines.*,
        periods.fiscal_year,
        periods.fiscal_period,
        periods.period_number,
        periods.start_date,
        periods.end_date,
        periods.is_derived as is_period_derived
    from lines
    inner join periods
        on
            lines.company_id = periods.company_id
            and lines.first_period <= periods.period_number

),

moved as (

    select
        company_id, period_number, account_code, currency, location_id, tie_group,
        sum(expected_amount) as expected_amount,
        sum(opening_amount) as opening_amount,
        sum(expected_entry_count) as expected_entry_count,
        sum(actual_period_amount) as actual_period_amount,
        sum(actual_change) as actual_change,
        sum(actual_entry_count) as actual_entry_count,
        max(is_derived) as is_derived
    from numbered
    group by company_id, period_number, account_code, currency, location_id, tie_group

)

select
    spine.company_id,
    spine.fiscal_year,
    spine.fiscal_period,
    spine.period_number,
    spine.start_date,
    spine.end_date,
    spine.is_period_derived,
    spine.account_code,
    spine.currency,
    spine.location_id,
    spine.tie_group,
    spine.unmapped_role,
    coalesce(moved.expected_amount, 0) as expected_period_amount,
    coalesce(moved.opening_amount, 0) as expected_opening_amount,
    coalesce(moved.expected_entry_count, 0) as expected_entry_count,
    coalesce(moved.actual_period_amount, 0) as actual_period_amount,
    coalesce(moved.actual_change, 0) as actual_change,
    coalesce(moved.actual_entry_count, 0) as actual_entry_count,
    coalesce(moved.is_derived, 0) as is_derived
from spine
left join moved
    on
        spine.company_id = moved.company_id
        and spine.period_number = moved.period_number
        and spine.account_code = moved.account_code
        and spine.currency = moved.currency
        and spine.location_id = moved.location_id
        and spine.tie_group = moved.tie_group
