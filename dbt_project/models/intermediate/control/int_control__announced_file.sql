-- What senders say of a file, found by the hash of its bytes, by its name, or by the time it was made.

with

deliveries as (

    select
        feed, source_system, company_id, batch_id, file_name, file_hash, delivered_at,
        regexp_replace(file_name, '^.*/', '') as base_name,
        regexp_replace(regexp_replace(file_name, '^.*/', ''), '[.].*$', '') as stem
    from {{ ref('stg_ingest__feed_delivery') }}

),

manifests as (

    select
        source_system, company_id, feed_name, batch_id as announced, produced_at, row_count,
        first_sequence, last_sequence, watermark_at,
        replace(lower(checksum), 'sha256:', '') as checksum
    from {{ ref('stg_control__feed_manifest') }}
    where not coalesce(is_test, false)

),

found as (

    {% for condition in [
        'deliveries.file_hash = manifests.checksum',
        'deliveries.base_name = manifests.announced',
        'deliveries.stem = manifests.announced',
        'deliveries.delivered_at = manifests.produced_at and deliveries.feed = manifests.feed_name',
    ] -%}
        select
            manifests.*,
            deliveries.feed,
            deliveries.company_id as delivered_company_id,
            deliveries.batch_id,
            deliveries.file_name,
            {{ loop.index }} as way
        from manifests
        inner join deliveries
            on
                manifests.source_system = deliveries.source_system
                and {{ condition }}
        where manifests.company_id in (deliveries.company_id, '*')
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

ranked as (

    select
        *,
        row_number() over (
            partition by feed, delivered_company_id, source_system, batch_id, file_name
            order by way asc, produced_at desc, announced asc
        ) as preference
    from found

)

select
    feed,
    source_system,
    delivered_company_id as company_id,
    batch_id,
    file_name,
    announced,
    produced_at,
    row_count,
    first_sequence,
    last_sequence,
    watermark_at
from ranked
where preference = 1
