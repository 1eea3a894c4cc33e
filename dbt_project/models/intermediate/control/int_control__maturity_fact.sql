-- What each gate counts, by place, category and kind of order, so that a pilot can be cut out of
-- it; '*' where the thing counted has none.
with

items as (

    select company_id, item_id, coalesce(category, '') as category
    from {{ ref('int_master__item') }}

),

billed as (

    select
        lines.company_id,
        coalesce(lines.location_id, '*') as location_id,
        coalesce(items.category, '') as category,
        coalesce(orders.order_type, 'standard') as order_type,
        lines.billing_rule_id
    from {{ ref('int_billing__billing_state') }} as lines
    left join items
        on
            lines.company_id = items.company_id
            and lines.item_id = items.item_id
    left join {{ ref('int_billing__order_line') }} as orders
        on
            lines.company_id = orders.company_id
            and lines.order_id = orders.order_id
            and lines.order_line = orders.order_line

),

scanning as (      -- a place that never says how it enters things is not one that types them

    select company_id, location_id
    from {{ ref('int_stock__scan') }}
    where scan_method is not null
    group by company_id, location_id

),

bridged as (      -- where finance tells a figure of its own

    select company_id, item_id, location_id, max(abs(qty)) = 0 as is_explained
    from {{ ref('int_bridge__running') }}
    where step = 'unexplained' and finance_basis <> 'own ledger'
    group by company_id, item_id, location_id

),

stacked as (

    select
        'feed_coverage' as gate, company_id, location_id, '*' as category, '*' as order_type,
        is_fed as is_met
    from {{ ref('int_control__coverage') }}
    where is_needed
    union all
    select
        'scan_coverage', scans.company_id, scans.location_id, '*', '*',
        coalesce(scans.scan_method in ('barcode', 'rfid'), false)
    from {{ ref('int_stock__scan') }} as scans
    inner join scanning
        on
            scans.company_id = scanning.company_id
            and scans.location_id = scanning.location_id
    union all
    select
        'count_accuracy', counted.company_id, counted.location_id,
        coalesce(items.category, ''), '*', counted.is_within_tolerance
    from {{ ref('int_stock__counted_line') }} as counted
    left join items
        on
            counted.company_id = items.company_id
            and counted.item_id = items.item_id
    where counted.is_within_tolerance is not null
    union all
    select
        'rule_coverage', company_id, location_id, category, order_type,
        billing_rule_id is not null
    from billed
    union all
    select 'touchless', company_id, '*', '*', '*', creation_mode <> 'manual'
    from {{ ref('int_billing__invoice_line') }}
    where creation_mode is not null and invoice_type = 'invoice'
    union all
    select
        'bridge_agreement', bridged.company_id, coalesce(nullif(bridged.location_id, ''), '*'),
        coalesce(items.category, ''), '*', bridged.is_explained
    from bridged
    left join items
        on
            bridged.company_id = items.company_id
            and bridged.item_id = items.item_id

)

select
    gate,
    company_id,
    location_id,
    category,
    order_type,
    cast(sum(case when is_met then 1 else 0 end) as bigint) as met_count,
    cast(count(*) as bigint) as all_count
from stacked
group by gate, company_id, location_id, category, order_type
