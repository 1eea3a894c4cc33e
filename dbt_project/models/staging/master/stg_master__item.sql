-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_item')) }}

)

select
    item_id,
    description,
    item_type,
    base_uom,
    category,
    brand,
    abc_class,
    status,
    cost_method,
    valuation_class,
    tax_class,
    price_group,
    lot_controlled,
    serial_controlled,
    catch_weight,
    shelf_life_days,
    weight,
    weight_uom,
    volume,
    hazmat_class,
    gtin,
    mpn,
    successor_item_id,
    launch_date,
    safety_stock,
    reorder_point,
    moq,
    order_multiple,
    valid_from,
    valid_to,
    changed_by,
    approved_by,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
