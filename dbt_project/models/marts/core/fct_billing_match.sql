with

run as (

    select * from {{ ref('int_control__run') }}

),

matches as (

    select * from {{ ref('int_billing__match') }}

)

select
    matches.company_id,
    matches.expected_billing_id,
    matches.source_system,
    matches.invoice_id,
    matches.invoice_line,
    matches.match_level,
    matches.matched_qty,
    cast(matches.matched_amount as decimal(18, 4)) as matched_amount,
    run.as_of_at,
    run.watermark_at
from matches
cross join run
