-- The job that the two sides of a kit, a repack or a work order share: the document they name, else
-- the row that they name as their other side.
with

movements as (

    select * from {{ ref('int_valuation__pool_movement') }}
    where event_kind in ('work_issue', 'work_receipt')

),

sources as (

    select * from {{ ref('stg_wms__stock_movement') }}

),

backward as (      -- the movement that names this one

    select source_system, company_id, linked_movement_id, min(movement_id) as movement_id
    from sources
    where linked_movement_id is not null
    group by source_system, company_id, linked_movement_id

)

select
    movements.company_id,
    movements.event_id,
    concat_ws(
        '/', movements.source_system,
        coalesce(
            sources.ref_doc_id,
            least(sources.linked_movement_id, sources.movement_id),
            backward.movement_id,
            sources.movement_id
        )
    ) as job_id
from movements
inner join sources
    on
        movements.source_system = sources.source_system
        and movements.company_id = sources.company_id
        and movements.source_movement_id = sources.movement_id
        and movements.source_movement_line = sources.movement_line
left join backward
    on
        movements.source_system = backward.source_system
        and movements.company_id = backward.company_id
        and movements.source_movement_id = backward.linked_movement_id
