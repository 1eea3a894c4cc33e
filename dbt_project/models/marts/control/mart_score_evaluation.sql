with

run as (

    select * from {{ ref('int_control__run') }}

)

select
    evaluations.company_id,
    evaluations.task,
    evaluations.subgroup,
    evaluations.measure,
    evaluations.learnt,
    evaluations.ruled,
    evaluations.judged_count,
    evaluations.is_used,
    evaluations.verdict,
    evaluations.model_version,

    run.as_of_at,
    run.watermark_at
from {{ ref('int_score__evaluation') }} as evaluations
cross join run
