-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    task,
    subgroup,
    measure,
    learnt,
    ruled,
    judged_count,
    is_used,
    verdict,
    model_version
from {{ source('computed', 'score_evaluation') }}
