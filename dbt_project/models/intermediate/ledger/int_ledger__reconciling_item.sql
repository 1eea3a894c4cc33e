-- An item explains its own period; in later periods, as long as the balance runs on, its account
-- carries it as OPENING_DIFF, one line per class and period of origin.

with

origins as (

    select * from {{ ref('int_ledger__reconciling_origin') }}

),

located_accounts as (

    select * from {{ ref('int_ledger__located_account') }}

),

balances as (

    select * from {{ ref('int_ledger__tie_balance') }}

),

placed as (

    select
        origins.company_id,
        origins.fiscal_year,
        origins.fiscal_period,
        origins.posting_date,
        origins.account_code,
        case when located_accounts.account_code is not null then origins.location_id else '' end
            as location_id,
        origins.item_class,
        origins.amount,
        origins.business_key,
        origins.receipt_id,
        origins.receipt_line,
        origins.movement_id,
        origins.item_id,
        origins.invoice_id,
        origins.supplier_invoice_id,
        origins.journal_id,
        origins.journal_line,
        origins.entry_count,
        origins.exception_code,
        origins.exception_id,
        -- a role without account has a line per role; everything else one per account
        origins.account_code <> '' as has_account
    from origins
    left join located_accounts
        on
            origins.company_id = located_accounts.company_id
            and origins.account_code = located_accounts.account_code

),

in_period as (

    select
        placed.*,
        balances.account_role,
        balances.currency,
        balances.tie_group,
        balances.period_number,
        balances.balance_year
    from placed
    inner join balances
        on
            placed.company_id = balances.company_id
            and placed.fiscal_year = balances.fiscal_year
            and placed.fiscal_period = balances.fiscal_period
            and placed.account_code = balances.account_code
            and placed.location_id = balances.location_id
            and placed.has_account

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

)

select
    company_id, fiscal_year, fiscal_period, account_code, account_role, tie_group, currency,
    location_id, item_class, item_class as origin_class,
    fiscal_year as origin_fiscal_year, fiscal_period as origin_fiscal_period,
    posting_date, amount, entry_count, business_key, receipt_id, receipt_line, movement_id,
    item_id, invoice_id, supplier_invoice_id, journal_id, journal_line,
    case when item_class <> 'TIMING_UNPOSTED' then exception_id end as exception_id
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
