with

run as (

    select * from {{ ref('int_control__run') }}

),

lines as (

    select * from {{ ref('int_control__scope_line') }}

)

select
    lines.company_id,
    lines.scope,
    lines.billing_rule_id,
    cast(count(*) as bigint) as expected_lines,
    cast(sum(case when lines.billing_state in ('billed', 'disputed', 'paid') then 1 else 0 end) as bigint)
        as billed_lines,
    cast(sum(case when lines.is_open then 1 else 0 end) as bigint) as open_lines,
    cast(count(*) - count(lines.expected_amount) as bigint) as unpriced_lines,
    cast(sum(coalesce(lines.expected_amount, 0)) as decimal(18, 4)) as expected_amount,
    cast(sum(case when lines.is_open then coalesce(lines.open_amount, 0) else 0 end) as decimal(18, 4))
        as open_amount,
    run.as_of_at,
    run.watermark_at
from lines
cross join run
group by
    lines.company_id, lines.scope, lines.billing_rule_id, run.as_of_at, run.watermark_at
