with

run as (

    select * from {{ ref('int_control__run') }}

),

lags as (

    select * from {{ ref('int_control__feed_lag') }}

),

limits as (

    select visibility_limits.*
    from {{ ref('visibility_limit') }} as visibility_limits
    inner join run
        on
            visibility_limits.valid_from <= cast(run.as_of_at as date)
            and (
                visibility_limits.valid_to is null
                or visibility_limits.valid_to >= cast(run.as_of_at as date)
            )

),

ranked as (      -- the row that names more of the case goes first, then the one in force last

    select
        lags.*,
        limits.p95_limit_hours,
        row_number() over (
            partition by
                lags.company_id, lags.source_system, lags.feed, lags.location_id,
                lags.event_type, lags.lag_step
            order by
                case when limits.location_id = lags.location_id then 0 else 1 end asc,
                case when limits.event_type = lags.event_type then 0 else 1 end asc,
                limits.valid_from desc nulls last
        ) as preference
    from lags
    left join limits
        on
            lags.feed = limits.feed
            and lags.lag_step = limits.lag_step
            and limits.location_id in (lags.location_id, '*')
            and limits.event_type in (lags.event_type, '*')

)

select
    *,
    p95_seconds > p95_limit_hours * 3600 as is_breach
from ranked
where preference = 1
