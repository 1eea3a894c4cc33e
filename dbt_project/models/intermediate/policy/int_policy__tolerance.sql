with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select
        source_system,
        company_id,
        tolerance,
        coalesce(scope, '') as scope,
        value,
        valid_from
    from {{ ref('stg_policy__tolerance') }}
    union all
    select
        source_system,
        company_id,
        tolerance,
        coalesce(scope, '') as scope,
        value,
        valid_from
    from {{ ref('policy_tolerance') }}

)

select
    spans.company_id,
    decisions.tolerance,
    decisions.scope,
    decisions.value,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'tolerance'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = concat_ws('|', decisions.tolerance, decisions.scope)
        and spans.valid_from = decisions.valid_from
