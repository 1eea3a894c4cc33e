-- Customers whose payer owes more than the limit he was given. What is not billed yet is left out: that
-- is what the limit is asked about.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

payers as (

    select * from {{ ref('int_receivable__credit_party') }}

),

owed as (

    select
        items.company_id,
        coalesce(payers.credit_party_id, items.payer_party_id) as credit_party_id,
        sum(items.open_amount) as open_amount
    from {{ ref('int_receivable__item') }} as items
    left join payers
        on
            items.company_id = payers.company_id
            and items.payer_party_id = payers.party_id
    where items.open_amount_doc <> 0
    group by items.company_id, coalesce(payers.credit_party_id, items.payer_party_id)

),

limits as (

    select
        parties.company_id,
        parties.party_id,
        cast(
            parties.credit_limit * case
                when coalesce(parties.currency, companies.currency) = companies.currency then 1
                else rates.rate
            end as decimal(18, 4)
        ) as credit_limit
    from {{ ref('int_master__party') }} as parties
    inner join companies
        on parties.company_id = companies.company_id
    left join {{ ref('int_ledger__currency_day') }} as rates
        on
            parties.company_id = rates.company_id
            and parties.currency = rates.from_currency
            and companies.as_of_date = rates.date
    where parties.party_role = 'customer' and parties.credit_limit is not null

)

select
    payers.company_id,
    payers.party_id,
    cast(owed.open_amount as decimal(18, 4)) as open_amount,
    limits.credit_limit
from payers
inner join owed
    on
        payers.company_id = owed.company_id
        and payers.credit_party_id = owed.credit_party_id
inner join limits
    on
        owed.company_id = limits.company_id
        and owed.credit_party_id = limits.party_id
where owed.open_amount > limits.credit_limit
