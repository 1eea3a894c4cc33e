{{ config(materialized='view') }}

with

codes as (

    select source_system, company_id, party_code, party_role from {{ ref('stg_master__party') }}
    union
    select source_system, company_id, party_code, party_role from {{ ref('stg_master__party_xref') }}
    union
    select source_system, company_id, party_code, party_role from {{ ref('stg_gl__journal_line') }}
    union
    select source_system, company_id, customer_code, 'customer' from {{ ref('stg_wms__shipment') }}
    union
    select source_system, company_id, customer_code, 'customer' from {{ ref('stg_billing__order_line') }}
    union
    select source_system, company_id, bill_to_code, 'customer' from {{ ref('stg_billing__order_line') }}
    union
    select source_system, company_id, customer_code, 'customer' from {{ ref('stg_billing__invoice') }}
    union
    select source_system, company_id, bill_to_code, 'customer' from {{ ref('stg_billing__invoice') }}
    union
    select source_system, company_id, customer_code, 'customer' from {{ ref('stg_billing__billable_event') }}
    union
    select source_system, company_id, customer_code, 'customer' from {{ ref('stg_billing__cash_receipt') }}
    union
    select source_system, company_id, customer_code, 'customer' from {{ ref('stg_billing__dispute') }}
    union
    select source_system, company_id, customer_code, 'customer' from {{ ref('stg_gl__ar_open_item') }}
    union
    select source_system, company_id, supplier_code, 'supplier' from {{ ref('stg_wms__inbound_line') }}
    union
    select source_system, company_id, supplier_code, 'supplier' from {{ ref('stg_wms__receipt_line') }}
    union
    select source_system, company_id, supplier_code, 'supplier' from {{ ref('stg_purchasing__order_line') }}
    union
    select source_system, company_id, supplier_code, 'supplier' from {{ ref('stg_purchasing__invoice') }}
    union
    select source_system, company_id, supplier_code, 'supplier' from {{ ref('stg_purchasing__invoice_line') }}
    union
    select source_system, company_id, supplier_code, 'supplier' from {{ ref('stg_purchasing__payment') }}
    union
    select source_system, company_id, supplier_code, 'supplier' from {{ ref('stg_gl__ap_open_item') }}
    union
    select source_system, company_id, supplier_code, 'supplier' from {{ ref('stg_demand__lead_time') }}
    union
    select source_system, company_id, carrier_code, 'carrier' from {{ ref('stg_wms__shipment') }}

)

select
    source_system,
    company_id,
    party_code,
    party_role
from codes
where party_code is not null and party_code <> '' and party_role is not null
