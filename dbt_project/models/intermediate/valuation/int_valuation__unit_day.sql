-- What a piece of an item is worth at the end of each day on which it moved, by the method that
-- posts: value over quantity of its pool; where nothing was left, what it was worth before. Beside it
-- what the pool held when its goods change places: after all that came in on the day and before anything
-- left (ruling C2). Many pieces are worth their share of that, divided and rounded once.
with

entries as (

    select
        entries.company_id, entries.item_id,
        case when policies.cost_pool = 'location' then entries.cost_pool_id else '' end
            as location_id,
        entries.posting_date, entries.qty_base, entries.cost_amount, entries.unit_cost,
        entries.qty_base > 0
        or entries.qty_base = 0 and (
            entries.entry_kind in ('landed_cost', 'invoice_variance')
            -- what a period's average trues up, it trues up when all have left
            or entries.entry_kind = 'true_up' and entries.costing_method <> 'periodic_average'
        ) as comes_in
    from {{ ref('stg_computed__cost_entry') }} as entries
    left join (
        select company_id, policy_id, min(cost_pool) as cost_pool
        from {{ ref('int_policy__valuation') }}
        group by company_id, policy_id
    ) as policies
        on
            entries.company_id = policies.company_id
            and entries.policy_id = policies.policy_id
    where entries.is_policy_method

),

days as (

    select
        company_id, item_id, location_id, posting_date,
        sum(qty_base) as qty_change,
        sum(cost_amount) as cost_change,
        sum(case when comes_in then qty_base else 0 end) as qty_in,
        sum(case when comes_in then cost_amount else 0 end) as cost_in,
        max(unit_cost) as any_unit_cost
    from entries
    group by company_id, item_id, location_id, posting_date

),

running as (

    select
        *,
        cast(sum(qty_change) over so_far as decimal(18, 6)) as qty_base,
        cast(sum(cost_change) over so_far as decimal(18, 4)) as value_amount,
        cast(sum(qty_change) over so_far - qty_change + qty_in as decimal(18, 6)) as moved_qty,
        cast(sum(cost_change) over so_far - cost_change + cost_in as decimal(18, 4)) as moved_value
    from days
    window so_far as (
        partition by company_id, item_id, location_id order by posting_date
        rows between unbounded preceding and current row
    )

),

valued as (

    select
        *,
        case
            when qty_base > 0 and value_amount >= 0
                then {{ divide_exact('value_amount', 'qty_base', 8, from_scale=4) }}
            else any_unit_cost
        end as unit_cost,
        case when qty_base > 0 and value_amount >= 0 then value_amount end as pool_amount,
        case when qty_base > 0 and value_amount >= 0 then qty_base end as pool_qty,
        case when moved_qty > 0 and moved_value >= 0 then moved_value end as moved_amount,
        case when moved_qty > 0 and moved_value >= 0 then moved_qty end as moved_qty_base
    from running

),

asked as (      -- days on which something moves or stands, beside those on which value changes

    select company_id, item_id, event_date as date from {{ ref('int_stock__leg') }}
    union
    select company_id, item_id, posting_date from {{ ref('int_stock__ledger_row') }}

),

pools as (

    select company_id, item_id, location_id
    from days
    group by company_id, item_id, location_id

),

stacked as (

    select
        company_id, item_id, location_id, posting_date as date, unit_cost, pool_amount, pool_qty,
        moved_amount, moved_qty_base
    from valued
    union all
    select pools.company_id, pools.item_id, pools.location_id, asked.date, null, null, null, null, null
    from pools
    inner join asked
        on
            pools.company_id = asked.company_id
            and pools.item_id = asked.item_id

),

per_day as (

    select
        company_id, item_id, location_id, date,
        max(unit_cost) as unit_cost,
        max(pool_amount) as pool_amount,
        max(pool_qty) as pool_qty,
        max(moved_amount) as moved_amount,
        max(moved_qty_base) as moved_qty_base
    from stacked
    group by company_id, item_id, location_id, date

),

grouped as (

    select
        *,
        count(unit_cost) over (
            partition by company_id, item_id, location_id order by date
            rows between unbounded preceding and current row
        ) as known
    from per_day

)

select
    company_id,
    item_id,
    location_id,
    date,
    max(unit_cost) over span as unit_cost,
    coalesce(moved_amount, max(pool_amount) over span) as pool_amount,
    coalesce(moved_qty_base, max(pool_qty) over span) as pool_qty
from grouped
window span as (partition by company_id, item_id, location_id, known)
