with

advice as (

    select * from {{ ref('int_planning__handed_advice') }}

),

running as (

    select * from {{ ref('int_planning__demand_running') }}

),

ordered as (      -- what was put on order in the days after the advice

    select
        advice.company_id,
        advice.item_id,
        advice.location_id,
        advice.advised_on,
        sum(legs.qty_change) as ordered_qty,
        min(legs.event_date) as first_ordered_on
    from advice
    inner join {{ ref('int_stock__leg') }} as legs
        on
            advice.company_id = legs.company_id
            and advice.item_id = legs.item_id
            and advice.location_id = legs.location_id
            and advice.advised_on < legs.event_date
            and advice.followed_until >= legs.event_date
    where legs.stock_state = 'ON_ORDER' and legs.qty_change > 0
    group by advice.company_id, advice.item_id, advice.location_id, advice.advised_on

),

spans as (

    select
        company_id,
        item_id,
        location_id,
        max(last_date) as last_date
    from running
    group by company_id, item_id, location_id

),

reached as (

    select
        advice.*,
        least(advice.judged_until, spans.last_date) as known_until
    from advice
    left join spans
        on
            advice.company_id = spans.company_id
            and advice.item_id = spans.item_id
            and advice.location_id = spans.location_id

),

measured as (

    select
        reached.*,
        coalesce(ordered.ordered_qty, 0) as ordered_qty,
        ordered.first_ordered_on,
        finish.demand_qty - start.demand_qty as demand_qty,
        finish.shipped_qty - start.shipped_qty as shipped_qty,
        finish.out_of_stock_days - start.out_of_stock_days as out_of_stock_days
    from reached
    left join ordered
        on
            reached.company_id = ordered.company_id
            and reached.item_id = ordered.item_id
            and reached.location_id = ordered.location_id
            and reached.advised_on = ordered.advised_on
    left join running as start
        on
            reached.company_id = start.company_id
            and reached.item_id = start.item_id
            and reached.location_id = start.location_id
            and reached.advised_on = start.date
    left join running as finish
        on
            reached.company_id = finish.company_id
            and reached.item_id = finish.item_id
            and reached.location_id = finish.location_id
            and reached.known_until = finish.date

)

select
    measured.*,
    case
        when order_qty is null then 'no_advice'
        when ordered_qty > order_qty and order_qty = 0 then 'ordered_unasked'
        when ordered_qty > order_qty then 'ordered_more'
        when ordered_qty = order_qty and order_qty = 0 then 'nothing_to_order'
        when ordered_qty = order_qty then 'as_advised'
        when not is_decided then 'open'
        when ordered_qty = 0 then 'not_ordered'
        else 'ordered_less'
    end as done,
    case
        when position_qty + ordered_qty - demand_qty < order_up_to then 0
        else position_qty + ordered_qty - demand_qty - order_up_to
    end as excess_qty
from measured
