-- rendered from models/contracts/billing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'billing_billable_event')) }}

)

select
    billable_event_id,
    event_type,
    event_at,
    customer_code,
    shipment_id,
    order_id,
    order_line,
    item_code,
    location_code,
    qty,
    uom,
    cost_amount,
    charge_amount,
    currency,
    rated_flag,
    report_ref,
    evidence_ref,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
