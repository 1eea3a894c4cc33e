-- rendered from models/contracts/gl.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'gl_ar_open_item')) }}

)

select
    as_of_date,
    open_item_id,
    customer_code,
    document_type,
    invoice_number,
    document_date,
    due_date,
    original_amount,
    open_amount,
    currency,
    open_amount_company,
    dispute_flag,
    dunning_level,
    last_dunning_date,
    account,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
