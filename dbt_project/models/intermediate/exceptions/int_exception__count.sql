-- Counts that differ from the book over tolerance, and book stock that nobody finds: the last count
-- of a place found none, nothing has moved there since, and the book still shows some.

with

counted as (

    select
        counted_lines.*,
        row_number() over (
            partition by company_id, item_id, location_id
            order by count_at desc, count_id desc, count_line desc
        ) as recency,
        sum(counted_qty_base) over (
            partition by company_id, item_id, location_id, source_system, count_id
        ) as found_qty
    from {{ ref('int_stock__counted_line') }} as counted_lines

),

on_hand as (

    select
        company_id,
        item_id,
        location_id,
        sum(qty_change) as qty_base,
        max(event_at) as last_event_at
    from {{ ref('int_stock__leg') }}
    where stock_state = 'ON_HAND'
    group by company_id, item_id, location_id

),

movement_costs as (

    select
        source_system, company_id, source_movement_id,
        sum(cost_amount) as cost_amount
    from {{ ref('int_valuation__costed_movement') }}
    where event_code = 'E37'
    group by source_system, company_id, source_movement_id

),

judged as (

    select
        counted.*,
        concat_ws('|', counted.source_system, counted.count_id, counted.count_line)
            as business_key,
        on_hand.qty_base as on_hand_qty,
        movement_costs.cost_amount,
        coalesce(
            counted.recency = 1
            and counted.found_qty = 0
            and counted.book_qty_base > 0
            and on_hand.qty_base > 0
            and on_hand.last_event_at < counted.count_at,
            false
        ) as is_phantom
    from counted
    left join on_hand
        on
            counted.company_id = on_hand.company_id
            and counted.item_id = on_hand.item_id
            and counted.location_id = on_hand.location_id
    left join movement_costs
        on
            counted.source_system = movement_costs.source_system
            and counted.company_id = movement_costs.company_id
            and counted.adjustment_txn_id = movement_costs.source_movement_id

),

problems as (

    select
        'PHANTOM_STOCK' as code,
        judged.*,
        cast(null as varchar) as root_exception_id,
        round(on_hand_qty * unit_cost, 4) as amount,
        'book stock that nobody finds, at cost' as basis,
        'a count finds what the book shows' as rule_id
    from judged
    where is_phantom
    union all
    select
        'COUNT_VARIANCE' as code,
        judged.*,
        case
            when is_phantom then md5(concat_ws('|', 'PHANTOM_STOCK', company_id, business_key))
        end as root_exception_id,
        case when is_phantom then 0 else coalesce(cost_amount, abs(variance_amount)) end as amount,
        case
            when is_phantom then 'counted in the root exception'
            when cost_amount is not null then 'value of the adjustment'
            else 'counted difference at cost'
        end as basis,
        concat('count tolerance of class ', coalesce(nullif(abc_class, ''), 'none')) as rule_id
    from judged
    where is_within_tolerance is null or not is_within_tolerance

)

select
    code,
    company_id,
    business_key,
    root_exception_id,
    cast(null as varchar) as party_id,
    item_id,
    location_id,
    adjustment_txn_id as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    count_id,
    count_at as first_event_at,
    count_at as detected_at,
    coalesce(amount, 0) as exposure_amount,
    case when amount is null then 'no cost known' else basis end as exposure_basis,
    rule_id,
    {{ json_text([
        ('count_line', 'count_line'),
        ('count_type', 'count_type'),
        ('book_qty', 'book_qty_base'),
        ('counted_qty', 'counted_qty_base'),
        ('on_hand_qty', 'on_hand_qty'),
        ('tolerance_pct', 'tolerance_pct'),
        ('unit_cost', 'unit_cost'),
    ]) }} as evidence
from problems
