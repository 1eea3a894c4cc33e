with

companies as (

    select * from {{ ref('int_master__company') }}

),

item_costs as (

    select * from {{ ref('stg_master__item_cost') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

resolved as (      -- the last cost before the standard; what is of one lot is not of the item

    select
        companies.company_id,
        item_codes.item_id,
        coalesce(location_codes.location_id, '') as location_id,
        item_costs.cost_type,
        item_costs.unit_cost,
        item_costs.valid_from,
        item_costs.valid_to,
        row_number() over (
            partition by
                companies.company_id, item_codes.item_id, coalesce(location_codes.location_id, ''),
                item_costs.cost_type, item_costs.valid_from
            order by
                case when item_costs.company_id = companies.company_id then 0 else 1 end,
                item_costs.source_system,
                item_costs.item_code
        ) as preference
    from item_costs
    inner join companies
        on
            item_costs.company_id in (companies.company_id, '*')
            and item_costs.currency = coalesce(companies.currency, item_costs.currency)
            and item_costs.cost_type in ('last', 'standard')
            and coalesce(item_costs.lot_number, '') = ''
    inner join item_codes
        on
            item_costs.source_system = item_codes.source_system
            and item_costs.company_id = item_codes.company_id
            and item_costs.item_code = item_codes.item_code
    left join location_codes
        on
            item_costs.source_system = location_codes.source_system
            and item_costs.company_id = location_codes.company_id
            and item_costs.location_code = location_codes.location_code

)

select
    company_id,
    item_id,
    location_id,
    cost_type,
    unit_cost,
    valid_from,
    -- a cost holds until the next one, whether or not the source closes it
    least(
        coalesce(valid_to, date '9999-12-31'),
        coalesce(
            cast(
                lead(valid_from) over (
                    partition by company_id, item_id, location_id, cost_type
                    order by valid_from
                ) - interval 1 day as date
            ),
            date '9999-12-31'
        )
    ) as valid_to
from resolved
where preference = 1
