-- How many days invoices ran to their due date, and settlements past it, weighted by amount, in the
-- window that ends on each day.

with

windows as (

    select
        dates.company_id,
        dates.date,
        dates.date - cast(settings.value as integer) + 1 as first_date
    from {{ ref('int_receivable__balance_date') }} as dates
    cross join {{ ref('receivable_setting') }} as settings
    where settings.setting = 'dso_days'

),

documents as (

    select * from {{ ref('int_receivable__document') }}
    where rate is not null and gross_amount_doc > 0 and not is_cancelled

),

paced as (

    select
        windows.company_id,
        windows.date,
        'agreed' as pace,
        documents.gross_amount_doc * documents.rate as amount,
        {{ days_between('documents.invoice_date', 'documents.due_date') }} as days
    from windows
    inner join documents
        on
            windows.company_id = documents.company_id
            and documents.invoice_date between windows.first_date and windows.date
    union all
    select
        windows.company_id,
        windows.date,
        'late',
        settlements.settled_amount_doc * documents.rate,
        {{ days_between('documents.due_date', 'settlements.applied_date') }}
    from windows
    inner join {{ ref('int_billing__settlement') }} as settlements
        on
            windows.company_id = settlements.company_id
            and settlements.settled_by = 'cash'
            and settlements.settled_amount_doc > 0
            and settlements.applied_date between windows.first_date and windows.date
    inner join documents
        on
            settlements.company_id = documents.company_id
            and settlements.source_system = documents.source_system
            and settlements.invoice_id = documents.invoice_id

),

summed as (

    select
        company_id,
        date,
        cast(sum(case when pace = 'agreed' then amount else 0 end) as decimal(18, 4))
            as agreed_amount,
        cast(sum(case when pace = 'agreed' then amount * days else 0 end) as decimal(18, 4))
            as agreed_amount_days,
        cast(sum(case when pace = 'late' then amount else 0 end) as decimal(18, 4)) as paid_amount,
        cast(sum(case when pace = 'late' then amount * days else 0 end) as decimal(18, 4))
            as paid_amount_days
    from paced
    group by company_id, date

)

select
    company_id,
    date,
    {{ divide_exact('agreed_amount_days', 'agreed_amount', 4, 4, 4) }} as invoice_to_due_days,
    {{ divide_exact('paid_amount_days', 'paid_amount', 4, 4, 4) }} as due_to_paid_days
from summed
