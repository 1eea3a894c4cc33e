-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_fiscal_period')) }}

)

select
    fiscal_year,
    fiscal_period,
    module,
    start_date,
    end_date,
    status,
    opened_at,
    closed_at,
    closed_by,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
