with

mapped as (

    select * from {{ ref('int_stock__mapped_movement') }}
    where event_code is not null

),

receipt_costs as (

    select * from {{ ref('int_valuation__receipt_cost') }}

),

master_costs as (

    select * from {{ ref('int_valuation__master_cost') }}

),

item_costs as (

    select * from {{ ref('int_valuation__item_cost') }}

),

without_document as (      -- a purchase that no document prices: the item's own cost on that day

    select
        mapped.source_system,
        mapped.company_id,
        mapped.source_movement_id,
        mapped.source_movement_line,
        master_costs.unit_cost,
        master_costs.cost_type,
        row_number() over (
            partition by
                mapped.source_system, mapped.company_id,
                mapped.source_movement_id, mapped.source_movement_line
            order by
                case master_costs.cost_type when 'last' then 0 else 1 end,
                case when master_costs.location_id = mapped.location_id then 0 else 1 end,
                master_costs.location_id
        ) as preference
    from mapped
    inner join master_costs
        on
            mapped.company_id = master_costs.company_id
            and mapped.item_id = master_costs.item_id
            and master_costs.location_id in (mapped.location_id, '')
            and mapped.posting_date between master_costs.valid_from and master_costs.valid_to
    where mapped.event_code in ('E04', 'E05')

),

costed as (

    select
        mapped.source_system,
        mapped.company_id,
        mapped.source_movement_id,
        mapped.source_movement_line,
        mapped.given_cost_amount,
        receipt_costs.cost_amount as receipt_cost_amount,
        receipt_costs.cost_source as receipt_cost_source,
        cast(round(without_document.unit_cost * mapped.qty_base, 4) as decimal(18, 4))
            as master_cost_amount,
        without_document.cost_type as master_cost_type,
        cast(round(item_costs.unit_cost * mapped.qty_base, 4) as decimal(18, 4))
            as item_cost_amount,
        item_costs.cost_basis
    from mapped
    left join receipt_costs
        on
            mapped.source_system = receipt_costs.source_system
            and mapped.company_id = receipt_costs.company_id
            and mapped.source_movement_id = receipt_costs.source_movement_id
            and mapped.source_movement_line = receipt_costs.source_movement_line
    left join without_document
        on
            mapped.source_system = without_document.source_system
            and mapped.company_id = without_document.company_id
            and mapped.source_movement_id = without_document.source_movement_id
            and mapped.source_movement_line = without_document.source_movement_line
            and without_document.preference = 1
    left join item_costs
        on
            mapped.company_id = item_costs.company_id
            and mapped.item_id = item_costs.item_id

)

select
    source_system,
    company_id,
    source_movement_id,
    source_movement_line,
    coalesce(
        receipt_cost_amount, abs(given_cost_amount), master_cost_amount, item_cost_amount
    ) as cost_amount,
    coalesce(
        receipt_cost_source,
        case when given_cost_amount is not null then 'movement ext_cost' end,
        case when master_cost_amount is not null then concat('item cost ', master_cost_type) end,
        cost_basis
    ) as cost_source
from costed
