with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select
        source_system, company_id, charge_rule_id, charge_type, party_code, freight_terms,
        hazmat_only, basis, amount, markup_pct, currency, valid_from
    from {{ ref('stg_policy__charge') }}
    union all
    select
        source_system, company_id, charge_rule_id, charge_type, party_code, freight_terms,
        hazmat_only, basis, amount, markup_pct, currency, valid_from
    from {{ ref('policy_charge') }}

)

select
    spans.company_id,
    decisions.charge_rule_id,
    decisions.charge_type,
    -- how an expected line of this charge is called
    case
        when decisions.charge_type in ('freight', 'hazmat', 'handling') then decisions.charge_type
        else 'surcharge'
    end as line_kind,
    decisions.party_code,
    decisions.freight_terms,
    coalesce(decisions.hazmat_only, false) as is_hazmat_only,
    decisions.basis,
    decisions.amount,
    coalesce(decisions.markup_pct, 0) as markup_pct,
    decisions.currency,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'charge'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = decisions.charge_rule_id
        and spans.valid_from = decisions.valid_from
