-- rendered from models/contracts/gl.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'gl_balance')) }}

)

select
    fiscal_year,
    fiscal_period,
    account,
    ledger,
    cost_center,
    location_code,
    opening,
    debit,
    credit,
    closing,
    currency,
    as_of_at,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
