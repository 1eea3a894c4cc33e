-- Tolerances in force at the run that hold for less than the company: for a customer, for a class of
-- items, for goods of variable weight. The class of an item wins over its weight; which of customer
-- and item wins says the reader.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

scopes as (

    select
        companies.company_id,
        tolerances.scope,
        max(case when tolerances.tolerance = 'qty_abs' then tolerances.value end) as qty_abs,
        max(case when tolerances.tolerance = 'qty_pct' then tolerances.value end) as qty_pct,
        max(case when tolerances.tolerance = 'price_abs' then tolerances.value end) as price_abs,
        max(case when tolerances.tolerance = 'price_pct' then tolerances.value end) as price_pct
    from companies
    inner join {{ ref('int_policy__tolerance') }} as tolerances
        on
            companies.company_id = tolerances.company_id
            and companies.as_of_date between tolerances.valid_from and tolerances.valid_to
    where
        tolerances.scope <> ''
        and tolerances.tolerance in ('qty_abs', 'qty_pct', 'price_abs', 'price_pct')
    group by companies.company_id, tolerances.scope

),

customers as (

    select company_id, party_code, party_id from {{ ref('int_master__party_code') }}
    where party_role = 'customer'
    union
    select company_id, party_id, party_id from {{ ref('int_master__party_code') }}
    where party_role = 'customer'

)

select
    scopes.company_id,
    'party' as subject,
    customers.party_id as subject_id,
    min(scopes.qty_abs) as qty_abs,
    min(scopes.qty_pct) as qty_pct,
    min(scopes.price_abs) as price_abs,
    min(scopes.price_pct) as price_pct
from scopes
inner join customers
    on
        scopes.company_id = customers.company_id
        and scopes.scope = customers.party_code
group by scopes.company_id, customers.party_id

union all

select
    items.company_id, 'item', items.item_id,
    coalesce(of_class.qty_abs, of_weight.qty_abs),
    coalesce(of_class.qty_pct, of_weight.qty_pct),
    coalesce(of_class.price_abs, of_weight.price_abs),
    coalesce(of_class.price_pct, of_weight.price_pct)
from {{ ref('int_master__item') }} as items
left join scopes as of_class
    on
        items.company_id = of_class.company_id
        and items.valuation_class = of_class.scope
left join scopes as of_weight
    on
        items.company_id = of_weight.company_id
        and case when items.catch_weight then 'catch_weight' end = of_weight.scope
where coalesce(of_class.scope, of_weight.scope) is not null
