with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select
        source_system,
        company_id,
        code,
        owner_role,
        sla_hours,
        severity_floor,
        enabled,
        valid_from
    from {{ ref('stg_policy__exception') }}
    union all
    select
        source_system,
        company_id,
        code,
        owner_role,
        sla_hours,
        severity_floor,
        enabled,
        valid_from
    from {{ ref('policy_exception') }}

)

select
    spans.company_id,
    decisions.code,
    decisions.owner_role,
    decisions.sla_hours,
    decisions.severity_floor,
    decisions.enabled,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'exception'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = decisions.code
        and spans.valid_from = decisions.valid_from
