with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

receivables as (

    select * from {{ ref('int_billing__receivable') }}

),

disputes as (

    select * from {{ ref('int_billing__open_dispute') }}

),

dunning as (

    select * from {{ ref('int_ledger__dunning_mark') }}

),

aged as (

    select
        receivables.*,
        case
            when receivables.open_amount = 0 then 0
            else {{ days_between('receivables.due_date', 'companies.as_of_date') }}
        end as days_late
    from receivables
    inner join companies
        on receivables.company_id = companies.company_id

)

select
    aged.company_id,
    aged.source_system,
    aged.invoice_id,
    aged.invoice_number,
    aged.document_type,
    aged.party_id,
    aged.invoice_date,
    aged.due_date,
    aged.currency,
    aged.original_amount,
    aged.open_amount,
    aged.currency_doc,
    aged.open_amount_doc,
    cast(greatest(aged.days_late, 0) as bigint) as days_past_due,
    case
        when aged.days_late <= 0 then 'current'
        when aged.days_late <= 30 then '1-30'
        when aged.days_late <= 60 then '31-60'
        when aged.days_late <= 90 then '61-90'
        when aged.days_late <= 120 then '91-120'
        else 'over 120'
    end as age_bucket,
    dunning.dunning_level,
    disputes.dispute_id,
    disputes.dispute_id is not null or coalesce(dunning.is_disputed, false) as is_on_hold,
    aged.origin,
    run.as_of_at,
    run.watermark_at
from aged
cross join run
left join disputes
    on
        aged.company_id = disputes.company_id
        and aged.invoice_id = disputes.invoice_id
left join dunning
    on
        aged.company_id = dunning.company_id
        and aged.invoice_number = dunning.invoice_number
