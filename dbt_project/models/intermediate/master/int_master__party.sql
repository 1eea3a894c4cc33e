with

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

parties as (      -- a record for all companies is one of each

    select
        companies.company_id as for_company_id,
        party_records.*
    from {{ ref('stg_master__party') }} as party_records
    inner join {{ ref('int_master__company') }} as companies
        on party_records.company_id in (companies.company_id, '*')

),

ranked as (

    -- Several codes, of several systems, may stand for one party: the record whose code is the gold
    -- key speaks for it, else the first that has one.
    select
        party_codes.company_id,
        party_codes.party_id,
        party_codes.party_role,
        party_codes.party_code,
        party_codes.is_resolved,
        parties.party_name,
        parties.parent_party_code,
        parties.bill_to_code,
        parties.payment_terms_code,
        parties.credit_limit,
        parties.currency,
        parties.fob_default,
        parties.pod_required,
        parties.po_required,
        parties.invoice_policy,
        parties.invoice_days,
        parties.partial_billing,
        parties.price_group,
        parties.customer_segment,
        parties.country,
        parties.region,
        parties.lead_time_days,
        parties.active,
        parties.valid_from,
        parties.valid_to,
        row_number() over (
            partition by party_codes.company_id, party_codes.party_id, party_codes.party_role
            order by
                case when parties.party_name is null then 1 else 0 end asc,
                case when party_codes.party_code = party_codes.party_id then 0 else 1 end asc,
                case when parties.company_id = party_codes.company_id then 0 else 1 end asc,
                case when parties.source_system = party_codes.source_system then 0 else 1 end asc,
                parties.valid_from desc nulls last,
                party_codes.source_system asc,
                party_codes.party_code asc,
                parties.source_system asc
        ) as preference
    from party_codes
    left join parties
        on
            party_codes.party_code = parties.party_code
            and party_codes.party_role = parties.party_role
            and party_codes.company_id = parties.for_company_id
    where party_codes.company_id <> '*'

)

select
    company_id,
    party_id,
    party_role,
    party_code,
    is_resolved,
    party_name,
    parent_party_code,
    bill_to_code,
    payment_terms_code,
    credit_limit,
    currency,
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
    lead_time_days,
    active,
    valid_from,
    valid_to
from ranked
where preference = 1
