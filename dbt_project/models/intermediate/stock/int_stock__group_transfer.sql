-- Goods that one company of the group sends another by movements alone (E42): the out leg names, or is
-- named by, an in leg in other books, or its transfer is an order between the companies there. Where
-- they went to and under which code is what the buyer's own leg or order says.

with

legs as (

    select * from {{ ref('stg_wms__stock_movement') }}
    where movement_type in ('transfer_out', 'transfer_in') and reversal_of_movement_id is null

),

partners as (

    select
        sent.source_system, sent.company_id, sent.movement_id, sent.movement_line,
        came.company_id as buyer_id, came.source_system as buyer_system,
        came.item_code, came.location_code, 1 as distance
    from legs as sent
    inner join legs as came
        on
            sent.linked_movement_id = came.movement_id
            and sent.company_id <> came.company_id
    where sent.movement_type = 'transfer_out' and came.movement_type = 'transfer_in'
    union all
    select
        sent.source_system, sent.company_id, sent.movement_id, sent.movement_line,
        came.company_id, came.source_system, came.item_code, came.location_code, 1
    from legs as sent
    inner join legs as came
        on
            sent.movement_id = came.linked_movement_id
            and sent.company_id <> came.company_id
    where sent.movement_type = 'transfer_out' and came.movement_type = 'transfer_in'
    union all
    select
        sent.source_system, sent.company_id, sent.movement_id, sent.movement_line,
        orders.company_id, orders.source_system, orders.item_code, orders.to_location_code, 2
    from legs as sent
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
