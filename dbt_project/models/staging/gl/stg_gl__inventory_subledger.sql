-- rendered from models/contracts/gl.py; edit there
with

latest as (

    {{ latest_version(
        relation=source('raw', 'gl_inventory_subledger'),
        key=['source_system', 'company_id', 'as_of_date', 'item_code', 'location_code', 'lot_number', 'account'],
    ) }}

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
