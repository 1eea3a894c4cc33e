-- Which places each module speaks of, and since when it last did. A row without a place speaks of
-- the company; only stock accounts of the ledger say anything about the goods of a place.
with

run as (

    select * from {{ ref('int_control__run') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

coded as (

    select 'receiving' as module, source_system, company_id, location_code, received_at as told_at
    from {{ ref('stg_wms__receipt_line') }}
    union all
    select 'shipping', source_system, company_id, ship_from_location, ship_confirm_at
    from {{ ref('stg_wms__shipment') }}
    union all
    select 'counting', source_system, company_id, location_code, count_at
    from {{ ref('stg_wms__count_line') }}
    union all
    select 'snapshots', source_system, company_id, location_code, snapshot_at
    from {{ ref('stg_wms__inventory_snapshot') }}
    union all
    select
        'purchasing', source_system, company_id, to_location_code,
        cast(order_date as timestamp with time zone)
    from {{ ref('stg_purchasing__order_line') }}
    union all
    select 'orders', source_system, company_id, ship_from_location, order_at
    from {{ ref('stg_billing__order_line') }}

),

stacked as (

    select
        coded.module,
        coded.company_id,
        coalesce(location_codes.location_id, coded.location_code, '') as location_id,
        coded.told_at
    from coded
    inner join run
        on coded.told_at <= run.as_of_at
    left join location_codes
        on
            coded.source_system = location_codes.source_system
            and coded.company_id = location_codes.company_id
            and coded.location_code = location_codes.location_code
    union all
    select 'stock', company_id, location_id, event_at
    from {{ ref('int_stock__leg') }}
    where stock_state <> 'ON_ORDER'
    union all
    select 'billing', company_id, '', created_at
    from {{ ref('int_billing__invoice_line') }}
    union all
    select
        'finance', company_id, coalesce(location_id, ''),
        cast(posting_date as timestamp with time zone)
    from {{ ref('int_ledger__journal_line') }}
    where is_posted and account_role in ('INV', 'INV_INTERIM', 'INV_TRANSIT', 'INV_CONSIGN')
    union all
    select 'finance', company_id, location_id, cast(extract_date as timestamp with time zone)
    from {{ ref('int_bridge__subledger_line') }}

)

select
    module,
    company_id,
    location_id,
    count(*) as rows_told,
    max(told_at) as last_told_at
from stacked
group by module, company_id, location_id
