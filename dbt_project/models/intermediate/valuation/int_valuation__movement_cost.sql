with

purchases as (

    select * from {{ ref('int_stock__mapped_movement') }}
    where event_code in ('E04', 'E05')

),

receipt_costs as (

    select * from {{ ref('int_valuation__receipt_cost') }}

),

master_costs as (

    select * from {{ ref('int_valuation__master_cost') }}

),

without_document as (      -- a purchase that no document prices: the item's own cost on that day

    select
        purchases.source_system,
        purchases.company_id,
        purchases.source_movement_id,
        purchases.source_movement_line,
        purchases.qty_base,
        master_costs.unit_cost,
        master_costs.cost_type,
        row_number() over (
            partition by
                purchases.source_system, purchases.company_id,
                purchases.source_movement_id, purchases.source_movement_line
            order by
                case master_costs.cost_type when 'last' then 0 else 1 end,
                case when master_costs.location_id = purchases.location_id then 0 else 1 end,
                master_costs.location_id
        ) as preference
    from purchases
    inner join master_costs
        on
            purchases.company_id = master_costs.company_id
            and purchases.item_id = master_costs.item_id
            and master_costs.location_id in (purchases.location_id, '')
            and purchases.posting_date between master_costs.valid_from and master_costs.valid_to

),

told as (      -- a document's word and the item's own cost, side by side

    select
        source_system, company_id, source_movement_id, source_movement_line,
        cost_amount as document_amount, cost_source as document_source,
        cast(null as decimal(18, 4)) as master_amount, cast(null as varchar) as master_source
    from receipt_costs
    where cost_amount is not null
    union all
    select
        source_system, company_id, source_movement_id, source_movement_line,
        null, null,
        cast(round(unit_cost * qty_base, 4) as decimal(18, 4)), concat('item cost ', cost_type)
    from without_document
    where preference = 1

)

-- What else a movement costs, it says itself or it is its quantity at the item's cost.
select
    source_system,
    company_id,
    source_movement_id,
    source_movement_line,
    max(document_amount) as document_amount,
    max(document_source) as document_source,
    max(master_amount) as master_amount,
    max(master_source) as master_source
from told
group by source_system, company_id, source_movement_id, source_movement_line
