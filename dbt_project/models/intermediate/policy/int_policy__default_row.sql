{{ config(materialized='view') }}

-- the shipped defaults, in the same form as the site's own decisions
select
    'valuation' as policy_table,
    policy_id,
    concat_ws(
        '|', coalesce(item_id, ''), coalesce(valuation_class, ''), coalesce(location_id, ''),
        -- methods that are only compared do not compete with each other (ruling C14)
        case when is_comparison then concat('comparison ', costing_method) else '' end
    ) as policy_key,
    concat_ws(' ', costing_method, 'pool', cost_pool) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_valuation') }}

union all

select
    'billing_rule' as policy_table,
    billing_rule_id as policy_id,
    billing_rule_id as policy_key,
    concat_ws(' ', trigger, 'due', due_hours, clock, 'h, grace', grace_hours) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_billing_rule') }}

union all

select
    'charge' as policy_table,
    charge_rule_id as policy_id,
    charge_rule_id as policy_key,
    concat_ws(' ', charge_type, basis, amount) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_charge') }}

union all

select
    'posting_profile' as policy_table,
    '' as policy_id,
    '' as policy_key,
    concat_ws(' ', profile, 'posted within', posting_sla_days, 'days') as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_posting_profile') }}

union all

select
    'tolerance' as policy_table,
    concat_ws('|', tolerance, coalesce(scope, '')) as policy_id,
    concat_ws('|', tolerance, coalesce(scope, '')) as policy_key,
    concat_ws(' ', 'within', value) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_tolerance') }}

union all

select
    'exception' as policy_table,
    code as policy_id,
    code as policy_key,
    concat_ws(' ', owner_role, sla_hours, 'h') as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_exception') }}

union all

select
    'transition' as policy_table,
    event_code as policy_id,
    event_code as policy_key,
    concat_ws(' ', 'approval', requires_approval, 'above', max_auto_value) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_transition') }}

union all

select
    'channel' as policy_table,
    concat_ws('|', channel, coalesce(location_id, '')) as policy_id,
    concat_ws('|', channel, coalesce(location_id, '')) as policy_key,
    concat_ws(' ', 'share', share_pct, 'kept', protected_qty) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_channel') }}

union all

select
    'replenishment' as policy_table,
    concat_ws(
        '|', coalesce(item_id, ''), coalesce(abc_class, ''), coalesce(location_id, '')
    ) as policy_id,
    concat_ws(
        '|', coalesce(item_id, ''), coalesce(abc_class, ''), coalesce(location_id, '')
    ) as policy_key,
    concat_ws(' ', service_kind, service_target, 'review', review_days, 'days') as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('policy_replenishment') }}
