{{ config(materialized='view') }}

-- what each decision of the site is called, what it competes with, and what it says
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
from {{ ref('stg_policy__valuation') }}

union all

select
    'billing_rule' as policy_table,
    billing_rule_id as policy_id,
    billing_rule_id as policy_key,
    concat_ws(' ', trigger, 'due', due_hours, clock, 'h, grace', grace_hours) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__billing_rule') }}

union all

select
    'charge' as policy_table,
    charge_rule_id as policy_id,
    charge_rule_id as policy_key,
    concat_ws(' ', charge_type, basis, amount) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__charge') }}

union all

select
    'posting_profile' as policy_table,
    '' as policy_id,
    '' as policy_key,
    concat_ws(' ', profile, 'posted within', posting_sla_days, 'days') as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__posting_profile') }}

union all

select
    'account_role' as policy_table,
    concat_ws(
        '|', account_role, coalesce(valuation_class, ''), coalesce(location_id, ''),
        coalesce(channel, '')
    ) as policy_id,
    concat_ws(
        '|', account_role, coalesce(valuation_class, ''), coalesce(location_id, ''),
        coalesce(channel, '')
    ) as policy_key,
    concat_ws(' ', 'account', account) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__account_role') }}

union all

select
    'tolerance' as policy_table,
    concat_ws('|', tolerance, coalesce(scope, '')) as policy_id,
    concat_ws('|', tolerance, coalesce(scope, '')) as policy_key,
    concat_ws(' ', 'within', value) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__tolerance') }}

union all

select
    'exception' as policy_table,
    code as policy_id,
    code as policy_key,
    concat_ws(' ', owner_role, sla_hours, 'h') as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__exception') }}

union all

select
    'transition' as policy_table,
    event_code as policy_id,
    event_code as policy_key,
    concat_ws(' ', 'approval', requires_approval, 'above', max_auto_value) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__transition') }}

union all

select
    'channel' as policy_table,
    concat_ws('|', channel, coalesce(location_id, '')) as policy_id,
    concat_ws('|', channel, coalesce(location_id, '')) as policy_key,
    concat_ws(' ', 'share', share_pct, 'kept', protected_qty) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__channel') }}

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
from {{ ref('stg_policy__replenishment') }}

union all

select
    'lane' as policy_table,
    concat_ws('|', from_location_id, to_location_id) as policy_id,
    concat_ws('|', from_location_id, to_location_id) as policy_key,
    concat_ws(' ', lead_time_days, 'days', cost_per_unit) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__lane') }}

union all

select
    'override' as policy_table,
    override_id as policy_id,
    concat_ws('|', subject, business_key, coalesce(condition_code, '')) as policy_key,
    concat_ws(' ', subject, new_value, reason) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__override') }}

union all

select
    'scope' as policy_table,
    concat_ws(
        '|', scope, include, coalesce(location_id, ''), coalesce(category, ''),
        coalesce(order_type, '')
    ) as policy_id,
    concat_ws(
        '|', scope, include, coalesce(location_id, ''), coalesce(category, ''),
        coalesce(order_type, '')
    ) as policy_key,
    concat_ws(' ', 'included', include) as decision,
    source_system, company_id, valid_from, valid_to, approved_by, approved_at, note
from {{ ref('stg_policy__scope') }}
