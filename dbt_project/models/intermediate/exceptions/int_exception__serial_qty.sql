-- A serial number is the name of one piece. The first row that gives one to more or less is the
-- problem; rows that carry the same number on are not told again.

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

)

select
    'SERIAL_QTY' as code,
    numbered.company_id,
    concat_ws('|', numbered.item_id, numbered.serial_number) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    numbered.item_id,
    numbered.location_id,
    numbered.source_movement_id as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    numbered.event_at as first_event_at,
    coalesce(numbered.recorded_at, numbered.event_at) as detected_at,
    coalesce(round(abs(numbered.qty_base - 1) * item_costs.unit_cost, 4), 0) as exposure_amount,
    case
        when item_costs.unit_cost is null then 'no cost known'
        else 'pieces without a number of their own, at cost'
    end as exposure_basis,
    'one serial number, one piece' as rule_id,
    {{ json_text([
        ('serial_number', 'numbered.serial_number'),
        ('qty', 'numbered.qty_base'),
        ('rows', 'numbered.row_count'),
        ('receipt_id', 'numbered.receipt_id'),
    ]) }} as evidence
from numbered
left join item_costs
    on
        numbered.company_id = item_costs.company_id
        and numbered.item_id = item_costs.item_id
where numbered.turn = 1
