-- The ledger knows how much lies in a place, the last snapshot knows in which bins. What the ledger
-- has moved since then is the row without a bin, so that the bins of a place add up to its ledger.

with

run as (

    select * from {{ ref('int_control__run') }}

),

states as (

    select * from {{ ref('stock_state') }}
    where is_physical

),

limbo as (

    select * from {{ ref('exception_stock') }}

),

stacked as (

    select
        company_id, item_id, location_id, bin_code, lot_number, stock_state,
        qty_base, seen_at
    from {{ ref('int_stock__bin_line') }}
    where bin_code <> ''
    union all
    select
        company_id, item_id, location_id, '', lot_number, stock_state, -qty_base, null
    from {{ ref('int_stock__bin_line') }}
    where bin_code <> ''
    union all
    select
        company_id, item_id, location_id, '', lot_number, stock_state, qty_base, null
    from {{ ref('fct_stock_position') }}

),

placed as (

    select
        company_id, item_id, location_id, bin_code, lot_number, stock_state,
        sum(qty_base) as qty_base,
        max(seen_at) as seen_at
    from stacked
    group by company_id, item_id, location_id, bin_code, lot_number, stock_state
    having sum(qty_base) <> 0

),

phantoms as (

    select company_id, item_id, location_id, min(exception_id) as exception_id
    from {{ ref('fct_exception') }}
    where code = 'PHANTOM_STOCK' and count_id is not null and is_found
    group by company_id, item_id, location_id

)

select
    placed.company_id,
    placed.item_id,
    placed.location_id,
    placed.bin_code,
    placed.lot_number,
    placed.stock_state,

    cast(placed.qty_base as decimal(18, 6)) as qty_base,
    cast(
        case
            when states.is_pickable and phantoms.exception_id is null then placed.qty_base
            else 0
        end as decimal(18, 6)
    ) as pickable_qty,
    states.is_pickable and phantoms.exception_id is null as is_pickable,
    case
        when states.is_pickable and phantoms.exception_id is not null
            then 'In the books, and nobody finds it.'
        when not states.is_pickable then states.meaning
    end as not_pickable_reason,
    case when not states.is_pickable then limbo.next_action end as next_action,
    case when states.is_pickable then phantoms.exception_id end as exception_id,

    placed.seen_at,
    run.as_of_at,
    coalesce(companies.stock_watermark_at, run.watermark_at) as watermark_at
from placed
inner join states
    on placed.stock_state = states.stock_state
left join {{ ref('int_master__company') }} as companies
    on placed.company_id = companies.company_id
cross join run
left join limbo
    on placed.stock_state = limbo.stock_state
left join phantoms
    on
        placed.company_id = phantoms.company_id
        and case when placed.stock_state = 'ON_HAND' then placed.item_id end = phantoms.item_id
        and placed.location_id = phantoms.location_id
