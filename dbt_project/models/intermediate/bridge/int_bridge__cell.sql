-- Our goods of an item at a place beside those of finance's extract, on the day of the extract.
with

places as (

    select * from {{ ref('int_bridge__place') }}

),

stacked as (      -- stack, then sum: neither side decides which keys there are

    select
        company_id, item_id, location_id, owned_qty, owned_at_extract_qty,
        0 as subledger_qty, 0 as subledger_value_amount
    from {{ ref('int_bridge__owned_stock') }}
    union all
    select company_id, item_id, location_id, 0, 0, qty_base, value_amount
    from {{ ref('int_bridge__subledger_line') }}
    where is_latest and location_id <> ''

)

select
    stacked.company_id,
    stacked.item_id,
    stacked.location_id,
    places.finance_basis,
    places.extract_date,
    cast(sum(stacked.owned_qty) as decimal(18, 6)) as owned_qty,
    cast(sum(stacked.owned_at_extract_qty) as decimal(18, 6)) as owned_at_extract_qty,
    case
        when places.finance_basis = 'subledger'
            then cast(sum(stacked.subledger_qty) as decimal(18, 6))
    end as subledger_qty,
    case
        when places.finance_basis = 'subledger'
            then cast(sum(stacked.subledger_value_amount) as decimal(18, 4))
    end as subledger_value_amount
from stacked
-- a place without a stock feed has no Warehouse number to bridge from
inner join places
    on
        stacked.company_id = places.company_id
        and stacked.location_id = places.location_id
group by
    stacked.company_id, stacked.item_id, stacked.location_id,
    places.finance_basis, places.extract_date
