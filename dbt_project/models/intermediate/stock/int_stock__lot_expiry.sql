{{ config(materialized='view') }}

-- The day on which a lot expires, by whatever row says it; the earliest where they differ.
with

told as (

    select source_system, company_id, item_code, lot_number, expiry_date
    from {{ ref('stg_wms__stock_movement') }}
    where expiry_date is not null and lot_number is not null
    union all
    select source_system, company_id, item_code, lot_number, expiry_date
    from {{ ref('stg_wms__receipt_line') }}
    where expiry_date is not null and lot_number is not null
    union all
    select source_system, company_id, item_code, lot_number, expiry_date
    from {{ ref('stg_wms__inventory_snapshot') }}
    where expiry_date is not null and lot_number is not null

)

select
    told.company_id,
    item_codes.item_id,
    told.lot_number,
    min(told.expiry_date) as expiry_date
from told
inner join {{ ref('int_master__item_code') }} as item_codes
    on
        told.source_system = item_codes.source_system
        and told.company_id = item_codes.company_id
        and told.item_code = item_codes.item_code
group by told.company_id, item_codes.item_id, told.lot_number
