-- What it costs and how long it takes to bring goods from a place of ours to another, or to a
-- customer: a lane may end at a place, a ship-to address or a customer.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

lanes as (

    select * from {{ ref('stg_policy__lane') }}

),

ranked as (

    select
        companies.company_id,
        lanes.from_location_id,
        lanes.to_location_id,
        coalesce(lanes.cost_per_unit, 0) as cost_per_unit,
        coalesce(lanes.cost_per_shipment, 0) as cost_per_shipment,
        lanes.lead_time_days,
        row_number() over (
            partition by companies.company_id, lanes.from_location_id, lanes.to_location_id
            order by
                case when lanes.company_id = '*' then 1 else 0 end,
                lanes.valid_from desc,
                lanes.source_system asc
        ) as preference
    from lanes
    inner join companies
        on
            lanes.company_id in (companies.company_id, '*')
            and lanes.valid_from <= companies.as_of_date
            and coalesce(lanes.valid_to, companies.as_of_date) >= companies.as_of_date

)

select
    company_id,
    from_location_id,
    to_location_id,
    cost_per_unit,
    cost_per_shipment,
    lead_time_days
from ranked
where preference = 1
