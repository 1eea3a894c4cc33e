-- Where what customers wait for is counted: where the order says, else where goods were put aside for
-- it, else where most of the item lies, else the one place that sells. Of an order that names no
-- place the goods are promised all the same, and a figure that leaves it out promises them twice.
with

claims as (

    select * from {{ ref('int_availability__claim') }}

),

put_aside as (

    select
        company_id, order_id, order_line, item_id, location_id,
        row_number() over (
            partition by company_id, order_id, order_line, item_id
            order by reserved_qty desc, location_id asc
        ) as preference
    from {{ ref('int_availability__reservation') }}
    where location_id is not null

),

lying as (

    select
        company_id, item_id, location_id,
        row_number() over (
            partition by company_id, item_id order by on_hand_qty desc, location_id asc
        ) as preference
    from {{ ref('int_availability__stock') }}

),

only_places as (

    select company_id, min(location_id) as location_id
    from {{ ref('int_availability__channel_policy') }}
    group by company_id
    having min(location_id) = max(location_id)

)

select
    claims.source_system,
    claims.company_id,
    claims.order_id,
    claims.order_line,
    claims.item_id,
    coalesce(
        claims.location_id, put_aside.location_id, lying.location_id, only_places.location_id
    ) as location_id,
    claims.due_date,
    claims.unreserved_qty
from claims
left join put_aside
    on
        put_aside.preference = 1
        and claims.company_id = put_aside.company_id
        and claims.order_id = put_aside.order_id
        and claims.order_line = put_aside.order_line
        and claims.item_id = put_aside.item_id
left join lying
    on
        lying.preference = 1
        and claims.company_id = lying.company_id
        and claims.item_id = lying.item_id
left join only_places
    on claims.company_id = only_places.company_id
