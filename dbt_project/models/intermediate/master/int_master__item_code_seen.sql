{{ config(materialized='view') }}

with

codes as (

    select source_system, company_id, item_code from {{ ref('stg_wms__stock_movement') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_wms__inventory_snapshot') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_wms__inbound_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_wms__receipt_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_wms__allocation') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_wms__shipment_line') }}
    union
    select source_system, company_id, parent_item_code from {{ ref('stg_wms__shipment_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_wms__count_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_billing__order_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_billing__invoice_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_billing__billable_event') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_purchasing__order_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_purchasing__invoice_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_gl__journal_line') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_gl__inventory_subledger') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_master__item_cost') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_master__price') }}
    union
    select source_system, company_id, parent_item_code from {{ ref('stg_master__bom') }}
    union
    select source_system, company_id, component_item_code from {{ ref('stg_master__bom') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_demand__history') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_demand__calendar_event') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_demand__signal') }}
    union
    select source_system, company_id, item_code from {{ ref('stg_demand__lead_time') }}

)

select
    source_system,
    company_id,
    item_code
from codes
where item_code is not null and item_code <> ''
