{%- set next_step -%}
    case
        when rejected_rows.reasons like '%has not come%'
            then 'deliver the missing header: the row then comes in by itself'
        else concat(
            'have the row corrected at the source and delivered again; it lies in quarantine/',
            rejected_rows.feed, '/', rejected_rows.batch_id, '.csv'
        )
    end
{%- endset %}
with

run as (

    select * from {{ ref('int_control__run') }}

),

rejected_rows as (

    select * from {{ ref('stg_ingest__rejected_row') }}

),

deliveries as (

    select batch_id, feed, file_name, min(delivered_at) as delivered_at
    from {{ ref('stg_ingest__feed_delivery') }}
    group by batch_id, feed, file_name

),

retyped as (      -- a column that changed its type refuses every row of the file: one problem, not many

    select
        batch_id, feed, file_name,
        md5(concat_ws(
            '|', 'FEED_SCHEMA', company_id,
            concat_ws('|', source_system, file_name, oddity, odd_names)
        )) as root_exception_id
    from {{ ref('stg_ingest__odd_columns') }}
    where oddity = 'type'

)

select
    'FEED_REJECT' as code,
    coalesce(rejected_rows.company_id, '*') as company_id,
    concat_ws(
        '|', rejected_rows.feed, rejected_rows.source_system, rejected_rows.batch_id,
        rejected_rows.file_name, rejected_rows.row_number
    ) as business_key,
    retyped.root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    rejected_rows.order_id,
    rejected_rows.order_line,
    rejected_rows.shipment_id,
    rejected_rows.shipment_line,
    rejected_rows.invoice_id,
    rejected_rows.invoice_line,
    rejected_rows.journal_id,
    rejected_rows.journal_line,
    rejected_rows.movement_id,
    rejected_rows.receipt_id,
    cast(null as varchar) as purchase_order_id,
    least(coalesce(deliveries.delivered_at, run.as_of_at), run.as_of_at) as first_event_at,
    least(coalesce(deliveries.delivered_at, run.as_of_at), run.as_of_at) as detected_at,
    cast(0 as decimal(18, 4)) as exposure_amount,
    'not known: the row is in quarantine' as exposure_basis,
    rejected_rows.feed as rule_id,
    {{ json_text([
        ('file', 'rejected_rows.file_name'),
        ('row', 'rejected_rows.row_number'),
        ('business_key', 'rejected_rows.business_key'),
        ('reasons', 'rejected_rows.reasons'),
        ('next_step', next_step),
    ]) }} as evidence
from rejected_rows
cross join run
left join deliveries
    on
        rejected_rows.batch_id = deliveries.batch_id
        and rejected_rows.feed = deliveries.feed
        and rejected_rows.file_name = deliveries.file_name
left join retyped
    on
        rejected_rows.batch_id = retyped.batch_id
        and rejected_rows.feed = retyped.feed
        and rejected_rows.file_name = retyped.file_name
