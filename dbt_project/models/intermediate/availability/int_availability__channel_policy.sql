-- What each channel may sell at each place that sells: a row for the place wins over one for all.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

places as (

    select * from {{ ref('int_master__location') }}
    where coalesce(sellable, location_type in ('dc', 'warehouse', 'store', 'third_party'))

),

spans as (

    select * from {{ ref('int_policy__span') }}
    where policy_table = 'channel'

),

decisions as (

    select
        source_system, company_id, channel, coalesce(location_id, '') as location_id,
        share_pct, protected_qty, use_safety_buffer, valid_from
    from {{ ref('stg_policy__channel') }}
    union all
    select
        source_system, company_id, channel, coalesce(location_id, '') as location_id,
        share_pct, protected_qty, use_safety_buffer, valid_from
    from {{ ref('policy_channel') }}

),

in_force as (

    select
        spans.company_id,
        spans.policy_id,
        spans.origin,
        decisions.channel,
        decisions.location_id,
        decisions.share_pct,
        decisions.protected_qty,
        decisions.use_safety_buffer
    from spans
    inner join companies
        on
            spans.company_id = companies.company_id
            and companies.as_of_date between spans.begins_on and spans.ends_on
    inner join decisions
        on
            spans.source_system = decisions.source_system
            and spans.owner_company_id = decisions.company_id
            and spans.policy_id = concat_ws('|', decisions.channel, decisions.location_id)
            and spans.valid_from = decisions.valid_from

),

ranked as (

    select
        places.company_id,
        places.location_id,
        coalesce(places.channel_group, places.location_id) as location_group,
        in_force.channel,
        in_force.share_pct,
        coalesce(in_force.protected_qty, 0) as protected_qty,
        in_force.use_safety_buffer,
        in_force.policy_id,
        row_number() over (
            partition by places.company_id, places.location_id, in_force.channel
            order by
                case when in_force.location_id = '' then 1 else 0 end,
                in_force.policy_id
        ) as preference
    from places
    inner join in_force
        on
            places.company_id = in_force.company_id
            and in_force.location_id in ('', places.location_id)

)

select
    company_id,
    location_id,
    location_group,
    channel,
    share_pct,
    protected_qty,
    use_safety_buffer,
    policy_id,
    -- what is kept for the named channels; nobody keeps anything for "all the others"
    sum(case when channel = '*' then 0 else protected_qty end) over (
        partition by company_id, location_id
        rows between unbounded preceding and unbounded following
    ) as protected_all_qty,
    sum(case when channel = '*' then 0 else coalesce(share_pct, 0) end) over (
        partition by company_id, location_id
        rows between unbounded preceding and unbounded following
    ) as shared_pct
from ranked
where preference = 1
