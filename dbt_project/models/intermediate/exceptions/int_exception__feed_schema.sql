-- Columns that are not those agreed. A new one is kept and told, a file without one that is needed
-- is refused, and a column of which no value can be read has changed its type.

with

run as (

    select * from {{ ref('int_control__run') }}

),

odd as (

    select * from {{ ref('stg_ingest__odd_columns') }}

),

deliveries as (

    select * from {{ ref('int_control__feed_delivery') }}
    where status in ('loaded', 'refused')

),

mended as (      -- the file came again whole under the same name

    select feed, source_system, company_id, file_name
    from deliveries
    where status = 'loaded'
    group by feed, source_system, company_id, file_name

),

told as (      -- one file may feed several tables

    select
        odd.company_id, odd.source_system, odd.file_name, odd.oddity, odd.odd_names,
        min(odd.feed) as feed,
        min(deliveries.delivered_at) as delivered_at
    from odd
    inner join deliveries
        on
            odd.feed = deliveries.feed
            and odd.batch_id = deliveries.batch_id
            and odd.file_name = deliveries.file_name
    left join mended
        on
            case when odd.oddity = 'missing' then odd.feed end = mended.feed
            and odd.source_system = mended.source_system
            and odd.company_id = mended.company_id
            and odd.file_name = mended.file_name
    where mended.feed is null
    group by
        odd.company_id, odd.source_system, odd.file_name, odd.oddity, odd.odd_names

)

select
    'FEED_SCHEMA' as code,
    told.company_id,
    concat_ws('|', told.source_system, told.file_name, told.oddity, told.odd_names)
        as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    least(told.delivered_at, run.as_of_at) as first_event_at,
    least(told.delivered_at, run.as_of_at) as detected_at,
    cast(0 as decimal(18, 4)) as exposure_amount,
    case told.oddity
        when 'unknown' then 'none: the column is kept beside the contract'
        else 'not known: the rows did not come in'
    end as exposure_basis,
    case told.oddity
        when 'unknown' then 'a new column is agreed before it is sent'
        when 'missing' then 'a file has every column that is needed'
        else 'a column keeps its type'
    end as rule_id,
    {{ json_text([
        ('feed', 'told.feed'),
        ('source_system', 'told.source_system'),
        ('file', 'told.file_name'),
        ('columns', 'told.odd_names'),
        ('oddity', 'told.oddity'),
    ]) }} as evidence
from told
cross join run
