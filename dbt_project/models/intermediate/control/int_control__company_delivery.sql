{{ config(materialized='view') }}

-- A file for all companies may hold rows of each: what a feed reached says whose rows have come.

with

deliveries as (

    select * from {{ ref('stg_ingest__feed_delivery') }}

),

reached as (

    select feed, source_system, company_id from {{ ref('stg_ingest__feed_watermark') }}
    union
    select feed, source_system, company_id from deliveries

),

ranked as (

    select
        reached.feed,
        reached.source_system,
        reached.company_id,
        deliveries.file_name,
        deliveries.delivered_at,
        row_number() over (
            partition by reached.feed, reached.source_system, reached.company_id
            order by deliveries.delivered_at, deliveries.file_name
        ) as turn
    from reached
    inner join deliveries
        on
            reached.feed = deliveries.feed
            and reached.source_system = deliveries.source_system
            and deliveries.company_id in (reached.company_id, '*')
    where reached.company_id <> '*'

)

select
    feed,
    source_system,
    company_id,
    file_name,
    delivered_at
from ranked
where turn = 1
