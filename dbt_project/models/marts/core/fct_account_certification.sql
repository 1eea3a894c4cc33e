with

run as (

    select * from {{ ref('int_control__run') }}

),

statements as (

    select * from {{ ref('fct_gl_tieout') }}

),

severe as (      -- open exceptions of weight behind the items of an account

    select
        items.company_id, items.fiscal_year, items.fiscal_period, items.account_code,
        items.currency, items.location_id, count(*) as severe_count
    from {{ ref('fct_gl_reconciling_item') }} as items
    inner join {{ ref('fct_exception') }} as exceptions
        on items.exception_id = exceptions.exception_id
    where exceptions.severity in ('high', 'critical') and exceptions.status <> 'resolved'
    group by
        items.company_id, items.fiscal_year, items.fiscal_period, items.account_code,
        items.currency, items.location_id

),

judged as (

    select
        statements.*,
        thresholds.threshold_amount,
        coalesce(severe.severe_count, 0) as severe_count,
        signed.prepared_by,
        signed.prepared_at,
        signed.reviewed_by,
        signed.reviewed_at,
        signed.certified_by,
        signed.certified_at,
        signed.signed_hash,
        later.amount as later_amount,
        later.entry_count as later_count,
        later.first_journal_id,
        case
            when coalesce(roles.is_clearing, false) and abs(statements.actual_amount) > coalesce(thresholds.threshold_amount, 0)
                then 'clearing account not at zero'
            when signed.certified_by is not null and not signed.is_segregated
                then 'signed by too few people'
            when signed.certified_by is not null and not signed.is_entitled
                then 'signed without the right to'
            when signed.certified_by is not null and signed.signed_hash <> statements.statement_hash
                then 'decertified'
            when
                signed.certified_by is not null and signed.signed_hash is null
                and later.entry_count > 0
                then 'decertified'
            when signed.certified_by is not null then 'certified'
            when signed.reviewed_by is not null and signed.reviewed_by <> signed.prepared_by
                then 'reviewed'
            when signed.prepared_by is not null then 'prepared'
            when
                statements.status in ('no_ledger', 'no_subledger', 'role_without_account')
                or statements.stopped_because is not null then 'not available'
            when
                abs(statements.group_difference_amount) <= thresholds.threshold_amount
                and statements.group_unexplained_amount = 0
                and coalesce(severe.severe_count, 0) = 0
                then 'certified automatically'
            else 'open'
        end as certification_status
    from statements
    left join {{ ref('int_close__threshold') }} as thresholds
        on
            statements.company_id = thresholds.company_id
            and statements.account_code = thresholds.account_code
    left join {{ ref('account_role') }} as roles
        on statements.account_role = roles.account_role
    left join severe
        on
            statements.company_id = severe.company_id
            and statements.fiscal_year = severe.fiscal_year
            and statements.fiscal_period = severe.fiscal_period
            and statements.account_code = severe.account_code
            and statements.currency = severe.currency
            and statements.location_id = severe.location_id
    left join {{ ref('int_close__signed_account') }} as signed
        on
            statements.company_id = signed.company_id
            and statements.fiscal_year = signed.fiscal_year
            and statements.fiscal_period = signed.fiscal_period
            and statements.account_code = signed.account_code
    left join {{ ref('int_close__later_entry') }} as later
        on
            statements.company_id = later.company_id
            and statements.fiscal_year = later.fiscal_year
            and statements.fiscal_period = later.fiscal_period
            and statements.account_code = later.account_code

)

select
    judged.company_id,
    judged.fiscal_year,
    judged.fiscal_period,
    judged.period_end_date,
    judged.account_code,
    judged.account_role,
    judged.currency,
    judged.location_id,

    judged.status as tie_status,
    judged.group_difference_amount,
    judged.group_unexplained_amount,
    judged.threshold_amount,
    abs(judged.group_difference_amount) <= judged.threshold_amount as is_within_threshold,
    cast(judged.severe_count as bigint) as severe_exception_count,

    judged.certification_status,
    judged.prepared_by,
    judged.prepared_at,
    judged.reviewed_by,
    judged.reviewed_at,
    judged.certified_by,
    judged.certified_at,
    judged.statement_hash,
    judged.signed_hash,
    judged.later_amount as moved_since_signing_amount,
    cast(coalesce(judged.later_count, 0) as bigint) as moved_since_signing_count,
    judged.first_journal_id as first_later_journal_id,

    run.as_of_at,
    run.watermark_at
from judged
cross join run
