-- Runs of numbers that never came, between the number before and the number after them. A row in
-- quarantine came, so its number is none that is missing.

with

deliveries as (

    select * from {{ ref('int_control__feed_delivery') }}

),

rejected as (

    select * from {{ ref('stg_ingest__rejected_row') }}
    where sequence_no is not null

),

numbered as (

    select
        company_id, source_system, sequence_no, event_at, _source_file as file_name,
        _delivered_at as delivered_at
    from {{ ref('stg_wms__stock_movement_version') }}
    where sequence_no is not null
    union all
    select
        rejected.company_id, rejected.source_system, rejected.sequence_no, null,
        rejected.file_name, deliveries.delivered_at
    from rejected
    inner join deliveries
        on
            rejected.batch_id = deliveries.batch_id
            and rejected.feed = deliveries.feed
            and rejected.file_name = deliveries.file_name

),

once as (      -- a number that came again was there when it came first

    select
        *,
        row_number() over (
            partition by company_id, source_system, sequence_no
            order by delivered_at, file_name, event_at
        ) as turn
    from numbered

),

ordered as (

    select
        *,
        lag(sequence_no) over (
            partition by company_id, source_system order by sequence_no
        ) as number_before,
        lag(event_at) over (
            partition by company_id, source_system order by sequence_no
        ) as time_before,
        lag(file_name) over (
            partition by company_id, source_system order by sequence_no
        ) as file_before
    from once
    where turn = 1

)

select
    'wms_stock_movement' as feed,
    source_system,
    company_id,
    number_before + 1 as first_missing,
    sequence_no - 1 as last_missing,
    file_name,
    case
        when file_before = file_name then 'numbers never came'
        else 'numbers between two deliveries never came'
    end as gap,
    delivered_at,
    least(coalesce(time_before, event_at), event_at) as from_at,
    greatest(coalesce(time_before, event_at), event_at) as to_at
from ordered
where sequence_no > number_before + 1
