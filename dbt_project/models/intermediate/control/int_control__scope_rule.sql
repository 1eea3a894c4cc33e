-- What each pilot takes in and leaves out today.
with

companies as (

    select * from {{ ref('int_master__company') }}

)

select
    spans.company_id,
    decisions.scope,
    decisions.include,
    coalesce(decisions.location_id, '') as location_id,
    coalesce(decisions.category, '') as category,
    coalesce(decisions.order_type, '') as order_type,
    max(case when decisions.include then 1 else 0 end) over (
        partition by spans.company_id, decisions.scope
    ) = 1 as has_includes
from {{ ref('int_policy__span') }} as spans
inner join companies
    on
        spans.company_id = companies.company_id
        and companies.as_of_date between spans.begins_on and spans.ends_on
inner join {{ ref('stg_policy__scope') }} as decisions
    on
        spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.valid_from = decisions.valid_from
        and spans.policy_id = concat_ws(
            '|', decisions.scope, decisions.include, coalesce(decisions.location_id, ''),
            coalesce(decisions.category, ''), coalesce(decisions.order_type, '')
        )
where spans.policy_table = 'scope'
