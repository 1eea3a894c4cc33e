-- What the documents say of each transfer and item: notices of arrival, and shipments of which no
-- movement speaks.

with

run as (

    select * from {{ ref('int_control__run') }}

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

moved as (

    select company_id, shipment_id
    from {{ ref('int_stock__ledger_row') }}
    where shipment_id is not null
    group by company_id, shipment_id

),

told as (

    select
        source_system, company_id,
        coalesce(ref_order_id, inbound_id) as transfer_id,
        coalesce(ref_order_line, inbound_line) as transfer_line,
        from_location_code, to_location_code, item_code, uom,
        qty_expected as qty, shipped_at, eta_at, carrier_code,
        case status when 'closed' then 1 else 0 end as closed,
        case when status in ('arrived', 'closed') then 1 else 0 end as arrived
    from {{ ref('stg_wms__inbound_line') }}
    where
        inbound_type = 'transfer'
        and (shipped_at is not null or status in ('in_transit', 'arrived', 'closed'))
        and coalesce(status, 'open') <> 'cancelled'
    union all
    select
        shipments.source_system, shipments.company_id,
        shipments.shipment_id, shipment_lines.shipment_line,
        coalesce(shipment_lines.location_code, shipments.ship_from_location),
        shipments.to_location_code, shipment_lines.item_code, shipment_lines.uom,
        shipment_lines.qty_shipped, shipments.ship_confirm_at,
        shipments.promised_delivery_at, shipments.carrier_code, 0, 0
    from {{ ref('stg_wms__shipment') }} as shipments
    inner join {{ ref('stg_wms__shipment_line') }} as shipment_lines
        on
            shipments.source_system = shipment_lines.source_system
            and shipments.company_id = shipment_lines.company_id
            and shipments.shipment_id = shipment_lines.shipment_id
    left join moved
        on
            shipments.company_id = moved.company_id
            and shipments.shipment_id = moved.shipment_id
    where
        shipments.shipment_type = 'transfer'
        and shipments.status in ('shipped', 'delivered')
        and shipments.ship_confirm_at is not null
        and moved.shipment_id is null

)

select
    told.company_id,
    told.transfer_id,
    item_codes.item_id,
    min(told.transfer_line) as transfer_line,
    min(coalesce(senders.location_id, told.from_location_code)) as from_location_id,
    min(coalesce(receivers.location_id, told.to_location_code)) as to_location_id,
    cast(
        sum(
            case
                when told.uom = item_codes.base_uom then told.qty
                else {{ divide_exact(
                    'told.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
                ) }}
            end
        ) as decimal(18, 6)
    ) as qty_expected,
    min(told.shipped_at) as shipped_at,
    max(told.eta_at) as eta_at,
    min(told.carrier_code) as carrier_code,
    min(told.closed) = 1 as is_closed,
    max(told.arrived) = 1 as has_arrived
from told
inner join run
    on coalesce(told.shipped_at, run.as_of_at) <= run.as_of_at
inner join item_codes
    on
        told.source_system = item_codes.source_system
        and told.company_id = item_codes.company_id
        and told.item_code = item_codes.item_code
        and item_codes.is_resolved
left join unit_factors
    on
        told.company_id = unit_factors.company_id
        and item_codes.item_id = unit_factors.item_id
        and told.uom = unit_factors.uom
        and cast(coalesce(told.shipped_at, run.as_of_at) as date)
        between unit_factors.valid_from and unit_factors.valid_to
left join location_codes as senders
    on
        told.source_system = senders.source_system
        and told.company_id = senders.company_id
        and told.from_location_code = senders.location_code
left join location_codes as receivers
    on
        told.source_system = receivers.source_system
        and told.company_id = receivers.company_id
        and told.to_location_code = receivers.location_code
group by told.company_id, told.transfer_id, item_codes.item_id
