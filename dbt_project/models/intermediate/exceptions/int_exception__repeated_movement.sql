with

repeats as (

    select * from {{ ref('int_stock__repeated_movement') }}
    union all
    select * from {{ ref('int_stock__carried_movement') }}

),

run as (

    select * from {{ ref('int_control__run') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

)

select
    'DUP_EVENT' as code,
    repeats.company_id,
    concat_ws(
        '|', repeats.source_system, repeats.source_movement_id, repeats.source_movement_line
    ) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    item_codes.item_id,
    repeats.location_id,
    repeats.source_movement_id as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    repeats.event_at as first_event_at,
    coalesce(repeats.recorded_at, repeats.event_at) as detected_at,
    coalesce(round(abs(repeats.qty_base) * item_costs.unit_cost, 4), 0) as exposure_amount,
    case
        when item_costs.unit_cost is null then 'no cost known'
        else 'repeated quantity at cost'
    end as exposure_basis,
    'one move for one event' as rule_id,
    {{ json_text([
        ('is_in_ledger', 'repeats.source_system = repeats.first_source_system'),
        ('first_movement', 'repeats.first_movement_id'),
        ('first_system', 'repeats.first_source_system'),
        ('system', 'repeats.source_system'),
        ('movement_type', 'repeats.movement_type'),
        ('qty', 'repeats.qty'),
        ('unit_cost', 'item_costs.unit_cost'),
    ]) }} as evidence
from repeats
inner join run
    on repeats.event_at <= run.as_of_at
left join item_codes
    on
        repeats.source_system = item_codes.source_system
        and repeats.company_id = item_codes.company_id
        and repeats.item_code = item_codes.item_code
left join item_costs
    on
        repeats.company_id = item_costs.company_id
        and item_codes.item_id = item_costs.item_id
