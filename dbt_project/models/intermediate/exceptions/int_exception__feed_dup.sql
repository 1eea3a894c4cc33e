-- The same bytes once more, under whatever name: loaded once, and told. Master data and policies
-- are delivered whole each time and may well be unchanged; the same events are not sent twice.

with

run as (

    select * from {{ ref('int_control__run') }}

),

deliveries as (

    select * from {{ ref('int_control__feed_delivery') }}
    where
        feed like 'wms_%'
        or feed like 'billing_%'
        or feed like 'purchasing_%'
        or feed like 'gl_%'
        or feed like 'demand_%'

),

first_names as (

    select
        file_hash, source_system, company_id, file_name,
        row_number() over (
            partition by file_hash, source_system, company_id
            order by case when status = 'repeated' then 1 else 0 end, delivered_at, file_name
        ) as turn
    from deliveries

),

repeated as (      -- one file may feed several tables

    select
        file_name, file_hash, source_system, company_id,
        min(feed) as feed,
        min(delivered_at) as delivered_at,
        max(rows_repeated) as rows_repeated
    from deliveries
    where status = 'repeated'
    group by file_name, file_hash, source_system, company_id

)

select
    'FEED_DUP' as code,
    repeated.company_id,
    concat_ws('|', repeated.source_system, repeated.file_name, repeated.file_hash) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    least(repeated.delivered_at, run.as_of_at) as first_event_at,
    least(repeated.delivered_at, run.as_of_at) as detected_at,
    cast(0 as decimal(18, 4)) as exposure_amount,
    'none: the rows were left out' as exposure_basis,
    'a file is delivered once' as rule_id,
    {{ json_text([
        ('feed', 'repeated.feed'),
        ('source_system', 'repeated.source_system'),
        ('file', 'repeated.file_name'),
        ('same_as', 'first_names.file_name'),
        ('rows_left_out', 'repeated.rows_repeated'),
    ]) }} as evidence
from repeated
cross join run
left join first_names
    on
        repeated.file_hash = first_names.file_hash
        and repeated.source_system = first_names.source_system
        and repeated.company_id = first_names.company_id
        and first_names.turn = 1
