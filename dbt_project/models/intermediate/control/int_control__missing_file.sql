-- Files that a manifest names and nobody delivered. A manifest that names no file, or that speaks of
-- a feed under another name than the contract's, may mean anything and is left alone.

with

run as (

    select * from {{ ref('int_control__run') }}

),

deliveries as (

    select
        feed, source_system, company_id, file_hash, delivered_at,
        regexp_replace(file_name, '^.*/', '') as base_name
    from {{ ref('stg_ingest__feed_delivery') }}

),

announced as (

    select
        manifests.feed_name as feed,
        manifests.source_system,
        manifests.company_id,
        manifests.batch_id as file_name,
        manifests.produced_at,
        coalesce(manifests.watermark_at, manifests.produced_at) as reach_at,
        manifests.row_count,
        replace(lower(manifests.checksum), 'sha256:', '') as checksum
    from {{ ref('stg_control__feed_manifest') }} as manifests
    inner join run
        on manifests.produced_at <= run.as_of_at
    where
        not coalesce(manifests.is_test, false)
        and manifests.batch_id like '%.%'

),

known_feeds as (

    select feed, source_system
    from deliveries
    group by feed, source_system

)

select
    announced.feed,
    announced.source_system,
    announced.company_id,
    announced.file_name,
    announced.produced_at,
    announced.reach_at,
    announced.row_count
from announced
inner join known_feeds
    on
        announced.feed = known_feeds.feed
        and announced.source_system = known_feeds.source_system
left join deliveries as by_name
    on
        announced.source_system = by_name.source_system
        and announced.file_name = by_name.base_name
left join deliveries as by_hash
    on
        announced.source_system = by_hash.source_system
        and announced.checksum = by_hash.file_hash
left join deliveries as by_time
    on
        announced.source_system = by_time.source_system
        and announced.feed = by_time.feed
        and announced.produced_at = by_time.delivered_at
where by_name.feed is null and by_hash.feed is null and by_time.feed is null
