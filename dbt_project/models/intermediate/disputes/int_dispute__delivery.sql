-- What the carrier says of the shipment line of a dispute: arrival, who signed, what was short.

with

lines as (

    select * from {{ ref('int_dispute__line') }}
    where shipment_id is not null

),

events as (

    select
        lines.company_id,
        lines.source_system,
        lines.dispute_id,
        deliveries.event_seq,
        deliveries.event_type,
        deliveries.event_at,
        deliveries.qty_delivered,
        deliveries.qty_short,
        deliveries.qty_damaged,
        deliveries.pod_ref,
        deliveries.signed_by,
        deliveries.carrier_code
    from lines
    inner join {{ ref('stg_wms__delivery_event') }} as deliveries
        on
            lines.company_id = deliveries.company_id
            and lines.shipment_id = deliveries.shipment_id
            and coalesce(deliveries.shipment_line, lines.shipment_line) = lines.shipment_line
    cross join {{ ref('int_control__run') }} as run
    where deliveries.event_at <= run.as_of_at

)

select
    company_id,
    source_system,
    dispute_id,
    min(case when event_type in ('delivered', 'pod_signed') then event_at end) as delivered_at,
    max(case when event_type = 'pod_signed' or pod_ref is not null then event_at end)
        as pod_at,
    max(pod_ref) as pod_ref,
    max(signed_by) as signed_by,
    max(carrier_code) as carrier_code,
    cast(sum(coalesce(qty_short, 0)) as decimal(18, 6)) as short_qty,
    cast(sum(coalesce(qty_damaged, 0)) as decimal(18, 6)) as damaged_qty
from events
group by company_id, source_system, dispute_id
