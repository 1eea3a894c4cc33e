-- Advice that earlier runs handed over, with the days in which it could be followed and in which its
-- order had to last. Of two runs for one day the later one counts.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

dated as (

    select
        advice.*,
        companies.as_of_date,
        {{ local_date('advice.as_of_at', 'companies.timezone') }} as advised_on
    from {{ ref('stg_kept__handed_advice') }} as advice
    inner join companies
        on advice.company_id = companies.company_id

),

ranked as (

    select
        dated.*,
        row_number() over (
            partition by dated.company_id, dated.item_id, dated.location_id, dated.advised_on
            order by dated.as_of_at desc, dated.handed_at desc, dated.request desc
        ) as preference
    from dated
    cross join {{ ref('int_planning__setting') }} as settings
    where
        dated.advised_on < dated.as_of_date
        and {{ days_between('dated.advised_on', 'dated.as_of_date') }} <= settings.outcome_window_days

)

select
    company_id,
    item_id,
    location_id,
    advised_on,
    as_of_at as advised_at,
    handed_at,
    policy_version as advised_policy_version,
    forecast_version,
    forecaster,
    segment,
    reorder_point,
    order_up_to,
    order_qty,
    advised_order_qty,
    override_ids,
    position_qty,
    forecast_mean,
    horizon_days,
    service_target,
    least(advised_on + cast(review_days as integer), as_of_date) as followed_until,
    advised_on + cast(review_days as integer) <= as_of_date as is_decided,
    least(advised_on + cast(coalesce(horizon_days, review_days) as integer), as_of_date)
        as judged_until,
    advised_on + cast(horizon_days as integer) <= as_of_date as is_over
from ranked
where preference = 1
