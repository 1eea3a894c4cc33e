-- What the returned goods of each credit line are worth where they came back into stock.
with

returned as (

    select
        moved.company_id,
        moved.source_system || '|' || moved.receipt_id || '|' || moved.receipt_line as return_key,
        sum(entries.cost_amount) as cost_amount
    from {{ ref('int_valuation__pool_movement') }} as moved
    inner join {{ ref('stg_computed__cost_entry') }} as entries
        on
            moved.company_id = entries.company_id
            and moved.event_id = entries.event_id
    where
        moved.event_kind = 'return_in' and moved.receipt_id is not null
        and entries.is_policy_method and entries.entry_kind = 'return_in'
    group by
        moved.company_id, moved.source_system || '|' || moved.receipt_id || '|' || moved.receipt_line

)

select
    returned.company_id,
    credits.credit_key,
    cast(sum(returned.cost_amount) as decimal(18, 4)) as cost_amount
from {{ ref('int_billing__return_credit') }} as credits
inner join returned
    on credits.return_key = returned.return_key
group by returned.company_id, credits.credit_key
