-- Disputes as they stood at the run: opened by then, and closed only if that too had happened.

with

run as (

    select * from {{ ref('int_control__run') }}

),

disputes as (

    select * from {{ ref('stg_billing__dispute') }}

)

select
    disputes.company_id,
    disputes.source_system,
    disputes.dispute_id,
    disputes.opened_at,
    case when disputes.closed_at <= run.as_of_at then disputes.closed_at end as closed_at,
    disputes.invoice_id,
    disputes.invoice_line,
    disputes.customer_code,
    party_codes.party_id,
    disputes.amount,
    disputes.currency,
    coalesce(disputes.reason_code, 'other') as reason_code,
    disputes.free_text,
    case
        when coalesce(disputes.closed_at > run.as_of_at, false) then 'open' else disputes.status
    end as status,
    disputes.resolution_code,
    disputes.credit_invoice_id,
    disputes.owner,
    coalesce(disputes.closed_at > run.as_of_at, disputes.status in ('open', 'partial'))
    and coalesce(disputes.closed_at > run.as_of_at, true) as is_open
from disputes
cross join run
left join {{ ref('int_master__party_code') }} as party_codes
    on
        disputes.source_system = party_codes.source_system
        and disputes.company_id = party_codes.company_id
        and disputes.customer_code = party_codes.party_code
        and party_codes.party_role = 'customer'
where disputes.opened_at <= run.as_of_at
