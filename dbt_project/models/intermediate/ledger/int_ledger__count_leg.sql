-- Stock of a company that books purchases as cost (profile `periodic`): at the end of each period the
-- count sets it, and cost of sales takes what is gone. The count is our stock ledger's.

with

periods as (

    select * from {{ ref('int_ledger__period') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

moved as (

    select
        legs.company_id,
        legs.profile,
        legs.account_role,
        periods.fiscal_year,
        periods.fiscal_period,
        periods.end_date,
        sum(legs.amount) as amount
    from {{ ref('int_ledger__posting_leg') }} as legs
    inner join companies
        on legs.company_id = companies.company_id
    inner join periods
        on
            legs.company_id = periods.company_id
            and legs.posting_date between periods.start_date and periods.end_date
            and companies.as_of_date >= periods.end_date
    where
        legs.telling = 'perpetual'
        and legs.event_code <> 'E00'      -- what a site opens with was counted in
        and legs.account_role in ('INV', 'INV_TRANSIT', 'INV_INTERIM', 'INV_CONSIGN', 'WIP')
    group by
        legs.company_id, legs.profile, legs.account_role, periods.fiscal_year,
        periods.fiscal_period, periods.end_date
    having sum(legs.amount) <> 0

),

sides as (

    select *, 'debit' as side, account_role as side_role, amount as side_amount from moved
    union all
    select *, 'credit', 'COGS', -amount from moved

)

select
    company_id,
    profile,
    account_role as counted_role,
    side,
    concat('CLOSE-', fiscal_year, '-', lpad(cast(fiscal_period as varchar), 2, '0'))
        as source_doc_id,
    end_date as posting_date,
    side_role as account_role,
    cast(side_amount as decimal(18, 4)) as amount
from sides
