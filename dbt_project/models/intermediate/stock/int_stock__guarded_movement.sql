-- Every movement of an event that a policy guards, with its value and who approved it. Movements
-- say it themselves; a count sheet and the other row of a pair may say it for them.

with

transitions as (

    select * from {{ ref('int_policy__transition') }}

),

ledger_rows as (

    select * from {{ ref('int_valuation__costed_movement') }}

),

movements as (

    select * from {{ ref('stg_wms__stock_movement') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

run as (

    select * from {{ ref('int_control__run') }}

),

counted as (

    select
        company_id,
        coalesce(adjustment_txn_id, concat('count ', count_id)) as source_movement_id,
        case when adjustment_txn_id is null then count_line end as source_movement_line,
        min(approved_by) as approved_by
    from {{ ref('stg_wms__count_line') }}
    group by
        company_id, coalesce(adjustment_txn_id, concat('count ', count_id)),
        case when adjustment_txn_id is null then count_line end

),

reversed as (

    select source_system, company_id, reversal_of_movement_id as source_movement_id
    from movements
    where reversal_of_movement_id is not null
    group by source_system, company_id, reversal_of_movement_id

),

events as (

    select
        source_system, company_id, source_movement_id, source_movement_line, feed, event_code,
        item_id, location_id, event_at, event_date, qty_base, cost_amount, reason_code
    from ledger_rows
    union all
    -- value that changes without goods (ruling C13): a write-down or a new standard cost
    select
        movements.source_system, movements.company_id, movements.movement_id,
        movements.movement_line, 'movement',
        case movements.reason_code when 'nrv' then 'E35' else 'E56' end,
        item_codes.item_id, location_codes.location_id, movements.event_at,
        {{ local_date('movements.event_at', 'location_codes.timezone') }}, 0,
        abs(movements.ext_cost), movements.reason_code
    from movements
    inner join run
        on movements.event_at <= run.as_of_at
    inner join location_codes
        on
            movements.source_system = location_codes.source_system
            and movements.company_id = location_codes.company_id
            and movements.location_code = location_codes.location_code
    inner join item_codes
        on
            movements.source_system = item_codes.source_system
            and movements.company_id = item_codes.company_id
            and movements.item_code = item_codes.item_code
    where movements.movement_type = 'cost_only' and movements.reason_code in ('nrv', 'revaluation')

)

select
    events.*,
    transitions.requires_approval,
    transitions.max_auto_value,
    transitions.approver_role,
    transitions.evidence as required_evidence,
    transitions.policy_id,
    coalesce(movements.approved_by, counted_lines.approved_by, counted_wholes.approved_by, partners.approved_by)
        as approved_by,
    reversed.source_movement_id is not null as is_reversed
from events
inner join transitions
    on
        events.company_id = transitions.company_id
        and events.event_code = transitions.event_code
        and events.event_date between transitions.valid_from and transitions.valid_to
left join movements
    on
        events.source_system = movements.source_system
        and events.company_id = movements.company_id
        and case when events.feed = 'movement' then events.source_movement_id end = movements.movement_id
        and events.source_movement_line = movements.movement_line
left join movements as partners
    on
        movements.source_system = partners.source_system
        and movements.company_id = partners.company_id
        and movements.linked_movement_id = partners.movement_id
        and movements.movement_line = partners.movement_line
left join counted as counted_lines
    on
        events.company_id = counted_lines.company_id
        and events.source_movement_id = counted_lines.source_movement_id
        and events.source_movement_line = counted_lines.source_movement_line
left join counted as counted_wholes
    on
        events.company_id = counted_wholes.company_id
        and events.source_movement_id = counted_wholes.source_movement_id
        and counted_wholes.source_movement_line is null
left join reversed
    on
        events.source_system = reversed.source_system
        and events.company_id = reversed.company_id
        and events.source_movement_id = reversed.source_movement_id
-- of other documents than counts nobody can tell who approved them
where events.feed = 'movement' or events.event_code = 'E37'
