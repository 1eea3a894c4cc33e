{{ config(materialized='view') }}

-- A feed that several notes speak of reaches as far as the latest of them.
select
    feed,
    source_system,
    company_id,
    max(watermark_at) as watermark_at
from {{ ref('stg_ingest__feed_watermark') }}
group by feed, source_system, company_id
