with

run as (

    select * from {{ ref('int_control__run') }}

),

legs as (

    select * from {{ ref('int_stock__leg') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

unit_days as (

    select * from {{ ref('int_valuation__unit_day') }}

),

changes as (

    select
        legs.company_id,
        legs.item_id,
        legs.location_id,
        legs.stock_state,
        legs.event_date,
        sum(legs.qty_change) as qty_change,
        sum(case when legs.owner_id = legs.company_id and states.is_valued then legs.qty_change else 0 end)
            as valued_qty_change
    from legs
    inner join states
        on legs.stock_state = states.stock_state
    group by
        legs.company_id, legs.item_id, legs.location_id, legs.stock_state, legs.event_date

),

balances as (

    select
        *,
        sum(qty_change) over (
            partition by company_id, item_id, location_id, stock_state
            order by event_date
            rows between unbounded preceding and current row
        ) as qty_base,
        sum(valued_qty_change) over (
            partition by company_id, item_id, location_id, stock_state
            order by event_date
            rows between unbounded preceding and current row
        ) as valued_qty
    from changes

)

select
    balances.company_id,
    balances.item_id,
    balances.location_id,
    balances.stock_state,
    balances.event_date as date,

    cast(balances.qty_change as decimal(18, 6)) as qty_change,
    cast(balances.qty_base as decimal(18, 6)) as qty_base,
    case
        when balances.valued_qty = 0 then cast(0 as decimal(18, 4))
        else cast(round(
            cast(balances.valued_qty as decimal(18, 6))
            * coalesce(of_place.unit_cost, of_company.unit_cost), 4
        ) as decimal(18, 4))
    end as value_amount,

    run.as_of_at,
    run.watermark_at
from balances
left join unit_days as of_place
    on
        balances.company_id = of_place.company_id
        and balances.item_id = of_place.item_id
        and balances.location_id = of_place.location_id
        and balances.event_date = of_place.date
left join unit_days as of_company
    on
        balances.company_id = of_company.company_id
        and balances.item_id = of_company.item_id
        and of_company.location_id = ''
        and balances.event_date = of_company.date
cross join run
where balances.qty_change <> 0
