-- Count back: the sales of the youngest periods are taken off the receivables until nothing is
-- left; the days of these periods, the last one in part, are the days sales outstanding.

with

balances as (

    select company_id, date, sum(open_amount) as open_amount
    from {{ ref('int_receivable__valued_balance') }}
    group by company_id, date

),

periods as (

    select company_id, period_start_date, period_end_date
    from {{ ref('int_master__calendar_day') }}
    group by company_id, period_start_date, period_end_date

),

sold as (

    select
        balances.company_id,
        balances.date,
        balances.open_amount,
        periods.period_start_date,
        {{ days_between('periods.period_start_date', 'least(periods.period_end_date, balances.date)') }}
        + 1 as days,
        sum(coalesce(sales.gross_amount, 0)) as amount
    from balances
    inner join periods
        on
            balances.company_id = periods.company_id
            and balances.date >= periods.period_start_date
    inner join {{ ref('int_receivable__sales_day') }} as sales
        on
            periods.company_id = sales.company_id
            and sales.date between periods.period_start_date
            and least(periods.period_end_date, balances.date)
    group by
        balances.company_id, balances.date, balances.open_amount, periods.period_start_date,
        periods.period_end_date

),

counted as (

    select
        sold.*,
        sum(amount) over (
            partition by company_id, date
            order by period_start_date desc
            rows between unbounded preceding and current row
        ) as amount_until
    from sold

),

taken as (

    select
        counted.*,
        greatest(least(open_amount - (amount_until - amount), amount), 0) as taken_amount
    from counted
    where amount > 0

)

select
    company_id,
    date,
    cast(
        sum(
            {{ divide_exact(
                'cast(days * taken_amount as decimal(18, 4))', 'cast(amount as decimal(18, 4))', 4, 4, 4
            ) }}
        ) as decimal(18, 4)
    ) as count_back_days,
    cast(sum(taken_amount) as decimal(18, 4)) as explained_amount
from taken
group by company_id, date
