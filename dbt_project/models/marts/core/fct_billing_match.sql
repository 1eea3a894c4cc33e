with

run as (

    select * from {{ ref('int_control__run') }}

),

matches as (

    select
        company_id, expected_billing_id, source_system, invoice_id, invoice_line, match_level,
        matched_qty, matched_amount
    from {{ ref('int_billing__match') }}
    union all
    select
        company_id, expected_billing_id, source_system, invoice_id, invoice_line, match_level,
        1, actual_amount
    from {{ ref('int_billing__charge_match') }}

)

select
    matches.company_id,
    matches.expected_billing_id,
    matches.source_system,
    matches.invoice_id,
    matches.invoice_line,
    matches.match_level,
    cast(matches.matched_qty as decimal(18, 6)) as matched_qty,
    cast(matches.matched_amount as decimal(18, 4)) as matched_amount,
    run.as_of_at,
    run.watermark_at
from matches
cross join run
