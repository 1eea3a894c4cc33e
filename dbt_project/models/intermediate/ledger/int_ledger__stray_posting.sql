-- What nobody answers, in a ledger that names documents: not posted yet (inside the time allowed, or
-- waiting in a journal that is not posted while its period is open: ruling E11), missing, entered by
-- hand, or of the system and without a document that we know.

with

lone as (

    select * from {{ ref('int_ledger__lone_posting') }}
    where is_by_document

),

nearby as (

    select * from {{ ref('int_ledger__nearby_posting') }}

),

receipts as (

    select company_id, receipt_id, receipt_line, min(movement_id) as movement_id, min(item_id) as item_id
    from {{ ref('int_ledger__uncapitalised_posting') }}
    group by company_id, receipt_id, receipt_line

),

closed_periods as (

    select company_id, fiscal_year, fiscal_period
    from {{ ref('int_close__period') }}
    where is_closed = 1

),

waiting as (      -- entered and not posted, while the period is open

    select
        lines.company_id,
        coalesce(lines.source_doc_type, '') as doc_kind,
        lines.source_doc_id as doc_id,
        min(lines.journal_id) as journal_id
    from {{ ref('int_ledger__journal_line') }} as lines
    left join closed_periods
        on
            lines.company_id = closed_periods.company_id
            and lines.fiscal_year = closed_periods.fiscal_year
            and lines.fiscal_period = closed_periods.fiscal_period
    where not lines.is_posted and lines.source_doc_id <> '' and closed_periods.company_id is null
    group by lines.company_id, coalesce(lines.source_doc_type, ''), lines.source_doc_id

),

uncosted as (      -- the source itself says that it has not accounted for the movement yet

    select company_id, movement_id
    from {{ ref('stg_wms__stock_movement') }}
    where accounting_status = 'unposted'
    group by company_id, movement_id

),

working_days as (

    select * from {{ ref('int_billing__business_day') }}

)

select
    lone.*,
    receipts.movement_id as receipt_movement_id,
    coalesce(receipts.item_id, lone.item_id) as receipt_item_id,
    waiting.journal_id as waiting_journal_id,
    case
        when nearby_expected.company_id is not null or nearby_actual.company_id is not null
            then case
                when coalesce(nearby_expected.is_wrong_period, nearby_actual.is_wrong_period)
                    then 'WRONG_PERIOD'
                else 'near'
            end
        when begun.posting_date >= lone.posting_date then 'near'
        when agreed.company_id is not null and not lone.is_manual then 'near'
        when lone.side = 'actual' and lone.is_manual then 'MANUAL_JOURNAL'
        when lone.side = 'actual' then 'MISSING_IN_SUBLEDGER'
        when receipts.receipt_id is not null and lone.account_role = 'GRIR' then 'MISSING_IN_GL'
        when receipts.receipt_id is not null then 'RECEIPT_NOT_CAPITALISED'
        when
            waiting.doc_id is not null or uncosted.movement_id is not null
            or today.day_number - posted.day_number <= coalesce(profiles.posting_sla_days, 1)
            then 'TIMING_UNPOSTED'
        else 'MISSING_IN_GL'
    end as item_class,
    coalesce(nearby_expected.journal_id, nearby_actual.journal_id) as nearby_journal_id
from lone
inner join {{ ref('int_master__company') }} as companies
    on lone.company_id = companies.company_id
left join nearby as nearby_expected
    on
        lone.company_id = nearby_expected.company_id
        and case when lone.side = 'expected' then lone.entry_id end = nearby_expected.expected_journal_id
        and lone.entry_line = nearby_expected.expected_line
left join nearby as nearby_actual
    on
        lone.company_id = nearby_actual.company_id
        and lone.source_system = nearby_actual.source_system
        and case when lone.side = 'actual' then lone.entry_id end = nearby_actual.journal_id
        and lone.entry_line = nearby_actual.journal_line
left join {{ ref('int_ledger__agreed_day') }} as agreed
    on
        lone.company_id = agreed.company_id
        and lone.account_code = agreed.account_code
        and lone.location_id = agreed.location_id
        and lone.posting_date = agreed.posting_date
left join {{ ref('int_ledger__opening_entry') }} as begun
    on
        lone.company_id = begun.company_id
        and case when lone.side = 'actual' and lone.doc_id = '' then lone.tie_group end = begun.tie_group
        and lone.location_id = begun.location_id
left join receipts
    on
        lone.company_id = receipts.company_id
        and case
            when lone.side = 'expected' and lone.doc_kind = 'receipt' then lone.doc_id
        end = receipts.receipt_id
        and lone.doc_line = receipts.receipt_line
left join waiting
    on
        lone.company_id = waiting.company_id
        and lone.doc_kind = waiting.doc_kind
        and case when lone.side = 'expected' then lone.doc_id end = waiting.doc_id
left join uncosted
    on
        lone.company_id = uncosted.company_id
        and case when lone.side = 'expected' then lone.movement_id end = uncosted.movement_id
left join working_days as posted
    on
        lone.company_id = posted.company_id
        and lone.posting_date = posted.date
left join working_days as today
    on
        lone.company_id = today.company_id
        and companies.as_of_date = today.date
left join {{ ref('int_policy__posting_profile') }} as profiles
    on
        lone.company_id = profiles.company_id
        and lone.posting_date between profiles.valid_from and profiles.valid_to
