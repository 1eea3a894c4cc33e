-- rendered from models/contracts/demand.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'demand_history')) }}

)

select
    demand_date,
    item_code,
    location_code,
    channel,
    qty_demanded,
    qty_fulfilled,
    uom,
    stockout_flag,
    net_revenue,
    currency,
    grain,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
