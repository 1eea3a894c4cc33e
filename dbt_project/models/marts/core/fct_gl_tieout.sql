with

run as (

    select * from {{ ref('int_control__run') }}

),

balances as (

    select * from {{ ref('int_ledger__tie_balance') }}

),

erp_balances as (

    select * from {{ ref('int_ledger__erp_balance') }}

),

tolerances as (

    select * from {{ ref('int_billing__tolerance') }}

),

classified as (

    select
        company_id, fiscal_year, fiscal_period, account_code, currency, location_id,
        sum(amount) as classified_amount
    from {{ ref('int_ledger__reconciling_item') }}
    where account_code <> ''
    group by company_id, fiscal_year, fiscal_period, account_code, currency, location_id

),

compared as (

    select
        balances.*,
        erp_balances.erp_subledger_amount,
        balances.actual_balance - balances.expected_balance as difference_amount,
        coalesce(classified.classified_amount, 0) as classified_amount,
        coalesce(tolerances.gl_account, 0) as tolerance_amount,
        coalesce(tolerances.gl_materiality, 0) as materiality_amount,
        max(balances.period_number) over (partition by balances.company_id) as latest_period,
        max(case when balances.has_ledger then 1 else 0 end) over (
            partition by balances.company_id
        ) = 1 as is_company_with_ledger
    from balances
    left join erp_balances
        on
            balances.company_id = erp_balances.company_id
            and balances.fiscal_year = erp_balances.fiscal_year
            and balances.fiscal_period = erp_balances.fiscal_period
            and balances.account_code = erp_balances.account_code
            and balances.location_id = erp_balances.location_id
    left join classified
        on
            balances.company_id = classified.company_id
            and balances.fiscal_year = classified.fiscal_year
            and balances.fiscal_period = classified.fiscal_period
            and balances.account_code = classified.account_code
            and balances.currency = classified.currency
            and balances.location_id = classified.location_id
    left join tolerances
        on balances.company_id = tolerances.company_id

),

grouped as (      -- accounts under one caption are tied as one

    select
        compared.*,
        sum(difference_amount) over (
            partition by company_id, fiscal_year, fiscal_period, tie_group, currency
        ) as group_difference_amount,
        sum(difference_amount - classified_amount) over (
            partition by company_id, fiscal_year, fiscal_period, tie_group, currency
        ) as group_unexplained_amount
    from compared

)

select
    grouped.company_id,
    grouped.fiscal_year,
    grouped.fiscal_period,
    grouped.start_date as period_start_date,
    grouped.end_date as period_end_date,
    grouped.account_code,
    grouped.account_name,
    grouped.account_role,
    grouped.tie_group,
    grouped.currency,
    grouped.location_id,

    cast(grouped.expected_balance as decimal(18, 4)) as expected_amount,
    cast(grouped.erp_subledger_amount as decimal(18, 4)) as erp_subledger_amount,
    cast(grouped.actual_balance as decimal(18, 4)) as actual_amount,
    cast(grouped.difference_amount as decimal(18, 4)) as difference_amount,
    cast(grouped.actual_balance - grouped.erp_subledger_amount as decimal(18, 4))
        as erp_difference_amount,
    cast(grouped.classified_amount as decimal(18, 4)) as classified_amount,
    cast(grouped.difference_amount - grouped.classified_amount as decimal(18, 4))
        as unexplained_amount,
    cast(grouped.group_difference_amount as decimal(18, 4)) as group_difference_amount,
    cast(grouped.group_unexplained_amount as decimal(18, 4)) as group_unexplained_amount,

    cast(case when grouped.has_subledger then grouped.expected_period_amount end as decimal(18, 4))
        as expected_period_amount,
    cast(case when grouped.has_ledger then grouped.actual_period_amount end as decimal(18, 4))
        as actual_period_amount,
    cast(grouped.expected_entry_count as bigint) as expected_entry_count,
    cast(grouped.actual_entry_count as bigint) as actual_entry_count,

    case
        -- where nobody sends a ledger, no role can lack its account in it
        when grouped.account_code = '' and grouped.is_company_with_ledger
            then 'role_without_account'
        when not grouped.has_ledger then 'no_ledger'
        when not grouped.has_subledger then 'no_subledger'
        when grouped.group_difference_amount = 0 then 'agrees'
        when abs(grouped.group_unexplained_amount) <= grouped.tolerance_amount then 'explained'
        else 'unexplained'
    end as status,
    stops.stopped_because,
    grouped.period_number = grouped.latest_period as is_latest_period,
    coalesce(abs(grouped.group_unexplained_amount) > grouped.materiality_amount, false)
        as is_above_materiality,
    grouped.is_derived = 1 as is_actual_derived,
    grouped.is_period_derived,
    md5(concat_ws(
        '|', grouped.company_id, grouped.fiscal_year, grouped.fiscal_period,
        grouped.account_code, grouped.account_role, grouped.currency, grouped.location_id,
        coalesce(cast(cast(grouped.expected_balance as decimal(18, 4)) as varchar), 'none'),
        coalesce(cast(cast(grouped.erp_subledger_amount as decimal(18, 4)) as varchar), 'none'),
        coalesce(cast(cast(grouped.actual_balance as decimal(18, 4)) as varchar), 'none')
    )) as statement_hash,

    run.as_of_at,
    run.watermark_at
from grouped
cross join run
left join {{ ref('int_ledger__stop') }} as stops
    on grouped.company_id = stops.company_id
