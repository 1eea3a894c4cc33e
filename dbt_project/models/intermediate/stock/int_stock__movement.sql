with

counted as (

    select * from {{ ref('int_stock__movement_counted') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

known as (

    select
        counted.*,
        counter_codes.location_id as counter_location_id,
        item_codes.item_id,
        item_codes.base_uom,
        item_codes.source_uom,
        item_codes.pack_qty,
        item_codes.is_resolved as is_item_resolved,
        -- a cost in another currency than the company's is no cost of ours
        coalesce(counted.cost_currency = companies.currency, true) as is_cost_ours
    from counted
    inner join companies
        on counted.company_id = companies.company_id
    left join item_codes
        on
            counted.source_system = item_codes.source_system
            and counted.company_id = item_codes.company_id
            and counted.item_code = item_codes.item_code
    left join location_codes as counter_codes
        on
            counted.source_system = counter_codes.source_system
            and counted.company_id = counter_codes.company_id
            and counted.counter_location_code = counter_codes.location_code

),

measured as (

    select
        known.*,
        case
            when known.given_qty_base is not null then known.given_qty_base
            when known.uom = known.base_uom then known.qty
            when unit_factors.numerator is not null
                then {{ divide_exact(
                    'known.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
                ) }}
            when known.uom = known.source_uom
                then cast(cast(known.qty as decimal(28, 6)) * known.pack_qty as decimal(18, 6))
        end as qty_base
    from known
    left join unit_factors
        on
            known.company_id = unit_factors.company_id
            and known.item_id = unit_factors.item_id
            and known.uom = unit_factors.uom
            and known.event_date between unit_factors.valid_from and unit_factors.valid_to

)

select
    feed,
    source_system,
    company_id,
    source_movement_id,
    source_movement_line,
    movement_type,
    document_type,
    item_code,
    item_id,
    qty,
    qty_base,
    uom,
    base_uom,
    location_id,
    counter_location_id,
    stock_status,
    from_stock_status,
    owner_party_code,
    customer_code,
    lot_number,
    serial_number,
    event_at,
    event_date,
    recorded_at,
    coalesce(given_posting_date, event_date) as posting_date,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    receipt_id,
    receipt_line,
    transfer_id,
    purchase_order_id,
    purchase_order_line,
    linked_movement_id,
    reversal_of_movement_id,
    reason_code,
    case when is_cost_ours then given_unit_cost end as given_unit_cost,
    case when is_cost_ours then given_cost_amount end as given_cost_amount,
    case
        when not is_item_resolved then concat('item code ', item_code, ' is in no item master')
        when qty_base is null
            then concat('unit ', uom, ' does not convert to the base unit ', base_uom)
    end as problem,
    known_at,
    _source_file,
    _row_number
from measured
