with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

credit_parties as (

    select * from {{ ref('int_receivable__credit_party') }}

),

stacked as (      -- each sale stands in one of three places: ordered, shipped, billed

    select
        items.company_id, items.payer_party_id as party_id, 'billed' as place,
        items.open_amount as amount
    from {{ ref('fct_ar_item') }} as items
    where items.open_amount_doc <> 0
    union all
    select company_id, party_id, 'shipped', open_amount
    from {{ ref('fct_expected_billing') }}
    where
        billing_state in (
            'not_triggered', 'blocked', 'ready', 'exported', 'unknown_waiting_for_data'
        )
    union all
    select company_id, party_id, 'ordered', open_amount
    from {{ ref('fct_open_order_line') }}
    union all
    select company_id, party_id, 'unapplied', cast(unapplied_amount_doc * rate as decimal(18, 4))
    from {{ ref('int_cash__receipt') }}
    where unapplied_amount_doc <> 0

),

summed as (

    select
        stacked.company_id,
        coalesce(credit_parties.credit_party_id, stacked.party_id, '') as party_id,
        sum(case when stacked.place = 'billed' then stacked.amount else 0 end) as billed,
        sum(case when stacked.place = 'shipped' then stacked.amount else 0 end) as shipped,
        sum(case when stacked.place = 'ordered' then stacked.amount else 0 end) as ordered,
        sum(case when stacked.place = 'unapplied' then stacked.amount else 0 end) as unapplied,
        sum(case when stacked.amount is null then 1 else 0 end) as unpriced_count
    from stacked
    left join credit_parties
        on
            stacked.company_id = credit_parties.company_id
            and stacked.party_id = credit_parties.party_id
    group by
        stacked.company_id, coalesce(credit_parties.credit_party_id, stacked.party_id, '')

),

limited as (

    select
        summed.*,
        companies.currency,
        parties.party_name,
        parties.payment_terms_code as terms_code,
        cast(
            parties.credit_limit * case
                when coalesce(parties.currency, companies.currency) = companies.currency then 1
                else currency_days.rate
            end as decimal(18, 4)
        ) as credit_limit_amount,
        coalesce(summed.billed, 0) + coalesce(summed.shipped, 0) + coalesce(summed.ordered, 0)
            as exposure
    from summed
    inner join companies
        on summed.company_id = companies.company_id
    left join {{ ref('int_master__party') }} as parties
        on
            summed.company_id = parties.company_id
            and summed.party_id = parties.party_id
            and parties.party_role = 'customer'
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            summed.company_id = currency_days.company_id
            and parties.currency = currency_days.from_currency
            and companies.as_of_date = currency_days.date

)

select
    limited.company_id,
    limited.party_id,
    limited.party_name,
    limited.terms_code,
    limited.currency,

    cast(coalesce(limited.billed, 0) as decimal(18, 4)) as open_amount,
    cast(coalesce(limited.shipped, 0) as decimal(18, 4)) as unbilled_amount,
    cast(coalesce(limited.ordered, 0) as decimal(18, 4)) as ordered_amount,
    cast(limited.exposure as decimal(18, 4)) as exposure_amount,
    cast(coalesce(limited.unapplied, 0) as decimal(18, 4)) as unapplied_amount,
    limited.credit_limit_amount,
    cast(limited.credit_limit_amount - limited.exposure as decimal(18, 4)) as headroom_amount,
    limited.exposure > limited.credit_limit_amount as is_over_limit,
    cast(limited.unpriced_count as bigint) as unpriced_count,
    held.order_id as held_order_id,

    run.as_of_at,
    run.watermark_at
from limited
cross join run
left join {{ ref('int_receivable__held_customer') }} as held
    on
        limited.company_id = held.company_id
        and limited.party_id = held.party_id
