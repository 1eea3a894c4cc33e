select
    verdicts.company_id,
    verdicts.source_system,
    verdicts.invoice_id,
    verdicts.invoice_number,
    verdicts.invoice_date,
    verdicts.created_at,
    verdicts.creation_mode,
    verdicts.party_id,
    verdicts.net_amount,
    verdicts.company_currency as currency,
    verdicts.is_replacement,
    verdicts.is_cancelled,
    verdicts.is_credited,
    verdicts.dispute_count,
    verdicts.granted_dispute_count,
    verdicts.error_reason,
    run.as_of_at,
    run.watermark_at
from {{ ref('int_billing__invoice_verdict') }} as verdicts
cross join {{ ref('int_control__run') }} as run
