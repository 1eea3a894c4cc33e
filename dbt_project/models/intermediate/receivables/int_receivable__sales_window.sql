-- Receivables on a day beside the sales of the days before it. A young company is judged by the days
-- it has.

with

sales as (

    select * from {{ ref('int_receivable__sales_day') }}

),

first_sales as (

    select company_id, min(date) as first_date
    from sales
    group by company_id

),

balances as (

    select
        company_id,
        date,
        max(case when is_as_of then 1 else 0 end) as is_as_of,
        sum(open_amount) as open_amount,
        sum(case when due_date >= date then open_amount else 0 end) as current_amount
    from {{ ref('int_receivable__valued_balance') }}
    group by company_id, date

),

windows as (

    select
        balances.*,
        greatest(balances.date - cast(settings.value as integer) + 1, first_sales.first_date)
            as first_date
    from balances
    inner join first_sales
        on balances.company_id = first_sales.company_id
    cross join {{ ref('receivable_setting') }} as settings
    where settings.setting = 'dso_days'

)

select
    windows.company_id,
    windows.date,
    windows.is_as_of = 1 as is_as_of,
    windows.first_date,
    cast({{ days_between('windows.first_date', 'windows.date') }} + 1 as bigint) as window_days,
    cast(windows.open_amount as decimal(18, 4)) as open_amount,
    cast(windows.current_amount as decimal(18, 4)) as current_amount,
    cast(sum(sales.gross_amount) as decimal(18, 4)) as sales_amount,
    cast(sum(sales.net_amount) as decimal(18, 4)) as net_sales_amount
from windows
inner join sales
    on
        windows.company_id = sales.company_id
        and sales.date between windows.first_date and windows.date
group by
    windows.company_id, windows.date, windows.is_as_of, windows.first_date,
    windows.open_amount, windows.current_amount
