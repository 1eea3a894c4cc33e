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

    select company_id, invoice_id, min(dispute_id) as dispute_id
    from {{ ref('stg_billing__dispute') }}
    where status in ('open', 'partial') and invoice_id is not null
    group by company_id, invoice_id

),

dunning as (

    select
        company_id,
        invoice_number,
        max(dunning_level) as dunning_level,
        max(case when dispute_flag then 1 else 0 end) as is_flagged
    from {{ ref('stg_gl__ar_open_item') }}
    where invoice_number is not null
    group by company_id, invoice_number

),

aged as (

    select
        receivables.*,
        case when receivables.open_amount = 0 then 0
            else {{ days_between('receivables.due_date', 'companies.as_of_date') }}
        end as days_late
    from receivables
    inner join companies
        on companies.company_id = receivables.company_id

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
    disputes.dispute_id is not null or coalesce(dunning.is_flagged, 0) = 1 as is_on_hold,
    aged.origin,
    run.as_of_at,
    run.watermark_at
from aged
cross join run
left join disputes
    on
        disputes.company_id = aged.company_id
        and disputes.invoice_id = aged.invoice_id
left join dunning
    on
        dunning.company_id = aged.company_id
        and dunning.invoice_number = aged.invoice_number
