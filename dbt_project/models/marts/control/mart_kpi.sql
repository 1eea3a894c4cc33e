with

run as (

    select * from {{ ref('int_control__run') }}

),

kpis as (

    select * from {{ ref('kpi') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

figures as (

    select * from {{ ref('fct_kpi_total') }}

),

silent as (      -- a measure that a company has nothing for says so, once, and is not zero

    select companies.company_id, kpis.kpi_code, days.period_start_date, days.period_end_date
    from companies
    cross join kpis
    inner join days
        on
            companies.company_id = days.company_id
            and companies.as_of_date = days.date
    left join (
        select company_id, kpi_code from figures
        group by company_id, kpi_code
    ) as measured
        on
            companies.company_id = measured.company_id
            and kpis.kpi_code = measured.kpi_code
    where measured.kpi_code is null

),

stacked as (

    select
        company_id, kpi_code, period_start_date, period_end_date, dimension, dimension_value,
        numerator, denominator, row_count
    from figures
    union all
    select
        company_id, kpi_code, period_start_date, period_end_date, 'company', '', null, null, 0
    from silent

),

scaled as (

    select
        stacked.*,
        cast(stacked.numerator * kpis.factor as decimal(28, 6)) as scaled,
        concat(
            'company_id = ''', stacked.company_id, ''' and ', kpis.row_filter, ' and ',
            kpis.day_column, ' between date ''', stacked.period_start_date, ''' and date ''',
            stacked.period_end_date, '''',
            case
                when stacked.dimension <> 'company'
                    then concat(
                        ' and ',
                        case stacked.dimension
                            when 'location' then 'location_id'
                            when 'customer' then 'party_id'
                            when 'cause' then kpis.cause_column
                            else stacked.dimension
                        end,
                        ' = ''', replace(stacked.dimension_value, '''', ''''''), ''''
                    )
                else ''
            end
        ) as filter,
        companies.as_of_date > stacked.period_end_date as is_period_over
    from stacked
    inner join kpis
        on stacked.kpi_code = kpis.kpi_code
    inner join companies
        on stacked.company_id = companies.company_id

)

select
    scaled.company_id,
    scaled.kpi_code,
    kpis.kpi_number,
    kpis.kpi_name,
    scaled.period_start_date,
    scaled.period_end_date,
    scaled.is_period_over,
    scaled.dimension,
    scaled.dimension_value,
    scaled.numerator,
    scaled.denominator,
    {{ divide_exact('scaled.scaled', 'scaled.denominator', 4) }} as value,
    kpis.unit,
    case
        when scaled.numerator is null then concat('not available: needs ', kpis.needs)
        when scaled.denominator is null then concat('not known: ', kpis.denominator_name)
        when scaled.denominator = 0 then concat('nothing to divide by: ', kpis.denominator_name, ' is 0')
    end as null_reason,
    scaled.row_count,
    kpis.definition,
    kpis.rows_table,
    scaled.filter,
    concat(
        'select ', kpis.numerator_sql, ' as numerator, ', kpis.denominator_sql,
        ' as denominator from ', kpis.rows_table, ' where ', scaled.filter
    ) as query,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from scaled
inner join kpis
    on scaled.kpi_code = kpis.kpi_code
cross join run
