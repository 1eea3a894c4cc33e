-- rendered from models/contracts/purchasing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'purchasing_landed_cost')) }}

)

select
    landed_cost_id,
    replaces_landed_cost_id,
    component_line,
    component,
    basis,
    amount,
    currency,
    is_estimate,
    cost_date,
    receipt_id,
    receipt_line,
    inbound_id,
    supplier_code,
    supplier_invoice_id,
    manual_share,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
