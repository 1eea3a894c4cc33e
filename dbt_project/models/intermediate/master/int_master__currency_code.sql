-- Currencies in which documents are written that state no rate of their own. What has no rate into the
-- money of its company is in no amount of ours, so it must be told and not be left out silently.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

rates as (

    select * from {{ ref('stg_master__fx_rate') }}

),

seen as (

    select source_system, company_id, currency from {{ ref('stg_billing__invoice') }}
    where fx_rate is null and status <> 'draft'
    union
    select source_system, company_id, currency from {{ ref('stg_purchasing__invoice') }}
    where fx_rate is null and status <> 'parked'
    union
    select source_system, company_id, currency from {{ ref('stg_billing__cash_receipt') }}
    union
    select source_system, company_id, currency from {{ ref('stg_purchasing__payment') }}
    union
    select source_system, company_id, currency from {{ ref('stg_purchasing__landed_cost') }}

),

rated as (

    select
        companies.company_id,
        rates.from_currency
    from companies
    inner join rates
        on
            rates.company_id in (companies.company_id, '*')
            and companies.currency = rates.to_currency
            and companies.as_of_date >= rates.rate_date
    group by companies.company_id, rates.from_currency

)

select
    seen.source_system,
    seen.company_id,
    seen.currency,
    seen.currency = companies.currency or rated.from_currency is not null as is_resolved
from seen
-- a company without a record has no money at all, and that is said of the company
inner join companies
    on
        seen.company_id = companies.company_id
        and companies.currency is not null
left join rated
    on
        seen.company_id = rated.company_id
        and seen.currency = rated.from_currency
