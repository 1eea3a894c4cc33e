with

run as (

    select * from {{ ref('int_control__run') }}

),

applications as (

    select
        applications.*,
        case
            when deduction_amount_doc = 0 then null
            when deduction_reason = 'discount outside terms' then 'terms'
            when routes.reason_code is not null then routes.reason_code
            else 'other'
        end as deduction_class
    from {{ ref('int_cash__application') }} as applications
    left join {{ ref('dispute_route') }} as routes
        on lower(trim(applications.deduction_reason)) = routes.reason_code

)

select
    applications.company_id,
    applications.source_system,
    applications.receipt_id,
    applications.application_line,
    applications.invoice_source_system,
    applications.invoice_id,
    cast(applications.instalment as bigint) as instalment,
    applications.origin,
    applications.rule,
    applications.settled_by,
    applications.settling_document_id,
    applications.invoice_number,
    applications.party_id,

    applications.value_date,
    applications.applied_date,
    applications.discount_date,

    applications.currency,
    cast(applications.applied_amount_doc * applications.rate as decimal(18, 4)) as applied_amount,
    cast(applications.discount_amount_doc * applications.rate as decimal(18, 4)) as discount_amount,
    cast(applications.deduction_amount_doc * applications.rate as decimal(18, 4))
        as deduction_amount,
    cast(applications.write_off_amount_doc * applications.rate as decimal(18, 4))
        as write_off_amount,

    applications.currency_doc,
    applications.applied_amount_doc,
    applications.discount_amount_doc,
    applications.allowed_discount_doc,
    cast(
        applications.discount_amount_doc - applications.allowed_discount_doc as decimal(18, 4)
    ) as disallowed_discount_doc,
    applications.deduction_amount_doc,
    applications.write_off_amount_doc,

    applications.deduction_reason,
    applications.deduction_class,
    owners.owner_role as deduction_owner_role,

    run.as_of_at,
    run.watermark_at
from applications
cross join run
left join {{ ref('dispute_route') }} as owners
    on applications.deduction_class = owners.reason_code
