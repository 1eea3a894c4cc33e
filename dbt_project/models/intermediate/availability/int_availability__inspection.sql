-- How long inspection takes and how much of it passes, as this company has seen it. Goods that were
-- never inspected wait for nothing.
with

receipt_lines as (

    select * from {{ ref('stg_wms__receipt_line') }}

),

inspected as (

    select
        receipt_lines.company_id,
        item_codes.item_id,
        {{ days_between(
            'cast(receipt_lines.received_at as date)', 'cast(receipt_lines.inspection_at as date)'
        ) }} as days,
        receipt_lines.qty_received,
        least(coalesce(receipt_lines.qty_rejected, 0), receipt_lines.qty_received) as qty_rejected
    from receipt_lines
    inner join {{ ref('int_control__run') }} as run
        on receipt_lines.inspection_at <= run.as_of_at
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            receipt_lines.source_system = item_codes.source_system
            and receipt_lines.company_id = item_codes.company_id
            and receipt_lines.item_code = item_codes.item_code
            and item_codes.is_resolved
    where
        receipt_lines.inspection_result in ('pass', 'fail')
        and coalesce(receipt_lines.status, 'posted') = 'posted'
        and receipt_lines.receipt_type <> 'return'
        and receipt_lines.qty_received > 0

)

select
    company_id,
    item_id,
    count(*) as inspections,
    -- a part of a day is a day: nothing is promised for a day on which it may still be inspected
    cast(ceil(sum(days) / cast(count(*) as decimal(18, 0))) as integer) as lead_days,
    {{ divide_exact('sum(qty_received - qty_rejected)', 'sum(qty_received)', 8) }} as pass_share
from inspected
group by company_id, item_id
