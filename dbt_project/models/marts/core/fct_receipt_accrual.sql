with

run as (

    select * from {{ ref('int_control__run') }}

),

judged as (

    select * from {{ ref('int_purchasing__accrual_judged') }}

)

select
    judged.company_id,
    judged.purchase_order_id,
    judged.purchase_order_line,
    judged.receipt_id,
    judged.receipt_line,
    judged.party_id,
    judged.item_id,

    cast(judged.received_qty as decimal(18, 6)) as received_qty,
    cast(judged.invoiced_qty as decimal(18, 6)) as invoiced_qty,
    cast(judged.received_qty - judged.invoiced_qty as decimal(18, 6)) as difference_qty,
    cast(coalesce(judged.returned_qty, 0) as decimal(18, 6)) as returned_qty,
    cast(judged.received_amount as decimal(18, 4)) as received_amount,
    cast(judged.invoiced_amount as decimal(18, 4)) as invoiced_amount,
    cast(judged.difference_amount as decimal(18, 4)) as difference_amount,
    judged.quantity_difference_amount,
    judged.price_difference_amount,
    judged.currency_difference_amount,
    judged.currency,

    judged.surplus_side,
    judged.cause,
    judged.last_movement_date,
    cast(judged.age_days as bigint) as age_days,
    judged.age_bucket,
    judged.proposed_action,

    run.as_of_at,
    run.watermark_at
from judged
cross join run
