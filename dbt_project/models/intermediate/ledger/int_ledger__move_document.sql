-- Moves of goods that may post, with the document that a ledger names for them (ruling E3), the
-- accounts of the two states, and the party. A reversal posts as what it reverses, the other way.

with

moves as (

    select * from {{ ref('int_stock__move') }}
    where is_main

),

posting_events as (

    select event_code from {{ ref('posting_rule') }}
    group by event_code

),

told as (

    select
        source_system, company_id, movement_id, movement_line,
        ref_doc_type, ref_doc_id, ref_doc_line
    from {{ ref('stg_wms__stock_movement') }}

),

reversed as (

    select company_id, move_id, event_code
    from moves

),

ruled as (

    select
        moves.*,
        coalesce(moves.posting_date, moves.event_date) as ledger_date,
        case when moves.event_code = 'E58' then reversed.event_code else moves.event_code end
            as rule_code,
        case when moves.event_code = 'E58' then -1 else 1 end as turn,
        told.ref_doc_type,
        told.ref_doc_id,
        told.ref_doc_line
    from moves
    left join reversed
        on
            moves.company_id = reversed.company_id
            and case when moves.event_code = 'E58' then moves.reversal_of_move_id end = reversed.move_id
    left join told
        on
            moves.source_system = told.source_system
            and moves.company_id = told.company_id
            and moves.source_movement_id = told.movement_id
            and moves.source_movement_line = told.movement_line

),

named as (

    select
        ruled.*,
        case
            when
                ruled.rule_code in ('E38', 'E39', 'E40')
                or ruled.rule_code = 'E42' and ruled.to_state = 'XFER_TRANSIT'
                then 'transfer'
            when ruled.shipment_id is not null then 'shipment'
            when ruled.rule_code = 'E42' and ruled.transfer_id is not null then 'transfer'
            when
                ruled.rule_code in ('E02', 'E04', 'E05')
                and (ruled.receipt_id is not null or ruled.movement_type = 'notice')
                then 'receipt'
            when ruled.rule_code = 'E37' and ruled.ref_doc_type = 'COUNT' then 'count'
            when ruled.rule_code in ('E48', 'E49', 'E57') and ruled.ref_doc_id is not null then 'work'
            when ruled.source_movement_id like 'dropship %' then 'despatch'
            when ruled.rule_code in ('E25', 'E44', 'E47') then 'sale'
            else 'movement'
        end as document_kind
    from ruled
    inner join posting_events
        on ruled.rule_code = posting_events.event_code

)

select
    named.*,
    case document_kind
        when 'work' then 'movement' when 'sale' then 'movement' when 'despatch' then 'shipment' else document_kind
    end
        as source_doc_type,
    coalesce(
        case document_kind
            when 'transfer' then coalesce(named.transfer_id, named.ref_doc_id)
            when 'shipment' then named.shipment_id
            when 'receipt' then named.receipt_id
            when 'count' then named.ref_doc_id
            when 'work' then named.ref_doc_id
            when 'sale' then sales.billable_event_id
        end,
        -- a document that itself makes the move is named before its number: "notice A1"
        regexp_replace(named.source_movement_id, '^[a-z ]+ ', '')
    ) as source_doc_id,
    coalesce(
        case document_kind
            when 'transfer' then ''
            when 'shipment' then named.shipment_line
            when 'receipt' then coalesce(named.receipt_line, named.source_movement_line)
            when 'count' then named.ref_doc_line
            when 'work' then ''
            when 'sale' then case when sales.billable_event_id is not null then '' end
        end,
        named.source_movement_line, ''
    ) as source_doc_line,
    sales.billable_event_id
from named
left join {{ ref('int_ledger__sale_move') }} as sales
    on
        named.company_id = sales.company_id
        and named.move_id = sales.move_id
