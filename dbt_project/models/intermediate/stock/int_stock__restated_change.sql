{{ config(materialized='view') }}

-- For the last day of every fiscal period: what each place was known to hold when that day ended,
-- and what is known of that day now. A day that ended before anything was delivered is none of
-- these: nobody could have known.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

versions as (

    select * from {{ ref('int_stock__move_version') }}

),

begun as (

    select
        company_id,
        min(known_at) as first_known_at
    from versions
    group by company_id

),

closings as (

    select
        days.company_id,
        days.date,
        {{ midnight_utc('days.date + interval 1 day', "coalesce(companies.timezone, 'UTC')") }}
            as known_then_at
    from {{ ref('int_master__calendar_day') }} as days
    inner join companies
        on days.company_id = companies.company_id
    inner join {{ ref('int_control__run') }} as run
        on {{ midnight_utc('days.date + interval 1 day', "coalesce(companies.timezone, 'UTC')") }} <= run.as_of_at
    inner join begun
        on
            days.company_id = begun.company_id
            and begun.first_known_at
            <= {{ midnight_utc('days.date + interval 1 day', "coalesce(companies.timezone, 'UTC')") }}
    where days.date = days.period_end_date

),

legs as (

    select
        company_id, item_id, to_location_id as location_id, to_state as stock_state,
        event_date, known_at, superseded_at, qty_base as qty
    from versions
    where to_location_id is not null
    union all
    select
        company_id, item_id, from_location_id, from_state,
        event_date, known_at, superseded_at, -qty_base
    from versions
    where from_location_id is not null

),

differing as (      -- known now and not then, or then and not now

    select
        legs.*,
        closings.date,
        closings.known_then_at,
        legs.superseded_at is null as is_late
    from legs
    inner join closings
        on
            legs.company_id = closings.company_id
            and legs.event_date <= closings.date
            and case
                when legs.superseded_at is null then legs.known_at > closings.known_then_at
                else
                    legs.known_at <= closings.known_then_at
                    and legs.superseded_at > closings.known_then_at
            end

),

differences as (

    select
        company_id,
        item_id,
        location_id,
        stock_state,
        date,
        known_then_at,
        sum(case when is_late then qty else 0 end) as late_qty,
        sum(case when is_late then 0 else -qty end) as corrected_qty,
        sum(case when is_late then 1 else 0 end) as late_moves,
        sum(case when is_late then 0 else 1 end) as corrected_moves,
        max(case when is_late then known_at else superseded_at end) as last_known_at
    from differing
    group by company_id, item_id, location_id, stock_state, date, known_then_at

)

-- A move that came late adds its quantity; a corrected one takes out what was known of it before.
select
    differences.company_id,
    differences.item_id,
    differences.location_id,
    differences.stock_state,
    differences.date,
    differences.known_then_at,
    differences.last_known_at,
    differences.late_qty,
    differences.corrected_qty,
    differences.late_moves,
    differences.corrected_moves,
    coalesce(sum(legs.qty), 0) as qty_now
from differences
left join legs
    on
        differences.company_id = legs.company_id
        and differences.item_id = legs.item_id
        and differences.location_id = legs.location_id
        and differences.stock_state = legs.stock_state
        and differences.date >= legs.event_date
        and legs.superseded_at is null
group by
    differences.company_id, differences.item_id, differences.location_id,
    differences.stock_state, differences.date, differences.known_then_at,
    differences.last_known_at, differences.late_qty, differences.corrected_qty,
    differences.late_moves, differences.corrected_moves
