with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select
        source_system, company_id, event_code, requires_approval, max_auto_value,
        approver_role, evidence, valid_from
    from {{ ref('stg_policy__transition') }}
    union all
    select
        source_system, company_id, event_code, requires_approval, max_auto_value,
        approver_role, evidence, valid_from
    from {{ ref('policy_transition') }}

)

select
    spans.company_id,
    decisions.event_code,
    decisions.requires_approval,
    decisions.max_auto_value,
    decisions.approver_role,
    decisions.evidence,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'transition'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = decisions.event_code
        and spans.valid_from = decisions.valid_from
