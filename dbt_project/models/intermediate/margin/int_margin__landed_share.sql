-- Which part of what an item cost so far was freight, duty and the like, from a day on: what landed
-- cost added to stock against all that came in. An average pool knows no finer answer.
with

days as (

    select
        company_id, item_id, posting_date,
        sum(case when entry_kind = 'landed_cost' then cost_amount else 0 end) as landed_amount,
        sum(cost_amount) as cost_amount
    from {{ ref('stg_computed__cost_entry') }}
    where is_policy_method and entry_kind in ('receipt', 'landed_cost', 'invoice_variance')
    group by company_id, item_id, posting_date

),

totals as (

    select
        company_id, item_id, posting_date,
        lead(posting_date) over (partition by company_id, item_id order by posting_date) as next_date,
        cast(sum(landed_amount) over (
            partition by company_id, item_id order by posting_date
            rows between unbounded preceding and current row
        ) as decimal(18, 4)) as landed_amount,
        cast(sum(cost_amount) over (
            partition by company_id, item_id order by posting_date
            rows between unbounded preceding and current row
        ) as decimal(18, 4)) as cost_amount
    from days

)

select
    company_id,
    item_id,
    posting_date as valid_from,
    coalesce(next_date, date '9999-12-31') as valid_before,
    case
        when cost_amount > 0 and landed_amount between 0 and cost_amount
            then {{ divide_exact('landed_amount', 'cost_amount', 8, from_scale=4, by_scale=4) }}
        else 0
    end as landed_share
from totals
-- only days with a share: who joins takes an absent one as none
where landed_amount > 0
