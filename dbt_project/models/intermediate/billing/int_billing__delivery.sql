{{ config(materialized='view') }}

with

run as (

    select * from {{ ref('int_control__run') }}

),

delivered as (

    select
        company_id,
        shipment_id,
        coalesce(shipment_line, '') as shipment_line,
        event_at,
        qty_delivered,
        row_number() over (
            partition by company_id, shipment_id, coalesce(shipment_line, '')
            order by event_at, event_seq, source_system
        ) as arrival
    from {{ ref('stg_wms__delivery_event') }}
    cross join run
    where event_type in ('delivered', 'pod_signed') and event_at <= run.as_of_at

)

select
    company_id,
    shipment_id,
    shipment_line,
    event_at as delivered_at,
    qty_delivered
from delivered
where arrival = 1
