-- Was the invoice right? A credit for goods that came back says nothing against it, any other credit
-- or a cancellation does, and so does a dispute that was granted.

with

run as (

    select * from {{ ref('int_control__run') }}

),

documents as (

    select * from {{ ref('int_billing__invoice') }}

),

corrections as (

    select
        company_id, source_system, reference_invoice_id as invoice_id,
        max(case when invoice_type = 'cancellation' then 1 else 0 end) as is_cancelled,
        max(case when invoice_type = 'credit_memo' then 1 else 0 end) as is_credited
    from documents
    cross join run
    where
        (
            invoice_type = 'cancellation'
            or (invoice_type = 'credit_memo' and coalesce(reason_code, '') <> 'return')
        )
        and reference_invoice_id is not null
        and created_at <= run.as_of_at
    group by company_id, source_system, reference_invoice_id

),

disputes as (

    select
        company_id, invoice_id,
        count(*) as dispute_count,
        sum(case when status in ('accepted', 'partial') then 1 else 0 end) as granted_count
    from {{ ref('int_receivable__dispute') }}
    where invoice_id is not null
    group by company_id, invoice_id

)

select
    documents.company_id,
    documents.source_system,
    documents.invoice_id,
    documents.invoice_number,
    documents.invoice_date,
    documents.created_at,
    documents.creation_mode,
    documents.party_id,
    documents.company_currency,
    cast(documents.net_amount * documents.rate as decimal(18, 4)) as net_amount,
    replacements.invoice_id is not null as is_replacement,
    coalesce(corrections.is_cancelled = 1, false) as is_cancelled,
    coalesce(corrections.is_credited = 1, false) as is_credited,
    cast(coalesce(disputes.dispute_count, 0) as bigint) as dispute_count,
    cast(coalesce(disputes.granted_count, 0) as bigint) as granted_dispute_count,
    case
        when corrections.is_cancelled = 1 then 'cancelled'
        when corrections.is_credited = 1 then 'credited'
        when disputes.granted_count > 0 then 'dispute granted'
    end as error_reason
from documents
left join corrections
    on
        documents.company_id = corrections.company_id
        and documents.source_system = corrections.source_system
        and documents.invoice_id = corrections.invoice_id
left join disputes
    on
        documents.company_id = disputes.company_id
        and documents.invoice_id = disputes.invoice_id
left join {{ ref('int_billing__replacement') }} as replacements
    on
        documents.company_id = replacements.company_id
        and documents.source_system = replacements.source_system
        and documents.invoice_id = replacements.invoice_id
where documents.invoice_type = 'invoice'
