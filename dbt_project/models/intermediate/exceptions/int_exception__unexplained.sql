-- What no class explains at the end of the last period, by accounts that are tied as one: it must be
-- within the account's tolerance before anybody may certify.

with

balances as (

    select
        company_id, tie_group, period_number, account_code, account_role, end_date,
        actual_balance - expected_balance as difference_amount
    from {{ ref('int_ledger__tie_balance') }}
    where has_subledger and has_ledger

),

last_periods as (

    select company_id, max(period_number) as period_number
    from balances
    group by company_id

),

items as (

    select items.company_id, items.tie_group, sum(items.amount) as classified_amount
    from {{ ref('int_ledger__reconciling_item') }} as items
    inner join {{ ref('int_ledger__period') }} as periods
        on
            items.company_id = periods.company_id
            and items.fiscal_year = periods.fiscal_year
            and items.fiscal_period = periods.fiscal_period
    inner join last_periods
        on
            periods.company_id = last_periods.company_id
            and periods.period_number = last_periods.period_number
    group by items.company_id, items.tie_group

),

summed as (

    select
        balances.company_id,
        balances.tie_group,
        min(balances.account_role) as account_role,
        max(balances.end_date) as end_date,
        sum(balances.difference_amount) as difference_amount,
        coalesce(max(items.classified_amount), 0) as classified_amount
    from balances
    inner join last_periods
        on
            balances.company_id = last_periods.company_id
            and balances.period_number = last_periods.period_number
    left join items
        on
            balances.company_id = items.company_id
            and balances.tie_group = items.tie_group
    group by balances.company_id, balances.tie_group

)

select
    'GL_UNEXPLAINED' as code,
    summed.company_id,
    concat_ws('|', 'unexplained', summed.tie_group) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    {{ midnight_utc('least(summed.end_date, companies.as_of_date)', 'companies.timezone') }}
        as first_event_at,
    {{ midnight_utc('least(summed.end_date, companies.as_of_date)', 'companies.timezone') }}
        as detected_at,
    abs(summed.difference_amount - summed.classified_amount) as exposure_amount,
    'difference less its items' as exposure_basis,
    'ledger against subledger' as rule_id,
    {{ json_text([
        ('accounts', 'summed.tie_group'),
        ('role', 'summed.account_role'),
        ('difference', 'summed.difference_amount'),
        ('explained', 'summed.classified_amount'),
    ]) }} as evidence
from summed
inner join {{ ref('int_master__company') }} as companies
    on summed.company_id = companies.company_id
left join {{ ref('int_billing__tolerance') }} as tolerances
    on summed.company_id = tolerances.company_id
where
    abs(summed.difference_amount - summed.classified_amount) > coalesce(tolerances.gl_account, 0)
