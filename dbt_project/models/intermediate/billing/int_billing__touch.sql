{{ config(materialized='view') }}

-- What laid a hand on a billed line between its trigger and its invoice: an entry by hand, somebody
-- who let it pass, or a problem that is found on its shipment line.
with

overrides as (

    select expected_billing_id from {{ ref('int_billing__override') }}
    group by expected_billing_id

),

findings as (

    select company_id, shipment_id, shipment_line from {{ ref('int_exception__finding') }}
    where shipment_id is not null and shipment_line is not null
    group by company_id, shipment_id, shipment_line

)

select
    lines.expected_billing_id,
    lines.touched = 1 as is_manual,
    overrides.expected_billing_id is not null as is_overridden,
    findings.company_id is not null as has_exception
from {{ ref('int_billing__billing_state') }} as lines
left join overrides
    on lines.expected_billing_id = overrides.expected_billing_id
left join findings
    on
        lines.company_id = findings.company_id
        and lines.shipment_id = findings.shipment_id
        and lines.shipment_line = findings.shipment_line
where lines.actual_qty > 0
