with

run as (

    select * from {{ ref('int_control__run') }}

),

misses as (

    select * from {{ ref('int_planning__forecast_miss') }}

),

settings as (

    select * from {{ ref('int_planning__setting') }}

),

summed as (

    select
        basis,
        company_id,
        segment,
        volume,
        forecaster,
        count(*) as origins,
        max(lines) as most_lines,
        min(origin_date) as first_origin_date,
        max(origin_date) as last_origin_date,
        cast(sum(demand_qty) as decimal(18, 6)) as demand_qty,
        cast(sum(forecast_qty) as decimal(18, 6)) as forecast_qty,
        cast(sum(forecast_qty - demand_qty) as decimal(18, 6)) as bias_qty,
        cast(sum(absolute_error_qty) as decimal(18, 6)) as absolute_error_qty,
        cast(sum(abs(forecast_qty - demand_qty)) as decimal(18, 6)) as lean_qty
    from misses
    group by basis, company_id, segment, volume, forecaster

),

measured as (      -- all misses to one side give as many deviations as there are origins

    select
        *,
        {{ divide_exact('bias_qty', 'demand_qty', 6) }} as bias,
        {{ divide_exact('absolute_error_qty', 'demand_qty', 6) }} as wape,
        {{ divide_exact(
            'cast(bias_qty * origins as decimal(18, 6))', 'lean_qty', 6
        ) }} as tracking_signal
    from summed

),

judged as (

    select
        measured.*,
        case
            when measured.origins < settings.drift_origins then 'too_few_origins'
            when measured.tracking_signal is null or measured.bias is null then 'no_demand'
            when
                abs(measured.tracking_signal) >= settings.drift_signal
                and abs(measured.bias) * 100 >= settings.drift_bias_pct
                then case when measured.bias > 0 then 'too_high' else 'too_low' end
            else 'in_balance'
        end as finding
    from measured
    cross join settings

)

select
    judged.company_id,
    judged.basis,
    judged.segment,
    judged.volume,
    judged.forecaster,

    judged.origins,
    judged.most_lines,
    judged.first_origin_date,
    judged.last_origin_date,

    judged.demand_qty,
    judged.forecast_qty,
    judged.bias_qty,
    judged.absolute_error_qty,
    judged.bias,
    judged.wape,
    judged.tracking_signal,

    judged.finding,
    judged.finding in ('too_high', 'too_low') as is_drifting,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from judged
cross join run
