-- What hangs on two methods for one item: the value of its stock by the one less that by the other.
with

posting as (

    select * from {{ ref('int_valuation__item_left') }}
    where is_policy_method

)

select
    'VALUATION_POLICY_CONFLICT' as code,
    contested.company_id,
    contested.item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    concat_ws('|', contested.item_id, contested.costing_method) as business_key,
    {{ midnight_utc('contested.conflict_from', 'companies.timezone') }} as first_event_at,
    coalesce(abs(others.value_amount - posting.value_amount), 0) as exposure_amount,
    concat_ws(' ', 'value by', contested.costing_method, 'less value by', posting.costing_method)
        as exposure_basis,
    contested.reason as rule_id,
    contested.policy_id as detail,
    posting.qty
from {{ ref('int_valuation__contested_method') }} as contested
inner join {{ ref('int_master__company') }} as companies
    on contested.company_id = companies.company_id
left join posting
    on
        contested.company_id = posting.company_id
        and contested.item_id = posting.item_id
left join {{ ref('int_valuation__item_left') }} as others
    on
        not others.is_policy_method
        and contested.company_id = others.company_id
        and contested.item_id = others.item_id
        and contested.costing_method = others.costing_method
