-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_party')) }}

)

select
    party_code,
    party_role,
    party_name,
    parent_party_code,
    bill_to_code,
    payment_terms_code,
    credit_limit,
    currency,
    tax_id,
    tax_exempt_until,
    fob_default,
    pod_required,
    po_required,
    invoice_policy,
    invoice_days,
    partial_billing,
    price_group,
    customer_segment,
    country,
    region,
    gln,
    edi_id,
    lead_time_days,
    active,
    valid_from,
    valid_to,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
