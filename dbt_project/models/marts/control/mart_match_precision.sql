-- How often a suggestion would have been right, on links that keys prove and that were asked with their
-- keys hidden.

with

run as (

    select * from {{ ref('int_control__run') }}

),

ranked as (

    select * from {{ ref('int_billing__scored_miss') }}
    where is_hidden

),

answered as (

    select
        links.company_id,
        ranked.model_version,
        coalesce(ranked.score, 0) as score,
        coalesce(ranked.expected_billing_id = links.expected_billing_id, false) as is_right
    from {{ ref('int_billing__hidden_link') }} as links
    left join ranked
        on
            links.company_id = ranked.company_id
            and links.source_system = ranked.source_system
            and links.invoice_id = ranked.invoice_id
            and links.invoice_line = ranked.invoice_line
            and ranked.suggestion_rank = 1
    where links.is_asked

),

counted as (

    select
        answered.company_id,
        thresholds.score as least_score,
        max(answered.model_version) as model_version,
        count(*) as asked_count,
        sum(case when answered.score >= thresholds.score then 1 else 0 end) as suggested_count,
        sum(case when answered.score >= thresholds.score and answered.is_right then 1 else 0 end)
            as right_count
    from answered
    cross join (values (0.50), (0.60), (0.70), (0.75), (0.78), (0.80)) as thresholds (score)
    group by answered.company_id, thresholds.score

)

select
    counted.company_id,
    cast(counted.least_score as decimal(5, 4)) as least_score,
    cast(counted.asked_count as bigint) as asked_count,
    cast(counted.suggested_count as bigint) as suggested_count,
    cast(counted.right_count as bigint) as right_count,
    {{ divide_exact('counted.right_count', 'nullif(counted.suggested_count, 0)', 4) }} as precision,
    {{ divide_exact('counted.right_count', 'counted.asked_count', 4) }} as recall,
    -- what a person may take over in one go; a line is never linked by a score alone
    counted.suggested_count >= 200 and counted.right_count * 100 >= counted.suggested_count * 99
        as is_precise_enough,
    coalesce(counted.model_version, 'none') as model_version,

    run.as_of_at,
    run.watermark_at
from counted
cross join run
