-- What it cost to keep a promise in the end: order lines that left by an express service.
with

shipments as (

    select
        shipments.*,
        {{ local_date('shipments.ship_confirm_at', "coalesce(location_codes.timezone, 'UTC')") }}
            as ship_date
    from {{ ref('stg_wms__shipment') }} as shipments
    inner join {{ ref('int_control__run') }} as run
        on shipments.ship_confirm_at <= run.as_of_at
    left join {{ ref('int_master__location_code') }} as location_codes
        on
            shipments.source_system = location_codes.source_system
            and shipments.company_id = location_codes.company_id
            and shipments.ship_from_location = location_codes.location_code
    where shipments.status in ('shipped', 'delivered')

),

order_shipments as (

    select
        company_id,
        order_id,
        order_line,
        shipment_id
    from {{ ref('stg_wms__shipment_line') }}
    where order_id is not null
    group by company_id, order_id, order_line, shipment_id

),

express as (

    select * from {{ ref('express_service') }}

),

freight as (      -- what we paid; where nobody says, what the customer is charged

    select
        company_id,
        shipment_id,
        sum(coalesce(cost_amount, charge_amount)) as freight_amount
    from {{ ref('stg_billing__billable_event') }}
    where event_type = 'freight_charge' and shipment_id is not null
    group by company_id, shipment_id

)

select
    order_shipments.company_id,
    order_shipments.order_id,
    order_shipments.order_line,
    max(shipments.ship_date) as last_ship_date,
    sum(case when express.service_level is null then 0 else 1 end) as express_shipments,
    cast(
        sum(
            case when express.service_level is null then 0 else coalesce(freight.freight_amount, 0) end
        ) as decimal(18, 4)
    ) as expedite_amount
from order_shipments
inner join {{ ref('int_availability__broken_promise') }} as promises
    on
        order_shipments.company_id = promises.company_id
        and order_shipments.order_id = promises.order_id
        and order_shipments.order_line = promises.order_line
        and promises.code = 'PROMISE_ON_THEORETICAL'
inner join shipments
    on
        order_shipments.company_id = shipments.company_id
        and order_shipments.shipment_id = shipments.shipment_id
left join express
    on replace(replace(lower(shipments.service_level), ' ', '_'), '-', '_') = express.service_level
left join freight
    on
        order_shipments.company_id = freight.company_id
        and order_shipments.shipment_id = freight.shipment_id
group by order_shipments.company_id, order_shipments.order_id, order_shipments.order_line
