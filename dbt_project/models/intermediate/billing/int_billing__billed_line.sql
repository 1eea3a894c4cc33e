{{ config(materialized='view') }}

select
    matches.expected_billing_id,
    sum(matches.matched_qty) as actual_qty,
    sum(matches.matched_amount) as actual_amount,
    min(matches.match_level) as match_level,
    max(invoice_lines.created_at) as last_invoiced_at,
    max(
        case
            when invoice_lines.creation_mode = 'manual' or invoice_lines.is_manual_price then 1
            else 0
        end
    ) as touched
from {{ ref('int_billing__match') }} as matches
inner join {{ ref('int_billing__invoice_line') }} as invoice_lines
    on
        matches.company_id = invoice_lines.company_id
        and matches.source_system = invoice_lines.source_system
        and matches.invoice_id = invoice_lines.invoice_id
        and matches.invoice_line = invoice_lines.invoice_line
group by matches.expected_billing_id
