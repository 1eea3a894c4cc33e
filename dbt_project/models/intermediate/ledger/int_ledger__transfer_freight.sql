-- E41: what a transfer costs by the lane in force when it left - the truck and its pieces -, spread
-- over its lines by pieces.

with

lines as (

    select
        company_id, transfer_id, item_id, ledger_date, source_location_id, target_location_id,
        min(length(coalesce(ref_doc_line, ''))) as line_length,
        min(coalesce(ref_doc_line, '')) as first_line,
        cast(sum(turn * qty_base) as decimal(18, 6)) as qty
    from {{ ref('int_ledger__posting_move') }}
    where rule_code = 'E38' and transfer_id is not null
    group by
        company_id, transfer_id, item_id, ledger_date, source_location_id, target_location_id

),

lanes as (

    select * from {{ ref('int_policy__lane') }}

),

summed as (

    select
        lines.*,
        sum(qty) over (
            partition by company_id, transfer_id, ledger_date, source_location_id, target_location_id
        ) as whole_qty,
        sum(qty) over (
            partition by company_id, transfer_id, ledger_date, source_location_id, target_location_id
            order by line_length, first_line, item_id
            rows between unbounded preceding and current row
        ) as qty_upto
    from lines

),

priced as (

    select
        summed.*,
        round(
            coalesce(lanes.cost_per_shipment, 0)
            + coalesce(lanes.cost_per_unit, 0) * summed.whole_qty, 2
        ) as freight_amount
    from summed
    inner join lanes
        on
            summed.company_id = lanes.company_id
            and summed.source_location_id = lanes.from_location_id
            and summed.target_location_id = lanes.to_location_id
            and summed.ledger_date between lanes.valid_from and lanes.valid_to
    where summed.whole_qty > 0

)

select
    company_id,
    transfer_id,
    item_id,
    ledger_date,
    source_location_id as from_location_id,
    target_location_id as to_location_id,
    cast(
        {{ divide_exact('cast(freight_amount as decimal(18, 4)) * cast(qty_upto as decimal(18, 6))',
            'cast(whole_qty as decimal(18, 6))', 2, 10, 6) }}
        - {{ divide_exact('cast(freight_amount as decimal(18, 4)) * cast(qty_upto - qty as decimal(18, 6))',
            'cast(whole_qty as decimal(18, 6))', 2, 10, 6) }} as decimal(18, 4)
    ) as amount
from priced
