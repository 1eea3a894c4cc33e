with

run as (

    select * from {{ ref('int_control__run') }}

),

windows as (

    select * from {{ ref('int_receivable__sales_window') }}

),

billing_lines as (

    select * from {{ ref('fct_expected_billing') }}
    where billing_state <> 'suppressed'

),

unbilled as (      -- shipped or due by the day, and billed later or not yet

    select
        windows.company_id,
        windows.date,
        cast(
            sum(
                case
                    when cast(lines.last_invoiced_at as date) > windows.date
                        then lines.expected_amount
                    else lines.open_amount
                end
            ) as decimal(18, 4)
        ) as unbilled_amount
    from windows
    inner join billing_lines as lines
        on
            windows.company_id = lines.company_id
            and cast(lines.trigger_at as date) <= windows.date
    group by windows.company_id, windows.date

),

invoiced as (      -- days from the trigger to the last invoice, of lines billed in the window

    select
        windows.company_id,
        windows.date,
        cast(sum(lines.actual_amount) as decimal(18, 4)) as billed_amount,
        cast(
            sum(
                lines.actual_amount
                * {{ days_between('cast(lines.trigger_at as date)', 'cast(lines.last_invoiced_at as date)') }}
            ) as decimal(18, 4)
        ) as billed_amount_days
    from windows
    inner join billing_lines as lines
        on
            windows.company_id = lines.company_id
            and cast(lines.last_invoiced_at as date) between windows.first_date and windows.date
    where lines.actual_amount > 0
    group by windows.company_id, windows.date

),

figures as (

    select
        windows.*,
        cast(coalesce(unbilled.unbilled_amount, 0) as decimal(18, 4)) as unbilled_amount,
        {{ divide_exact('invoiced.billed_amount_days', 'invoiced.billed_amount', 4, 4, 4) }}
            as ship_to_invoice_days,
        cast(windows.open_amount * windows.window_days as decimal(18, 4)) as open_days,
        cast(windows.current_amount * windows.window_days as decimal(18, 4)) as current_days,
        cast(
            (windows.open_amount + coalesce(unbilled.unbilled_amount, 0)) * windows.window_days
            as decimal(18, 4)
        ) as cash_days
    from windows
    left join unbilled
        on
            windows.company_id = unbilled.company_id
            and windows.date = unbilled.date
    left join invoiced
        on
            windows.company_id = invoiced.company_id
            and windows.date = invoiced.date

)

select
    figures.company_id,
    figures.date,
    figures.is_as_of,
    companies.currency,
    figures.window_days,
    figures.open_amount,
    figures.current_amount,
    figures.unbilled_amount,
    figures.sales_amount,
    figures.net_sales_amount,

    {{ divide_exact('figures.open_days', 'figures.sales_amount', 4, 4, 4) }} as dso_days,
    count_back.count_back_days as dso_count_back_days,
    {{ divide_exact('figures.current_days', 'figures.sales_amount', 4, 4, 4) }}
        as dso_best_possible_days,
    {{ divide_exact('figures.open_days - figures.current_days', 'figures.sales_amount', 4, 4, 4) }}
        as average_days_delinquent,
    {{ divide_exact('figures.cash_days', 'figures.sales_amount', 4, 4, 4) }} as days_to_cash,
    {{ divide_exact('figures.open_days', 'figures.net_sales_amount', 4, 4, 4) }}
        as dso_net_sales_days,
    figures.ship_to_invoice_days,
    pace.invoice_to_due_days,
    pace.due_to_paid_days,

    run.as_of_at,
    run.watermark_at
from figures
cross join run
inner join {{ ref('int_master__company') }} as companies
    on figures.company_id = companies.company_id
left join {{ ref('int_receivable__count_back') }} as count_back
    on
        figures.company_id = count_back.company_id
        and figures.date = count_back.date
left join {{ ref('int_receivable__payment_pace') }} as pace
    on
        figures.company_id = pace.company_id
        and figures.date = pace.date
