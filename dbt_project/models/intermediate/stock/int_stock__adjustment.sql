-- Adjustments of quantity in the warehouse, each with what stands behind it: a document, the other
-- half of a pair, an entry in the ledger; and whether a person or a machine account made it.

with

adjustments as (

    select * from {{ ref('int_valuation__costed_movement') }}
    where feed = 'movement' and event_code = 'E37'

),

movements as (

    select * from {{ ref('stg_wms__stock_movement') }}

),

count_lines as (

    select
        source_system, company_id, adjustment_txn_id as movement_id,
        min(count_id) as count_id, min(count_line) as count_line
    from {{ ref('stg_wms__count_line') }}
    where adjustment_txn_id is not null
    group by source_system, company_id, adjustment_txn_id

),

partners as (

    select source_system, company_id, source_movement_id
    from {{ ref('int_stock__linked_movement') }}
    group by source_system, company_id, source_movement_id

),

generic_users as (

    select company_id, user_id
    from {{ ref('stg_control__access') }}
    where is_generic
    group by company_id, user_id

),

entries as (

    select
        company_id, source_doc_type, source_doc_id,
        -- only the entries of counts name lines that are ours
        case when source_doc_type = 'count' then coalesce(source_doc_line, '') else '' end
            as source_doc_line
    from {{ ref('int_ledger__journal_line') }}
    where is_posted and source_doc_type in ('movement', 'count')
    group by
        company_id, source_doc_type, source_doc_id,
        case when source_doc_type = 'count' then coalesce(source_doc_line, '') else '' end

),

placed as (

    select
        adjustments.*,
        movements.user_id,
        movements.scan_method,
        coalesce(
            case when movements.ref_doc_type = 'COUNT' then movements.ref_doc_id end,
            count_lines.count_id
        ) as count_id,
        coalesce(
            case when movements.ref_doc_type = 'COUNT' then movements.ref_doc_line end,
            count_lines.count_line
        ) as count_line,
        movements.ref_doc_id is not null
        or count_lines.movement_id is not null
        or movements.receipt_id is not null
        or movements.shipment_id is not null as has_document,
        partners.source_movement_id is not null or movements.linked_movement_id is not null
            as has_partner,
        movements.movement_type = 'sync' or generic_users.user_id is not null as is_by_machine
    from adjustments
    inner join movements
        on
            adjustments.source_system = movements.source_system
            and adjustments.company_id = movements.company_id
            and adjustments.source_movement_id = movements.movement_id
            and adjustments.source_movement_line = movements.movement_line
    left join count_lines
        on
            adjustments.source_system = count_lines.source_system
            and adjustments.company_id = count_lines.company_id
            and adjustments.source_movement_id = count_lines.movement_id
    left join partners
        on
            adjustments.source_system = partners.source_system
            and adjustments.company_id = partners.company_id
            and adjustments.source_movement_id = partners.source_movement_id
    left join generic_users
        on
            adjustments.company_id = generic_users.company_id
            and movements.user_id = generic_users.user_id

)

select
    placed.*,
    of_movement.source_doc_id is not null
    or of_count.source_doc_id is not null
    or of_count_line.source_doc_id is not null as is_in_ledger
from placed
left join entries as of_movement
    on
        of_movement.source_doc_type = 'movement'
        and placed.company_id = of_movement.company_id
        and placed.source_movement_id = of_movement.source_doc_id
left join entries as of_count
    on
        of_count.source_doc_type = 'count'
        and of_count.source_doc_line = ''
        and placed.company_id = of_count.company_id
        and placed.count_id = of_count.source_doc_id
left join entries as of_count_line
    on
        of_count_line.source_doc_type = 'count'
        and of_count_line.source_doc_line <> ''
        and placed.company_id = of_count_line.company_id
        and placed.count_id = of_count_line.source_doc_id
        and placed.count_line = of_count_line.source_doc_line
