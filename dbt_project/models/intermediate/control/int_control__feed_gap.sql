-- What a feed lacks, one row per file that shows it: numbers inside it that never came, numbers
-- between it and the file before, or the file itself, which was announced and is not here.

with

numbers as (

    select * from {{ ref('int_control__number_gap') }}

),

numbered_feeds as (      -- where rows carry numbers, these say it finer than the manifest

    select source_system, company_id
    from {{ ref('stg_wms__stock_movement') }}
    where sequence_no is not null
    group by source_system, company_id

),

announced as (

    select * from {{ ref('int_control__announced_file') }}

),

ranges as (

    select
        announced.*,
        max(announced.last_sequence) over (
            partition by announced.feed, announced.source_system, announced.company_id
            order by announced.first_sequence, announced.last_sequence, announced.file_name
            rows between unbounded preceding and 1 preceding
        ) as last_before,
        max(announced.watermark_at) over (
            partition by announced.feed, announced.source_system, announced.company_id
            order by announced.first_sequence, announced.last_sequence, announced.file_name
            rows between unbounded preceding and 1 preceding
        ) as reach_before_at
    from announced
    left join numbered_feeds
        on
            announced.feed = 'wms_stock_movement'
            and announced.source_system = numbered_feeds.source_system
            and announced.company_id = numbered_feeds.company_id
    where
        announced.first_sequence is not null
        and announced.last_sequence is not null
        and numbered_feeds.company_id is null

),

deliveries as (

    select * from {{ ref('int_control__feed_due') }}

),

missing_files as (

    select
        missing.*,
        max(case when deliveries.reach_at < missing.reach_at then deliveries.reach_at end)
            as from_at
    from {{ ref('int_control__missing_file') }} as missing
    left join deliveries
        on
            missing.feed = deliveries.feed
            and missing.source_system = deliveries.source_system
            and missing.company_id = deliveries.company_id
    group by
        missing.feed, missing.source_system, missing.company_id, missing.file_name,
        missing.produced_at, missing.reach_at, missing.row_count

)

select
    feed, source_system, company_id, file_name, gap,
    min(first_missing) as first_missing,
    max(last_missing) as last_missing,
    cast(sum(last_missing - first_missing + 1) as bigint) as missing_numbers,
    min(delivered_at) as seen_at,
    min(from_at) as from_at,
    max(to_at) as to_at
from numbers
group by feed, source_system, company_id, file_name, gap

union all

select
    feed, source_system, company_id, file_name,
    'numbers between two deliveries never came',
    last_before + 1, first_sequence - 1, first_sequence - last_before - 1,
    produced_at, reach_before_at, coalesce(watermark_at, produced_at)
from ranges
where first_sequence > last_before + 1

union all

select
    feed, source_system, company_id, file_name,
    'fewer rows than numbers',
    first_sequence, last_sequence, last_sequence - first_sequence + 1 - row_count,
    produced_at, reach_before_at, coalesce(watermark_at, produced_at)
from ranges
where row_count < last_sequence - first_sequence + 1

union all

select
    feed, source_system, company_id, file_name, 'an announced file never came',
    null, null, null, produced_at, from_at, reach_at
from missing_files
