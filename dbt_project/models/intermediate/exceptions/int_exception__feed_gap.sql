with

run as (

    select * from {{ ref('int_control__run') }}

),

gaps as (

    select * from {{ ref('int_control__feed_gap') }}

)

select
    'FEED_GAP' as code,
    gaps.company_id,
    concat_ws('|', gaps.feed, gaps.source_system, gaps.file_name, gaps.gap) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    least(gaps.seen_at, run.as_of_at) as first_event_at,
    least(gaps.seen_at, run.as_of_at) as detected_at,
    cast(0 as decimal(18, 4)) as exposure_amount,
    'not known: what the data would have told is not here' as exposure_basis,
    gaps.gap as rule_id,
    {{ json_text([
        ('feed', 'gaps.feed'),
        ('source_system', 'gaps.source_system'),
        ('file', 'gaps.file_name'),
        ('first_missing', 'gaps.first_missing'),
        ('last_missing', 'gaps.last_missing'),
        ('missing_numbers', 'gaps.missing_numbers'),
        ('from_at', 'gaps.from_at'),
        ('to_at', 'gaps.to_at'),
    ]) }} as evidence
from gaps
cross join run
