with

run as (

    select * from {{ ref('int_control__run') }}

),

imbalances as (

    select * from {{ ref('int_availability__imbalance') }}

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

)

select
    'OVERSTOCK_UNDERSTOCK' as code,
    imbalances.company_id,
    concat_ws('|', 'cover', imbalances.item_id, imbalances.location_id) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    imbalances.item_id,
    imbalances.location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    run.as_of_at as first_event_at,
    run.as_of_at as detected_at,
    cast(
        round(imbalances.surplus_qty * coalesce(item_costs.unit_cost, 0), 4) as decimal(18, 4)
    ) as exposure_amount,
    case when item_costs.unit_cost is null then 'no cost known' else 'surplus at cost' end
        as exposure_basis,
    'cover above the limit at one place, none at another' as rule_id,
    {{ json_text([
        ('held_qty', 'imbalances.held_qty'),
        ('cover_days', 'imbalances.cover_days'),
        ('demand_qty', 'imbalances.demand_qty'),
        ('demand_window_days', 'imbalances.demand_window_days'),
        ('surplus_location_id', 'imbalances.surplus_location_id'),
        ('surplus_held_qty', 'imbalances.surplus_held_qty'),
        ('surplus_cover_days', 'imbalances.surplus_cover_days'),
        ('surplus_qty', 'imbalances.surplus_qty'),
        ('transfer_cost_amount', 'imbalances.transfer_cost_amount'),
        ('moved_qty', 'imbalances.moved_qty'),
        ('paid_transfer_amount', 'imbalances.paid_transfer_amount'),
    ]) }} as evidence
from imbalances
cross join run
left join item_costs
    on
        imbalances.company_id = item_costs.company_id
        and imbalances.item_id = item_costs.item_id
