-- rendered from models/contracts/ingest.py; edit there
select
    as_of_at,
    watermark_at,
    policy_version
from {{ source('ingest', 'run_parameter') }}
