{{ config(materialized='view') }}

with

used as (

    select
        company_id, source_system, invoice_id, invoice_line,
        sum(match_qty) as qty,
        sum(matched_amount) as amount,
        max(match_level) as weakest_level
    from {{ ref('int_billing__match') }}
    group by company_id, source_system, invoice_id, invoice_line

)

select
    claims.*,
    coalesce(used.qty, 0) as used_qty,
    coalesce(used.amount, 0) as used_amount,
    used.weakest_level,
    claims.match_qty - coalesce(used.qty, 0) as surplus_qty
from {{ ref('int_billing__claim') }} as claims
left join used
    on
        claims.company_id = used.company_id
        and claims.source_system = used.source_system
        and claims.invoice_id = used.invoice_id
        and claims.invoice_line = used.invoice_line
