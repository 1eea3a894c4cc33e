-- Goods that one company of the group sends another by movements alone (E42): the out leg names, or is
-- named by, an in leg in other books, or its transfer is an order between the companies there. Where
-- they went to and under which code is what the buyer's own leg or order says. Numbers are a company's
-- own: what its own books explain is no sale.

with

legs as (

    select * from {{ ref('stg_wms__stock_movement') }}
    where movement_type in ('transfer_out', 'transfer_in') and reversal_of_movement_id is null

),

documents as (

    select company_id, ref_doc_id, movement_type from legs
    where ref_doc_id is not null
    group by company_id, ref_doc_id, movement_type

),

own as (      -- what a leg names, where its own company has it

    select legs.source_system, legs.company_id, legs.movement_id, legs.movement_line
    from legs
    inner join legs as others
        on
            legs.company_id = others.company_id
            and legs.linked_movement_id = others.movement_id
    union
    select legs.source_system, legs.company_id, legs.movement_id, legs.movement_line
    from legs
    inner join documents as others
        on
            legs.company_id = others.company_id
            and legs.ref_doc_id = others.ref_doc_id
            and legs.movement_type <> others.movement_type

),

lone as (

    select legs.*
    from legs
    left join own
        on
            legs.source_system = own.source_system
            and legs.company_id = own.company_id
            and legs.movement_id = own.movement_id
            and legs.movement_line = own.movement_line
    where own.company_id is null

),

partners as (

    select
        sent.source_system, sent.company_id, sent.movement_id, sent.movement_line,
        came.company_id as buyer_id, came.source_system as buyer_system,
        came.item_code, came.location_code, 1 as distance
    from lone as sent
    inner join lone as came
        on
            sent.linked_movement_id = came.movement_id
            and sent.company_id <> came.company_id
    where sent.movement_type = 'transfer_out' and came.movement_type = 'transfer_in'
    union all
    select
        sent.source_system, sent.company_id, sent.movement_id, sent.movement_line,
        came.company_id, came.source_system, came.item_code, came.location_code, 1
    from lone as sent
    inner join lone as came
        on
            sent.movement_id = came.linked_movement_id
            and sent.company_id <> came.company_id
    where sent.movement_type = 'transfer_out' and came.movement_type = 'transfer_in'
    union all
    select
        sent.source_system, sent.company_id, sent.movement_id, sent.movement_line,
        orders.company_id, orders.source_system, orders.item_code, orders.to_location_code, 2
    from lone as sent
    inner join {{ ref('stg_purchasing__order_line') }} as orders
        on
            sent.ref_doc_id = orders.po_id
            and sent.company_id <> orders.company_id
            and orders.po_type = 'intercompany'
    where
        sent.movement_type = 'transfer_out'
        and sent.ref_doc_type = 'TO'
        and (sent.ref_doc_line = orders.po_line or sent.item_code = orders.item_code)

),

ranked as (

    select
        *,
        row_number() over (
            partition by source_system, company_id, movement_id, movement_line
            order by distance, buyer_id, buyer_system, item_code, location_code
        ) as place
    from partners

)

select
    sent.source_system,
    sent.company_id,
    sent.movement_id,
    sent.movement_line,
    ranked.buyer_id,
    ranked.buyer_system,
    ranked.item_code,
    ranked.location_code,
    sent.location_code as from_location_code,
    case when sent.ref_doc_type = 'TO' then sent.ref_doc_id end as transfer_id,
    case when sent.ref_doc_type = 'TO' then sent.ref_doc_line end as transfer_line,
    sent.lot_number,
    -sent.qty as qty,
    sent.uom,
    sent.event_at,
    sent.source_updated_at,
    sent._delivered_at,
    sent._source_file,
    sent._row_number
from ranked
inner join legs as sent
    on
        ranked.source_system = sent.source_system
        and ranked.company_id = sent.company_id
        and ranked.movement_id = sent.movement_id
        and ranked.movement_line = sent.movement_line
where ranked.place = 1 and sent.qty < 0
