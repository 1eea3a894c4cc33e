with

guarded as (

    select * from {{ ref('int_stock__guarded_movement') }}
    where
        approved_by is null
        and not is_reversed
        and (
            requires_approval
            or cost_amount > max_auto_value
            -- what nobody can value is not below any limit
            or (cost_amount is null and max_auto_value is not null)
        )

)

select
    'UNAPPROVED_TRANSITION' as code,
    company_id,
    concat_ws('|', source_system, source_movement_id, source_movement_line) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    item_id,
    location_id,
    source_movement_id as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    event_at as first_event_at,
    event_at as detected_at,
    coalesce(cost_amount, 0) as exposure_amount,
    case when cost_amount is null then 'no cost known' else 'value of the movement' end
        as exposure_basis,
    concat('approval of ', event_code) as rule_id,
    {{ json_text([
        ('event', 'event_code'),
        ('qty', 'qty_base'),
        ('value', 'cost_amount'),
        ('allowed_without_approval', 'max_auto_value'),
        ('approver_role', 'approver_role'),
        ('required_evidence', 'required_evidence'),
        ('reason', 'reason_code'),
    ]) }} as evidence
from guarded
