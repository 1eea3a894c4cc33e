with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select
        source_system,
        company_id,
        billing_rule_id,
        priority,
        party_code,
        pod_required,
        order_type,
        valuation_class,
        fob_point,
        channel,
        charge_type,
        trigger,
        due_hours,
        clock,
        grace_hours,
        suppress_reason,
        valid_from
    from {{ ref('stg_policy__billing_rule') }}
    union all
    select
        source_system,
        company_id,
        billing_rule_id,
        priority,
        party_code,
        pod_required,
        order_type,
        valuation_class,
        fob_point,
        channel,
        charge_type,
        trigger,
        due_hours,
        clock,
        grace_hours,
        suppress_reason,
        valid_from
    from {{ ref('policy_billing_rule') }}

)

select
    spans.company_id,
    decisions.billing_rule_id,
    decisions.priority,
    decisions.party_code,
    decisions.pod_required,
    decisions.order_type,
    decisions.valuation_class,
    decisions.fob_point,
    decisions.channel,
    decisions.charge_type,
    decisions.trigger,
    decisions.due_hours,
    decisions.clock,
    decisions.grace_hours,
    decisions.suppress_reason,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'billing_rule'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = decisions.billing_rule_id
        and spans.valid_from = decisions.valid_from
