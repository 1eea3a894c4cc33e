-- Stock that waits for a decision, lot by lot, each piece since it came into its state: what came
-- in first has left first (ruling B7).

with

companies as (

    select * from {{ ref('int_master__company') }}

),

states as (

    select * from {{ ref('exception_stock') }}

),

moves as (

    select * from {{ ref('int_stock__move') }}

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

),

written_down as (      -- last write-down of an item at a place (ruling C13)

    select
        item_codes.company_id,
        item_codes.item_id,
        location_codes.location_id,
        max(movements.event_at) as written_down_at
    from {{ ref('stg_wms__stock_movement') }} as movements
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            movements.source_system = item_codes.source_system
            and movements.company_id = item_codes.company_id
            and movements.item_code = item_codes.item_code
    inner join {{ ref('int_master__location_code') }} as location_codes
        on
            movements.source_system = location_codes.source_system
            and movements.company_id = location_codes.company_id
            and movements.location_code = location_codes.location_code
    where movements.movement_type = 'cost_only' and movements.reason_code = 'nrv'
    group by item_codes.company_id, item_codes.item_id, location_codes.location_id

),

legs as (      -- what one movement leaves in a state; what only passes through leaves nothing

    select
        company_id, item_id, location_id, lot_number, stock_state, owner_id,
        source_system, source_movement_id, source_movement_line,
        min(receipt_id) as receipt_id,
        min(receipt_line) as receipt_line,
        min(reason_code) as reason_code,
        min(event_at) as event_at,
        min(event_date) as event_date,
        sum(qty_change) as qty_change
    from (
        select
            moves.*, to_location_id as location_id, to_state as stock_state,
            coalesce(to_owner, company_id) as owner_id, qty_base as qty_change
        from moves
        where to_location_id is not null
        union all
        select
            moves.*, from_location_id, from_state,
            coalesce(from_owner, company_id), -qty_base
        from moves
        where from_location_id is not null
    ) as sides
    where stock_state in (select stock_state from states)
    group by
        company_id, item_id, location_id, lot_number, stock_state, owner_id,
        source_system, source_movement_id, source_movement_line

),

running as (

    select
        *,
        sum(case when qty_change > 0 then qty_change else 0 end) over (
            partition by company_id, item_id, location_id, lot_number, stock_state, owner_id
            order by event_at, source_system, source_movement_id, source_movement_line
            rows between unbounded preceding and current row
        ) as arrived_qty,
        sum(case when qty_change < 0 then -qty_change else 0 end) over (
            partition by company_id, item_id, location_id, lot_number, stock_state, owner_id
        ) as departed_qty
    from legs

),

waiting as (

    select
        *,
        least(qty_change, arrived_qty - departed_qty) as waiting_qty
    from running
    where qty_change > 0

)

select
    waiting.company_id,
    waiting.item_id,
    waiting.location_id,
    waiting.lot_number,
    waiting.stock_state,
    waiting.owner_id,
    waiting.source_system,
    waiting.source_movement_id,
    waiting.source_movement_line,
    waiting.receipt_id,
    waiting.receipt_line,
    waiting.reason_code,
    waiting.event_at as entered_at,
    {{ days_between('waiting.event_date', 'companies.as_of_date') }} as age_days,
    states.limit_days,
    states.code,
    states.next_action,
    waiting.stock_state = 'DAMAGED' and coalesce(written_down.written_down_at >= waiting.event_at, false)
        as is_written_down,
    cast(waiting.waiting_qty as decimal(18, 6)) as qty_base,
    case
        when waiting.owner_id <> waiting.company_id then cast(0 as decimal(18, 4))
        else cast(round(waiting.waiting_qty * item_costs.unit_cost, 4) as decimal(18, 4))
    end as value_amount
from waiting
inner join companies
    on waiting.company_id = companies.company_id
inner join states
    on waiting.stock_state = states.stock_state
left join item_costs
    on
        waiting.company_id = item_costs.company_id
        and waiting.item_id = item_costs.item_id
left join written_down
    on
        waiting.company_id = written_down.company_id
        and waiting.item_id = written_down.item_id
        and waiting.location_id = written_down.location_id
where waiting.waiting_qty > 0
