-- When a delivery was due. Only one that brings the feed further is due at all: a correction comes
-- when it comes. Its data ends where the sender says so; without a word about it only an agreed
-- cadence makes a deadline, because the time of a file says nothing about the data in it.

with

deliveries as (

    select * from {{ ref('stg_ingest__feed_delivery') }}
    where status = 'loaded'

),

announced as (

    select * from {{ ref('int_control__announced_file') }}

),

agreements as (

    select * from {{ ref('int_policy__feed_contract') }}

),

windows as (

    select * from {{ ref('stg_ingest__maintenance_window') }}

),

agreed as (

    select
        deliveries.feed, deliveries.source_system, deliveries.company_id, deliveries.batch_id,
        deliveries.file_name, deliveries.delivered_at,
        announced.watermark_at as told_reach_at,
        coalesce(announced.watermark_at, deliveries.delivered_at) as reach_at,
        agreements.cadence_minutes,
        agreements.latency_minutes,
        agreements.owner_role,
        row_number() over (
            partition by
                deliveries.feed, deliveries.source_system, deliveries.company_id,
                deliveries.batch_id, deliveries.file_name
            order by
                agreements.is_shipped asc,
                case when agreements.feed = '*' then 1 else 0 end
                + case when agreements.source_system = '*' then 1 else 0 end
                + case when agreements.company_id = '*' then 1 else 0 end asc,
                case when agreements.feed = '*' then 1 else 0 end asc,
                case when agreements.company_id = '*' then 1 else 0 end asc,
                agreements.valid_from desc
        ) as preference
    from deliveries
    left join announced
        on
            deliveries.feed = announced.feed
            and deliveries.source_system = announced.source_system
            and deliveries.company_id = announced.company_id
            and deliveries.batch_id = announced.batch_id
            and deliveries.file_name = announced.file_name
    left join agreements
        on
            agreements.feed in (deliveries.feed, '*')
            and agreements.source_system in (deliveries.source_system, '*')
            and agreements.company_id in (deliveries.company_id, '*')
            and agreements.valid_from <= cast(deliveries.delivered_at as date)
            and coalesce(agreements.valid_to, date '9999-12-31')
            >= cast(deliveries.delivered_at as date)

),

in_turn as (

    select
        *,
        max(reach_at) over (
            partition by feed, source_system, company_id
            order by delivered_at, file_name
            rows between unbounded preceding and 1 preceding
        ) as reach_before_at
    from agreed
    where preference = 1

),

promised as (

    select
        *,
        case
            when reach_at <= reach_before_at or latency_minutes is null then null
            when told_reach_at is not null
                then least(
                    told_reach_at,
                    coalesce(reach_before_at + cadence_minutes * interval 1 minute, told_reach_at)
                )
            else reach_before_at + cadence_minutes * interval 1 minute
        end + latency_minutes * interval 1 minute as promised_at
    from in_turn

)

select
    promised.feed, promised.source_system, promised.company_id, promised.batch_id,
    promised.file_name, promised.delivered_at, promised.reach_at, promised.cadence_minutes,
    promised.latency_minutes, promised.owner_role, promised.promised_at,
    -- what falls due in an agreed pause is due at its end
    greatest(promised.promised_at, coalesce(
        max(case
            when promised.promised_at between windows.starts_at and windows.ends_at
                then windows.ends_at
        end),
        promised.promised_at
    )) as due_at,
    count(
        case when promised.delivered_at between windows.starts_at and windows.ends_at then 1 end
    ) > 0 as is_in_pause
from promised
left join windows
    on
        windows.feed in (promised.feed, '*')
        and windows.source_system in (promised.source_system, '*')
        and windows.company_id in (promised.company_id, '*')
group by
    promised.feed, promised.source_system, promised.company_id, promised.batch_id,
    promised.file_name, promised.delivered_at, promised.reach_at, promised.cadence_minutes,
    promised.latency_minutes, promised.owner_role, promised.promised_at
