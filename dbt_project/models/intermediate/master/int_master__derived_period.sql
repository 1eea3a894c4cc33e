-- Fiscal periods of days for which the company named none. Where it named none at all, they are months of
-- the calendar. Where its calendar ends, or has a gap, it goes on from the period before - or back
-- from its first -, month by month, so that no day takes the number of another period: in a year that
-- begins in July, the July after its end is no period 7. A year of thirteen periods goes on by four weeks.

with

days as (

    select
        *,
        max(case when fiscal_period is not null then date end) over (
            partition by company_id
            order by date
            rows between unbounded preceding and current row
        ) as before_date,
        min(case when fiscal_period is not null then date end) over (
            partition by company_id
            order by date
            rows between current row and unbounded following
        ) as after_date
    from {{ ref('int_master__day_period') }}

),

styles as (      -- a short period of closing entries makes no thirteenth

    select
        company_id,
        case
            when
                max(
                    case
                        when {{ days_between('start_date', 'end_date') }} >= 20 then fiscal_period
                    end
                ) >= 13
                then 13
            else 12
        end as period_count
    from days
    where fiscal_period is not null
    group by company_id

),

anchored as (

    select
        days.company_id,
        days.date,
        days.before_date is not null as is_after,
        anchors.fiscal_year,
        least(anchors.fiscal_period, coalesce(styles.period_count, 12)) as fiscal_period,
        styles.period_count,
        case when days.before_date is not null then anchors.end_date + 1 else anchors.start_date - 1 end
            as edge_date
    from days
    left join days as anchors
        on
            days.company_id = anchors.company_id
            and coalesce(days.before_date, days.after_date) = anchors.date
    left join styles
        on days.company_id = styles.company_id
    where days.fiscal_period is null

),

shifted as (      -- months that begin on the day on which the next period does

    select
        *,
        case
            when is_after then date - cast(extract(day from edge_date) - 1 as integer)
            else date - cast(extract(day from edge_date + 1) - 1 as integer)
        end as shifted_date,
        case
            when is_after then edge_date - cast(extract(day from edge_date) - 1 as integer)
            else edge_date - cast(extract(day from edge_date + 1) - 1 as integer)
        end as shifted_edge_date
    from anchored

),

counted as (      -- periods from the one that is known: 1 is the next, -1 the one before

    select
        *,
        case
            when period_count = 13 and is_after
                then cast(floor({{ days_between('edge_date', 'date') }} / 28.0) as bigint) + 1
            when period_count = 13
                then -cast(floor({{ days_between('date', 'edge_date') }} / 28.0) as bigint) - 1
            else
                (extract(year from shifted_date) - extract(year from shifted_edge_date)) * 12
                + extract(month from shifted_date) - extract(month from shifted_edge_date)
                + case when is_after then 1 else -1 end
        end as step
    from shifted

),

labelled as (

    select
        company_id,
        date,
        case
            when period_count is null then extract(year from date)
            else fiscal_year + cast(floor((fiscal_period - 1 + step) / cast(period_count as decimal(9, 1))) as bigint)
        end as fiscal_year,
        case
            when period_count is null then extract(month from date)
            else
                fiscal_period + step
                - period_count
                * cast(floor((fiscal_period - 1 + step) / cast(period_count as decimal(9, 1))) as bigint)
        end as fiscal_period
    from counted

)

select
    company_id,
    date,
    cast(fiscal_year as bigint) as fiscal_year,
    cast(fiscal_period as bigint) as fiscal_period,
    min(date) over (partition by company_id, fiscal_year, fiscal_period) as start_date,
    max(date) over (partition by company_id, fiscal_year, fiscal_period) as end_date
from labelled
