-- rendered from models/contracts/demand.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'demand_lead_time')) }}

)

select
    lead_time_id,
    supplier_code,
    from_location_code,
    to_location_code,
    item_code,
    order_date,
    receipt_date,
    lead_time_days,
    kind,
    freight_cost_per_unit,
    currency,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
