-- An item explains its own period; in later periods, as long as the balance runs on, its account
-- carries it as OPENING_DIFF, one line per class and period of origin.

with

origins as (

    select
        origins.*,
        case
            when problems.is_reported and not problems.is_settled
                then md5(concat_ws('|', problems.code, origins.company_id, origins.business_key))
        end as exception_id,
        problems.proposal_key
    from {{ ref('int_ledger__reconciling_origin') }} as origins
    inner join {{ ref('int_ledger__problem') }} as problems
        on
            origins.company_id = problems.company_id
            and origins.item_class = problems.item_class
            and origins.business_key = problems.problem_key

),

balances as (

    select * from {{ ref('int_ledger__tie_balance') }}

),

in_period as (

    select
        origins.*,
        balances.account_role,
        balances.currency,
        balances.tie_group,
        balances.period_number,
        balances.balance_year
    from origins
    inner join balances
        on
            origins.company_id = balances.company_id
            and origins.fiscal_year = balances.fiscal_year
            and origins.fiscal_period = balances.fiscal_period
            and origins.account_code = balances.account_code
            and origins.location_id = balances.location_id

),

carried as (

    select
        in_period.company_id,
        balances.fiscal_year,
        balances.fiscal_period,
        in_period.account_code,
        in_period.account_role,
        in_period.tie_group,
        in_period.currency,
        in_period.location_id,
        in_period.item_class as origin_class,
        in_period.fiscal_year as origin_fiscal_year,
        in_period.fiscal_period as origin_fiscal_period,
        min(in_period.posting_date) as posting_date,
        sum(in_period.amount) as amount,
        count(*) as entry_count
    from in_period
    inner join balances
        on
            in_period.company_id = balances.company_id
            and in_period.account_code = balances.account_code
            and in_period.currency = balances.currency
            and in_period.location_id = balances.location_id
            and in_period.balance_year = balances.balance_year
            and in_period.period_number < balances.period_number
    group by
        in_period.company_id, balances.fiscal_year, balances.fiscal_period,
        in_period.account_code, in_period.account_role, in_period.tie_group, in_period.currency,
        in_period.location_id, in_period.item_class, in_period.fiscal_year,
        in_period.fiscal_period
    having sum(in_period.amount) <> 0      -- items that cancel leave nothing to carry

)

select
    company_id, fiscal_year, fiscal_period, account_code, account_role, tie_group, currency,
    location_id, item_class, item_class as origin_class,
    fiscal_year as origin_fiscal_year, fiscal_period as origin_fiscal_period,
    posting_date, amount, entry_count, business_key, receipt_id, receipt_line, movement_id,
    item_id, invoice_id, supplier_invoice_id, journal_id, journal_line,
    exception_id
from in_period
union all
select
    company_id, fiscal_year, fiscal_period, account_code, account_role, tie_group, currency,
    location_id, 'OPENING_DIFF', origin_class,
    origin_fiscal_year, origin_fiscal_period,
    posting_date, amount, entry_count,
    concat_ws('|', 'opening', origin_class, origin_fiscal_year, origin_fiscal_period),
    null, null, null, null, null, null, null, null, null
from carried
