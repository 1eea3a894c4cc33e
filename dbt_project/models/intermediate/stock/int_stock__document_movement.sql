{{ config(materialized='view') }}

-- The documents of a site in the columns of a movement, one shape for all of them. `feed` says
-- which document speaks: deliveries complete either kind of ledger, the others only their own.
with

told as (

    select
        'document' as feed, source_system, company_id, source_movement_id, source_movement_line,
        movement_type, document_type, item_code, qty, uom, location_code, counter_location_code,
        stock_status, cast(null as varchar) as from_stock_status,
        cast(null as varchar) as owner_party_code, customer_code, lot_number, serial_number, event_at, recorded_at,
        order_id, order_line, shipment_id, shipment_line,
        cast(null as varchar) as receipt_id, cast(null as varchar) as receipt_line, transfer_id,
        cast(null as varchar) as purchase_order_id, cast(null as varchar) as purchase_order_line,
        cast(null as varchar) as reason_code, cast(null as decimal(20, 8)) as given_unit_cost,
        given_cost_amount, known_at, _source_file, _row_number
    from {{ ref('int_stock__shipment_movement') }}

    union all

    select
        'document', source_system, company_id, source_movement_id, source_movement_line,
        movement_type, document_type, item_code, qty, uom, location_code, counter_location_code,
        stock_status, from_stock_status,
        null, null, lot_number, serial_number, event_at, null,
        null, null, null, null,
        receipt_id, receipt_line, transfer_id,
        purchase_order_id, purchase_order_line,
        reason_code, given_unit_cost,
        null, known_at, _source_file, _row_number
    from {{ ref('int_stock__receipt_movement') }}

    union all

    select
        'document', source_system, company_id, source_movement_id, source_movement_line,
        movement_type, null, item_code, qty, uom, location_code, null,
        stock_status, null,
        null, null, lot_number, '', event_at, recorded_at,
        null, null, null, null,
        null, null, null,
        null, null,
        reason_code, null,
        null, known_at, _source_file, _row_number
    from {{ ref('int_stock__count_movement') }}

    union all

    select
        'document', source_system, company_id, source_movement_id, source_movement_line,
        movement_type, null, item_code, qty, uom, location_code, null,
        stock_status, null,
        nullif(owner_party_code, ''), null, lot_number, serial_number, event_at, null,
        null, null, null, null,
        null, null, null,
        null, null,
        null, null,
        null, known_at, _source_file, _row_number
    from {{ ref('int_stock__opening_movement') }}

    union all

    select
        'delivery', source_system, company_id, source_movement_id, source_movement_line,
        movement_type, document_type, item_code, qty, uom, location_code, null,
        stock_status, null,
        null, customer_code, lot_number, serial_number, event_at, recorded_at,
        order_id, order_line, shipment_id, shipment_line,
        null, null, null,
        null, null,
        null, null,
        null, known_at, _source_file, _row_number
    from {{ ref('int_stock__delivery_movement') }}

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
    qty,
    uom,
    location_code,
    counter_location_code,
    stock_status,
    from_stock_status,
    owner_party_code,
    customer_code,
    lot_number,
    serial_number,
    event_at,
    recorded_at,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    receipt_id,
    receipt_line,
    transfer_id,
    purchase_order_id,
    purchase_order_line,
    reason_code,
    given_unit_cost,
    given_cost_amount,
    known_at,
    _source_file,
    _row_number
from told
