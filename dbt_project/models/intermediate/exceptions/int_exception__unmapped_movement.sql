-- Rows of the movement feed that no rule turns into an event. They move nothing: a row that gives
-- both of its states names a step that is not allowed (invariant I4), any other one a kind of
-- movement that nobody has mapped. Codes and units that no master knows are findings of their own.

with

unread as (

    select * from {{ ref('int_stock__owned_movement') }}
    where
        event_code is null
        and problem is null
        and reading in ('one_side', 'both_sides', 'reversal')

),

reasons as (

    select * from {{ ref('int_stock__unmapped_movement') }}

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

)

select
    case when unread.reading = 'both_sides' then 'ILLEGAL_TRANSITION' else 'UNMAPPED_TYPE' end
        as code,
    unread.company_id,
    concat_ws(
        '|', unread.source_system, unread.source_movement_id, unread.source_movement_line
    ) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    unread.item_id,
    unread.location_id,
    unread.source_movement_id as movement_id,
    unread.receipt_id,
    unread.transfer_id,
    cast(null as varchar) as count_id,
    unread.event_at as first_event_at,
    coalesce(unread.recorded_at, unread.event_at) as detected_at,
    coalesce(round(unread.qty_base * item_costs.unit_cost, 4), 0) as exposure_amount,
    case
        when item_costs.unit_cost is null then 'no cost known'
        else 'quantity at cost'
    end as exposure_basis,
    'every movement is an event of the transition table' as rule_id,
    {{ json_text([
        ('movement_type', 'unread.movement_type'),
        ('document_type', 'unread.document_type'),
        ('from_state', 'unread.pair_from_state'),
        ('state', 'unread.own_state'),
        ('qty', 'unread.qty_base'),
        ('reason', 'reasons.reason'),
        ('unit_cost', 'item_costs.unit_cost'),
    ]) }} as evidence
from unread
left join reasons
    on
        unread.source_system = reasons.source_system
        and unread.company_id = reasons.company_id
        and unread.source_movement_id = reasons.source_movement_id
        and unread.source_movement_line = reasons.source_movement_line
left join item_costs
    on
        unread.company_id = item_costs.company_id
        and unread.item_id = item_costs.item_id
