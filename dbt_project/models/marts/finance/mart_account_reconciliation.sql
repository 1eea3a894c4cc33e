with

statements as (

    select * from {{ ref('fct_gl_tieout') }}

)

select
    statements.company_id,
    statements.fiscal_year,
    statements.fiscal_period,
    statements.period_end_date,
    statements.account_code,
    statements.account_name,
    statements.account_role,
    statements.currency,
    statements.location_id,

    statements.expected_amount,
    statements.erp_subledger_amount,
    statements.actual_amount,
    statements.difference_amount,
    statements.classified_amount,
    statements.unexplained_amount,
    statements.status as tie_status,
    certifications.threshold_amount,
    certifications.is_within_threshold,
    certifications.severe_exception_count,
    cast(coalesce(items.item_count, 0) as bigint) as item_count,
    cast(coalesce(items.timing_amount, 0) as decimal(18, 4)) as timing_amount,
    cast(coalesce(items.missing_in_gl_amount, 0) as decimal(18, 4)) as missing_in_gl_amount,
    cast(coalesce(items.missing_in_subledger_amount, 0) as decimal(18, 4))
        as missing_in_subledger_amount,
    cast(coalesce(items.wrong_account_amount, 0) as decimal(18, 4)) as wrong_account_amount,
    cast(coalesce(items.wrong_period_amount, 0) as decimal(18, 4)) as wrong_period_amount,
    cast(coalesce(items.duplicate_amount, 0) as decimal(18, 4)) as duplicate_amount,
    cast(coalesce(items.amount_amount, 0) as decimal(18, 4)) as amount_difference_amount,
    cast(coalesce(items.manual_amount, 0) as decimal(18, 4)) as manual_amount,
    cast(coalesce(items.carried_forward_amount, 0) as decimal(18, 4)) as carried_forward_amount,

    certifications.certification_status,
    certifications.prepared_by,
    certifications.prepared_at,
    certifications.reviewed_by,
    certifications.reviewed_at,
    certifications.certified_by,
    certifications.certified_at,
    statements.statement_hash,
    certifications.signed_hash,
    certifications.moved_since_signing_amount,
    certifications.moved_since_signing_count,
    certifications.first_later_journal_id,

    statements.as_of_at,
    statements.watermark_at
from statements
left join {{ ref('int_close__item_class') }} as items
    on
        statements.company_id = items.company_id
        and statements.fiscal_year = items.fiscal_year
        and statements.fiscal_period = items.fiscal_period
        and statements.account_code = items.account_code
        and statements.account_role = items.account_role
        and statements.currency = items.currency
        and statements.location_id = items.location_id
inner join {{ ref('fct_account_certification') }} as certifications
    on
        statements.company_id = certifications.company_id
        and statements.fiscal_year = certifications.fiscal_year
        and statements.fiscal_period = certifications.fiscal_period
        and statements.account_code = certifications.account_code
        and statements.account_role = certifications.account_role
        and statements.currency = certifications.currency
        and statements.location_id = certifications.location_id
