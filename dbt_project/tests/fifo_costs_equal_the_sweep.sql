-- Second opinion on first in, first out, by sets where the engine folds: pieces that come in lie on a
-- line, those that go out lie on the same line, and an issue costs what the line is worth up to its
-- end less what it is worth up to its start. Layers whose value changes after the first draw are left
-- out. The engine shares what is left of a layer at every draw and this shares the layer, so the two
-- may part by half of the currency's smallest unit per draw of it, and no more.
with

followed as (

    select * from {{ ref('int_valuation__fifo_line') }}

),

layers as (

    select
        pool_number, layer_event_id,
        max(layer_qty) as layer_qty,
        max(currency_decimals) as decimals,
        sum({{ minor_unit('amount', 'currency_decimals') }}) as amount,
        min(case when is_here then in_upto end) as line_upto,
        max(case when is_in and amount is null then 1 else 0 end) as is_unknown,
        max(case when is_in then null when late_cost = 'expense' then in_upto + 1 else out_upto end) as late_upto
    from followed
    where not is_out
    group by pool_number, layer_event_id

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
        pool_number, 0 as place, line_from as position, 1 as turn,
        amount, is_unsaid, amount as layer_amount, line_from, layer_qty, decimals
    from lined
    union all
    select pool_number, place, out_upto, 0, 0, 0, null, null, null, null
    from followed
    where is_out

),

ridden as (      -- every layer has a number of its own in its pool: the last that began

    select
        *,
        sum(turn) over along as layer_number,
        sum(amount) over along as worth,
        sum(is_unsaid) over along as unsaid
    from stacked
    window along as (
        partition by pool_number order by position, turn, place
        rows between unbounded preceding and current row
    )

),

ends as (

    select
        drawn.pool_number, drawn.place, drawn.unsaid, layers.decimals,
        drawn.unsaid - layers.is_unsaid as unsaid_before,
        drawn.worth - layers.layer_amount + {{ minor_unit(
            'layers.layer_amount * (drawn.position - layers.line_from)', 'layers.decimals', by='layers.layer_qty', from_scale=10
        ) }} as line_worth,
        row_number() over (
            partition by drawn.pool_number, drawn.layer_number order by drawn.place
        ) as draws
    from ridden as drawn
    inner join ridden as layers
        on
            drawn.pool_number = layers.pool_number
            and drawn.layer_number = layers.layer_number
            and drawn.turn = 0
            and layers.turn = 1

),

swept as (

    select
        pool_number, place,
        line_worth - coalesce(lag(line_worth) over in_turn, 0) as expected_amount,
        (draws + coalesce(lag(draws) over in_turn, 0))
        * case decimals when 0 then 0.5 when 3 then 0.0005 when 4 then 0.00005 else 0.005 end as tolerance,
        unsaid - coalesce(lag(unsaid_before) over in_turn, 0) as unsaid_layers
    from ends
    window in_turn as (partition by pool_number order by place)

),

said as (

    select
        followed.company_id, followed.item_id, followed.event_id, followed.is_comparison,
        swept.expected_amount, swept.tolerance
    from swept
    inner join followed
        on swept.pool_number = followed.pool_number and swept.place = followed.place
    where swept.unsaid_layers = 0

),

posted as (

    select company_id, item_id, event_id, not is_policy_method as is_comparison, sum(cost_amount) as cost_amount
    from {{ ref('int_valuation__entry') }}
    where costing_method = 'fifo'
    group by company_id, item_id, event_id, is_policy_method

)

select
    said.company_id, said.item_id, said.event_id, said.is_comparison,
    said.expected_amount,
    -posted.cost_amount as actual_amount
from said
left join posted
    on
        said.company_id = posted.company_id and said.item_id = posted.item_id
        and said.event_id = posted.event_id and said.is_comparison = posted.is_comparison
where posted.cost_amount is null or abs(-posted.cost_amount - said.expected_amount) > said.tolerance
