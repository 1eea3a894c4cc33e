-- Both feeds of a location whose ledger is declared, summed alike, before one is chosen.
with

run as (

    select * from {{ ref('int_control__run') }}

),

told as (

    select * from {{ ref('int_stock__movement_told') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

flows as (

    select
        told.source_system,
        told.company_id,
        told.item_code,
        told.uom,
        location_codes.location_id,
        {{ local_date('told.event_at', 'location_codes.timezone') }} as event_date,
        told.feed,
        case
            when told.movement_type in ('ship', 'unship', 'transfer_out', 'rtv', 'consign_out')
                then 'issued'
            when
                told.movement_type
                in ('receipt', 'transfer_in', 'return_receipt', 'wip_complete', 'consign_in')
                then 'received'
            when told.movement_type = 'count_adjust' then 'counted'
        end as flow,
        sum(told.qty) as qty,
        sum(told.given_qty_base) as given_qty_base,
        count(*) = count(told.given_qty_base) as is_given_in_base
    from told
    inner join run
        on told.event_at <= run.as_of_at
    inner join location_codes
        on
            told.source_system = location_codes.source_system
            and told.company_id = location_codes.company_id
            and told.location_code = location_codes.location_code
    where told.feed in ('movement', 'document') and told.from_stock_status is null
    group by
        told.source_system, told.company_id, told.item_code, told.uom, told.feed,
        told.movement_type, location_codes.location_id, location_codes.timezone, told.event_at

),

measured as (

    select
        flows.*,
        case
            when flows.is_given_in_base then cast(flows.given_qty_base as decimal(18, 6))
            when flows.uom = item_codes.base_uom then cast(flows.qty as decimal(18, 6))
            else {{ divide_exact(
                'flows.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
            ) }}
        end as qty_base
    from flows
    left join item_codes
        on
            flows.source_system = item_codes.source_system
            and flows.company_id = item_codes.company_id
            and flows.item_code = item_codes.item_code
    left join unit_factors
        on
            flows.company_id = unit_factors.company_id
            and item_codes.item_id = unit_factors.item_id
            and flows.uom = unit_factors.uom
            and flows.event_date between unit_factors.valid_from and unit_factors.valid_to
    where flows.flow is not null

)

select
    company_id,
    location_id,
    event_date,
    flow,
    feed,
    cast(coalesce(sum(qty_base), 0) as decimal(18, 6)) as qty_base,
    count(*) - count(qty_base) as unmeasured_rows
from measured
group by company_id, location_id, event_date, flow, feed
