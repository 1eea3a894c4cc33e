-- Times have no sum that says anything: of every group the middle and the ninth tenth. With an even
-- number of times the middle lies between two, so the median is (lower + upper) / 2. Both are told in
-- seconds, and the denominator turns them into the unit of the measure.
with

times as (

    select
        'invoice_cycle_hours' as measure, company_id, cast(last_invoiced_at as date) as date,
        location_id, party_id, channel, delay_cause as cause, calendar_seconds as seconds,
        3600 as unit_seconds
    from {{ ref('int_billing__delay') }}
    union all
    select
        'invoice_cycle_business_hours', company_id, cast(last_invoiced_at as date),
        location_id, party_id, channel, delay_cause, business_seconds, 3600
    from {{ ref('int_billing__delay') }}
    where business_seconds is not null
    union all
    select
        'dispute_days', company_id, cast(closed_at as date), null, party_id, null, reason_code,
        {{ days_between('cast(opened_at as date)', 'cast(closed_at as date)') }} * 86400
        + {{ local_second('closed_at', "'UTC'") }} - {{ local_second('opened_at', "'UTC'") }},
        86400
    from {{ ref('int_receivable__dispute') }}
    where closed_at >= opened_at

),

placed as (      -- on the fiscal period of the day

    select times.*, days.period_start_date, days.period_end_date
    from times
    inner join {{ ref('int_master__calendar_day') }} as days
        on
            times.company_id = days.company_id
            and times.date = days.date

),

{% set dimensions = {'company': "''", 'location': 'location_id', 'customer': 'party_id', 'channel': 'channel', 'cause': 'cause'} -%}
quantiles as (

    {% for dimension, column in dimensions.items() -%}
        select
            company_id, measure, period_start_date, period_end_date,
            '{{ dimension }}' as dimension, {{ column }} as dimension_value,
            max(unit_seconds) as unit_seconds,
            percentile_disc(0.5) within group (order by seconds asc) as lower_middle,
            percentile_disc(0.5) within group (order by seconds desc) as upper_middle,
            percentile_disc(0.9) within group (order by seconds asc) as ninth_tenth,
            count(*) as row_count
        from placed
        where {{ column }} is not null
        group by company_id, measure, period_start_date, period_end_date, {{ column }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    company_id, measure || '_median' as kpi_code, period_start_date, period_end_date,
    dimension, dimension_value,
    cast(lower_middle + upper_middle as decimal(24, 6)) as numerator,
    cast(2 * unit_seconds as decimal(24, 6)) as denominator,
    cast(row_count as bigint) as row_count
from quantiles
union all
select
    company_id, measure || '_p90', period_start_date, period_end_date,
    dimension, dimension_value,
    cast(ninth_tenth as decimal(24, 6)), cast(unit_seconds as decimal(24, 6)),
    cast(row_count as bigint)
from quantiles
