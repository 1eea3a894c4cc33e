-- rendered from models/contracts/gl.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'gl_inventory_subledger')) }}

)

select
    as_of_date,
    item_code,
    location_code,
    lot_number,
    valuation_class,
    cost_method,
    qty,
    uom,
    unit_cost,
    value,
    value_posted_gl,
    value_expected,
    account,
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
