with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select
        source_system,
        company_id,
        account_role,
        coalesce(valuation_class, '') as valuation_class,
        coalesce(location_id, '') as location_id,
        coalesce(channel, '') as channel,
        account,
        valid_from
    from {{ ref('stg_policy__account_role') }}

)

select
    spans.company_id,
    decisions.account_role,
    decisions.valuation_class,
    decisions.location_id,
    decisions.channel,
    decisions.account,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'account_role'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = concat_ws(
            '|', decisions.account_role, decisions.valuation_class,
            decisions.location_id, decisions.channel
        )
        and spans.valid_from = decisions.valid_from
