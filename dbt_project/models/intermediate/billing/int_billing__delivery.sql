{{ config(materialized='view') }}

-- What carriers say of a shipment or one line of it: when it arrived, whether somebody signed, how
-- much was accepted. A signature counts for more than a delivery, that for more than a part of it.

with

run as (

    select * from {{ ref('int_control__run') }}

),

events as (

    select
        company_id,
        shipment_id,
        coalesce(shipment_line, '') as shipment_line,
        event_at,
        qty_delivered,
        coalesce(qty_short, 0) + coalesce(qty_damaged, 0) as qty_missing,
        case
            when event_type = 'pod_signed' or signed_by is not null then 1
            when event_type = 'delivered' then 2
            else 3
        end as strength
    from {{ ref('stg_wms__delivery_event') }}
    cross join run
    where
        event_type in ('delivered', 'pod_signed', 'partial')
        and event_at <= run.as_of_at

),

ranked as (

    select
        events.*,
        min(strength) over (partition by company_id, shipment_id, shipment_line) as strongest
    from events

)

select
    company_id,
    shipment_id,
    shipment_line,
    min(case when strength <= 2 or strongest = 3 then event_at end) as delivered_at,
    min(case when strength = 1 then event_at end) as signed_at,
    sum(case when strength = strongest then qty_delivered end) as qty_delivered,
    sum(case when strength = strongest then qty_missing end) as qty_missing
from ranked
group by company_id, shipment_id, shipment_line
