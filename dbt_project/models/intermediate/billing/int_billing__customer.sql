with

companies as (

    select * from {{ ref('int_master__company') }}

),

parties as (

    select * from {{ ref('stg_master__party') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

ranked as (      -- of several codes of one customer, the code that is the gold key speaks

    select
        companies.company_id,
        coalesce(party_codes.party_id, parties.party_code) as party_id,
        parties.pod_required,
        parties.fob_default,
        parties.price_group,
        parties.invoice_policy,
        parties.invoice_days,
        parties.partial_billing,
        parties.po_required,
        parties.payment_terms_code,
        parties.credit_limit,
        parties.currency,
        parties.country,
        parties.tax_exempt_until,
        coalesce(parties.active, true)
        and coalesce(parties.valid_to, companies.as_of_date) >= companies.as_of_date as is_active,
        row_number() over (
            partition by
                companies.company_id, coalesce(party_codes.party_id, parties.party_code)
            order by
                case when parties.company_id = companies.company_id then 0 else 1 end,
                case when parties.party_code = party_codes.party_id then 0 else 1 end,
                case when parties.valid_to < companies.as_of_date then 1 else 0 end,
                parties.valid_from desc nulls last,
                parties.source_system asc,
                parties.party_code asc
        ) as preference
    from companies
    inner join parties
        on
            parties.company_id in (companies.company_id, '*')
            and parties.party_role = 'customer'
            and coalesce(parties.valid_from, companies.as_of_date) <= companies.as_of_date
    left join party_codes
        on
            parties.source_system = party_codes.source_system
            and parties.company_id = party_codes.company_id
            and parties.party_code = party_codes.party_code
            and parties.party_role = party_codes.party_role

)

select
    company_id,
    party_id,
    pod_required,
    fob_default,
    price_group,
    invoice_policy,
    invoice_days,
    partial_billing,
    po_required,
    payment_terms_code,
    credit_limit,
    currency,
    country,
    tax_exempt_until,
    is_active
from ranked
where preference = 1
