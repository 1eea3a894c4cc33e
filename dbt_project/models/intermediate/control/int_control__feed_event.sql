{{ config(materialized='view') }}

-- What happened, as each feed tells it: when, when its system wrote it down, and when we were given
-- it first. A corrected row was seen when its first version came, not when the correction did.
with

run as (

    select * from {{ ref('int_control__run') }}

),

locations as (

    select * from {{ ref('int_master__location_code') }}

),

first_seen as (

    select
        feed,
        _batch_id,
        _source_file,
        _row_number,
        min(first_delivered_at) as first_delivered_at
    from {{ ref('stg_ingest__row_version') }}
    group by feed, _batch_id, _source_file, _row_number

),

told as (

    select
        'wms_stock_movement' as feed, source_system, company_id, location_code,
        movement_type as event_type, event_at, recorded_at,
        'movement' as document_type, movement_id as document_id,
        _batch_id, _source_file, _row_number, _delivered_at
    from {{ ref('stg_wms__stock_movement') }}

    union all

    select
        'wms_receipt_line', source_system, company_id, location_code,
        'receipt', received_at, null, 'receipt', receipt_id,
        _batch_id, _source_file, _row_number, _delivered_at
    from {{ ref('stg_wms__receipt_line') }}

    union all

    select
        'wms_shipment', source_system, company_id, ship_from_location,
        'ship', ship_confirm_at, recorded_at, 'shipment', shipment_id,
        _batch_id, _source_file, _row_number, _delivered_at
    from {{ ref('stg_wms__shipment') }}

    union all

    select
        'wms_delivery_event', source_system, company_id, null,
        event_type, event_at, recorded_at, null, null,
        _batch_id, _source_file, _row_number, _delivered_at
    from {{ ref('stg_wms__delivery_event') }}

    union all

    select
        'wms_count_line', source_system, company_id, location_code,
        'count', count_at, null, 'count', count_id,
        _batch_id, _source_file, _row_number, _delivered_at
    from {{ ref('stg_wms__count_line') }}

    union all

    select
        'billing_order_line', source_system, company_id, null,
        'order', order_at, null, null, null,
        _batch_id, _source_file, _row_number, _delivered_at
    from {{ ref('stg_billing__order_line') }}

    union all

    select
        'billing_invoice', source_system, company_id, null,
        invoice_type, created_at, null,
        case when invoice_type = 'credit_memo' then 'credit_memo' else 'invoice' end, invoice_id,
        _batch_id, _source_file, _row_number, _delivered_at
    from {{ ref('stg_billing__invoice') }}

)

select
    told.company_id,
    told.source_system,
    told.feed,
    coalesce(locations.location_id, told.location_code, '') as location_id,
    told.event_type,
    told.document_type,
    told.document_id,

    told.event_at,
    told.recorded_at,
    coalesce(first_seen.first_delivered_at, told._delivered_at) as loaded_at
from told
inner join run
    on told.event_at <= run.as_of_at
left join locations
    on
        told.source_system = locations.source_system
        and told.company_id = locations.company_id
        and told.location_code = locations.location_code
left join first_seen
    on
        told.feed = first_seen.feed
        and told._batch_id = first_seen._batch_id
        and told._source_file = first_seen._source_file
        and told._row_number = first_seen._row_number
