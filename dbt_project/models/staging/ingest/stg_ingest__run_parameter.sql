select
    as_of_at,
    watermark_at,
    policy_version
from {{ source('ingest', 'run_parameter') }}
