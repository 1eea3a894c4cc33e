-- The value of a pool divided over the places where its pieces are: the cumulative share is rounded
-- to the currency's smallest unit, then differences are taken, so that parts add up to the pool.
-- Pieces that left their pool and are still ours are worth what they left at.
with

held as (

    select * from {{ ref('int_valuation__held_stock') }}

),

unpriced as (      -- nobody ever said what it costs: no value, which is not a value of nothing

    select company_id, item_id
    from {{ ref('int_valuation__cost_event') }}
    where event_kind in ('opening', 'receipt', 'count_in', 'work_receipt') and job_id = ''
    group by company_id, item_id
    having max(case when amount is null and known_unit_cost is null then 0 else 1 end) = 0

),

upto as (

    select
        *,
        cast(sum(qty_base) over (
            partition by company_id, item_id, cost_pool_id, is_on_the_way
            order by location_id, lot_number, stock_state
            rows between unbounded preceding and current row
        ) as decimal(18, 6)) as reached
    from held
    where is_pooled

),

shared as (

    select
        upto.company_id, upto.item_id, upto.location_id, upto.lot_number, upto.stock_state,
        case
            when unpriced.item_id is not null then null
            -- also of a pool that owes pieces; one whose signs differ has no share
            when upto.pool_qty <> 0 and sign(upto.pool_value) in (0, sign(upto.pool_qty))
                then
                    {{ minor_unit('cast(upto.pool_value as decimal(28, 4)) * upto.reached',
                        'companies.currency_decimals', by='upto.pool_qty', from_scale=10) }}
                    - {{ minor_unit('cast(upto.pool_value as decimal(28, 4)) * (upto.reached - upto.qty_base)',
                        'companies.currency_decimals', by='upto.pool_qty', from_scale=10) }}
            else {{ minor_unit('upto.qty_base * unit_costs.unit_cost', 'companies.currency_decimals') }}
        end as value_amount
    from upto
    inner join {{ ref('int_master__company') }} as companies
        on upto.company_id = companies.company_id
    left join unpriced
        on upto.company_id = unpriced.company_id and upto.item_id = unpriced.item_id
    left join {{ ref('int_valuation__unit_cost') }} as unit_costs
        on
            upto.company_id = unit_costs.company_id
            and upto.item_id = unit_costs.item_id

),

outside as (

    select
        company_id, item_id, to_location_id as location_id, lot_number, to_state as stock_state,
        abs(movement_cost_amount) as value_amount
    from {{ ref('int_valuation__costed_move') }}
    where to_owner = company_id
    union all
    select company_id, item_id, from_location_id, lot_number, from_state, -abs(movement_cost_amount)
    from {{ ref('int_valuation__costed_move') }}
    where from_owner = company_id

)

select company_id, item_id, location_id, lot_number, stock_state, value_amount
from shared

union all

select
    held.company_id, held.item_id, held.location_id, held.lot_number, held.stock_state,
    cast(sum(outside.value_amount) as decimal(18, 4))
from held
inner join outside
    on
        held.company_id = outside.company_id
        and held.item_id = outside.item_id
        and held.location_id = outside.location_id
        and held.lot_number = outside.lot_number
        and held.stock_state = outside.stock_state
where not held.is_pooled
group by held.company_id, held.item_id, held.location_id, held.lot_number, held.stock_state
