{{ config(materialized='view') }}

-- A cost of the item master and the days on which it holds: of the whole company before one place.
with

ranked as (

    select
        *,
        row_number() over (
            partition by company_id, item_id, cost_type, valid_from
            order by location_id
        ) as preference
    from {{ ref('int_valuation__master_cost') }}

)

select
    company_id,
    item_id,
    cost_type,
    unit_cost,
    valid_from,
    least(
        valid_to,
        coalesce(
            cast(
                lead(valid_from) over (
                    partition by company_id, item_id, cost_type order by valid_from
                ) - interval 1 day as date
            ),
            date '9999-12-31'
        )
    ) as valid_to
from ranked
where preference = 1
