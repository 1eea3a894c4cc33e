-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_price')) }}

)

select
    price_id,
    price_kind,
    source_of_truth,
    customer_code,
    price_group,
    item_code,
    charge_type,
    uom,
    currency,
    unit_price,
    price_basis_qty,
    tax_inclusive,
    min_qty,
    discount_pct,
    valid_from,
    valid_to,
    created_at,
    approved_by,
    version,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
