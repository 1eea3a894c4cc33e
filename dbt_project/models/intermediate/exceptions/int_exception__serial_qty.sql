-- A serial number is the name of one piece. The first row that gives one to more or less is the
-- problem; rows that carry the same number on are not told again. Its pieces are worth what that row
-- brought or took them at, which another serial number of the item need not be.

with

numbered as (

    select
        source_system, company_id, source_movement_id, source_movement_line, item_id, location_id,
        serial_number, receipt_id, event_at, recorded_at,
        abs(qty_base) as qty_base,
        row_number() over (
            partition by company_id, item_id, serial_number
            order by event_at, source_system, source_movement_id, source_movement_line
        ) as turn,
        count(*) over (partition by company_id, item_id, serial_number) as row_count
    from {{ ref('int_stock__movement') }}
    where serial_number <> '' and qty_base is not null and abs(qty_base) <> 1 and qty_base <> 0

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

),

own_costs as (

    select
        moves.company_id, moves.source_system, moves.source_movement_id, moves.source_movement_line,
        max(move_values.cost_amount) as cost_amount
    from {{ ref('int_stock__move') }} as moves
    inner join {{ ref('int_valuation__move_value') }} as move_values
        on
            moves.company_id = move_values.company_id
            and moves.move_id = move_values.move_id
    where moves.serial_number <> '' and moves.is_main
    group by
        moves.company_id, moves.source_system, moves.source_movement_id,
        moves.source_movement_line

),

costed as (

    select
        numbered.*,
        coalesce(
            {{ divide_exact(
                'cast(abs(own_costs.cost_amount) as decimal(28, 4)) * abs(numbered.qty_base - 1)', 'numbered.qty_base', 4, from_scale=10
            ) }},
            round(abs(numbered.qty_base - 1) * item_costs.unit_cost, 4)
        ) as cost_amount
    from numbered
    left join own_costs
        on
            numbered.company_id = own_costs.company_id
            and numbered.source_system = own_costs.source_system
            and numbered.source_movement_id = own_costs.source_movement_id
            and numbered.source_movement_line = own_costs.source_movement_line
    left join item_costs
        on
            numbered.company_id = item_costs.company_id
            and numbered.item_id = item_costs.item_id
    where numbered.turn = 1

)

select
    'SERIAL_QTY' as code,
    costed.company_id,
    concat_ws('|', costed.item_id, costed.serial_number) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    costed.item_id,
    costed.location_id,
    costed.source_movement_id as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    costed.event_at as first_event_at,
    coalesce(costed.recorded_at, costed.event_at) as detected_at,
    cast(coalesce(costed.cost_amount, 0) as decimal(18, 4)) as exposure_amount,
    case
        when costed.cost_amount is null then 'no cost known'
        else 'pieces without a number of their own, at cost'
    end as exposure_basis,
    'one serial number, one piece' as rule_id,
    {{ json_text([
        ('serial_number', 'costed.serial_number'),
        ('qty', 'costed.qty_base'),
        ('rows', 'costed.row_count'),
        ('receipt_id', 'costed.receipt_id'),
    ]) }} as evidence
from costed
