with

run as (

    select * from {{ ref('int_control__run') }}

),

waiting as (

    select
        *,
        case
            when age_days <= 7 then '0-7'
            when age_days <= 14 then '8-14'
            when age_days <= 30 then '15-30'
            when age_days <= 90 then '31-90'
            else 'over 90'
        end as age_bucket,
        age_days > limit_days and not is_written_down as is_over_limit,
        md5(concat_ws(
            '|', code, company_id, stock_state, item_id, location_id, lot_number, owner_id
        )) as problem_id
    from {{ ref('int_stock__waiting_lot') }}

)

select
    waiting.company_id,
    waiting.item_id,
    waiting.location_id,
    waiting.lot_number,
    waiting.stock_state,
    waiting.owner_id,
    waiting.age_bucket,

    cast(sum(waiting.qty_base) as decimal(18, 6)) as qty_base,
    cast(sum(waiting.value_amount) as decimal(18, 4)) as value_amount,
    cast(
        sum(case when waiting.is_over_limit then waiting.qty_base else 0 end) as decimal(18, 6)
    ) as over_limit_qty,
    cast(count(*) as bigint) as arrivals,

    cast(max(waiting.age_days) as bigint) as age_days,
    min(waiting.limit_days) as limit_days,
    min(waiting.entered_at) as first_entered_at,
    min(waiting.next_action) as next_action,
    -- under one lot and state the exception is the same in every bucket
    max(case when waiting.is_over_limit then waiting.problem_id end) as exception_id,

    run.as_of_at,
    run.watermark_at
from waiting
cross join run
group by
    waiting.company_id, waiting.item_id, waiting.location_id, waiting.lot_number,
    waiting.stock_state, waiting.owner_id, waiting.age_bucket,
    run.as_of_at, run.watermark_at
