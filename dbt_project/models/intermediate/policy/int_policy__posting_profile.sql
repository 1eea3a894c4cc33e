with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select
        source_system,
        company_id,
        profile,
        interim_receipts,
        transfer_cost,
        posting_sla_days,
        returns_reserve,
        valid_from
    from {{ ref('stg_policy__posting_profile') }}
    union all
    select
        source_system,
        company_id,
        profile,
        interim_receipts,
        transfer_cost,
        posting_sla_days,
        returns_reserve,
        valid_from
    from {{ ref('policy_posting_profile') }}

)

select
    spans.company_id,
    decisions.profile,
    decisions.interim_receipts,
    decisions.transfer_cost,
    decisions.posting_sla_days,
    decisions.returns_reserve,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'posting_profile'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = ''
        and spans.valid_from = decisions.valid_from
