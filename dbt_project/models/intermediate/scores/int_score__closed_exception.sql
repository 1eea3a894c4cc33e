-- How problems ended: with which exposure they were found, and whether it was put right.

with

events as (

    select * from {{ ref('int_exception__event') }}

),

folded as (

    select
        exception_id,
        min(case when action = 'detected' then seq end) as detected_seq,
        max(case when status is not null then seq end) as status_seq
    from events
    group by exception_id

)

select
    detected.company_id,
    detected.exception_id,
    detected.code,
    coalesce(detected.party_id, '') as party_id,
    detected.exposure_amount,
    -- what is mended, or is no longer found because the data were, came back; the rest is gone
    ended.resolution in ('fixed', 'no_longer_found') as is_recovered,
    detected.as_of_at as found_at,
    ended.as_of_at as closed_at
from folded
inner join events as detected
    on
        folded.exception_id = detected.exception_id
        and folded.detected_seq = detected.seq
inner join events as ended
    on
        folded.exception_id = ended.exception_id
        and folded.status_seq = ended.seq
where ended.status = 'resolved' and detected.exposure_amount > 0
