-- Second opinion on first in, first out, by sets where the engine folds: pieces that come in lie on a
-- line, those that go out lie on the same line, and an issue costs what the line is worth up to its
-- end less what it is worth up to its start. Layers whose value changes after the first draw are left
-- out. The engine shares what is left of a layer at every draw and this shares the layer, so the two
-- may part by half a cent per draw of it, and no more.
with

followed as (

    select * from {{ ref('int_valuation__fifo_line') }}

),

layers as (

    select
        company_id, item_id, is_comparison, layer_event_id,
        max(layer_qty) as layer_qty,
        sum(round(amount, 2)) as amount,
        min(case when is_here then in_upto end) as line_upto,
        max(case when is_in and amount is null then 1 else 0 end) as is_unknown,
        max(case when is_in then null when late_cost = 'expense' then in_upto + 1 else out_upto end) as late_upto
    from followed
    where not is_out
    group by company_id, item_id, is_comparison, layer_event_id

),

lined as (

    select
        *,
        line_upto - layer_qty as line_from,
        case when amount is null or is_unknown = 1 or late_upto > line_upto - layer_qty then 1 else 0 end as is_unsaid
    from layers
    where line_upto is not null

),

stacked as (      -- an issue that ends where a layer starts took nothing of it

    select
        company_id, item_id, is_comparison, '' as event_id, 0 as place,
        line_from as position, 1 as turn, amount, line_from, is_unsaid
    from lined
    union all
    select company_id, item_id, is_comparison, event_id, place, out_upto, 0, 0, null, 0
    from followed
    where is_out

),

ends as (

    select
        ridden.*,
        ridden.unsaid - layers.is_unsaid as unsaid_before,
        ridden.worth - layers.amount + {{ divide_exact('layers.amount * (ridden.position - layers.line_from)', 'layers.layer_qty', 2, from_scale=10) }}
            as line_worth,
        row_number() over (
            partition by ridden.company_id, ridden.item_id, ridden.is_comparison, layers.line_from
            order by ridden.place
        ) as draws
    from (
        select
            *,
            max(line_from) over along as layer_from,
            sum(amount) over along as worth,
            sum(is_unsaid) over along as unsaid
        from stacked
        window along as (
            partition by company_id, item_id, is_comparison order by position, turn, place
            rows between unbounded preceding and current row
        )
    ) as ridden
    inner join lined as layers
        on
            ridden.company_id = layers.company_id and ridden.item_id = layers.item_id
            and ridden.is_comparison = layers.is_comparison and ridden.layer_from = layers.line_from
    where ridden.turn = 0

),

swept as (

    select
        company_id, item_id, is_comparison, event_id,
        line_worth - coalesce(lag(line_worth) over in_turn, 0) as expected_amount,
        (draws + coalesce(lag(draws) over in_turn, 0)) * 0.005 as tolerance,
        unsaid - coalesce(lag(unsaid_before) over in_turn, 0) as unsaid_layers
    from ends
    window in_turn as (partition by company_id, item_id, is_comparison order by place)

),

posted as (

    select company_id, item_id, event_id, not is_policy_method as is_comparison, sum(cost_amount) as cost_amount
    from {{ ref('int_valuation__entry') }}
    where costing_method = 'fifo'
    group by company_id, item_id, event_id, is_policy_method

)

select
    swept.company_id, swept.item_id, swept.event_id, swept.is_comparison,
    swept.expected_amount,
    -posted.cost_amount as actual_amount
from swept
left join posted
    on
        swept.company_id = posted.company_id and swept.item_id = posted.item_id
        and swept.event_id = posted.event_id and swept.is_comparison = posted.is_comparison
where
    swept.unsaid_layers = 0
    and (posted.cost_amount is null or abs(-posted.cost_amount - swept.expected_amount) > swept.tolerance)
