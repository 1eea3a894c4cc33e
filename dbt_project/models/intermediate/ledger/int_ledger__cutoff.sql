-- Entries of shipments and receipts near the end of a period that stand in another period than the
-- goods. An entry that has its twin in the right period is a second posting and not a cut-off error,
-- and one that is expected when it was posted - a loss on the road, say - is in its place.

with

calendar_days as (      -- business days are counted through, so that a window can be measured

    select
        calendar_days.*,
        sum(case when is_business_day then 1 else 0 end) over (
            partition by company_id
            order by date
            rows between unbounded preceding and current row
        ) as business_day_number
    from {{ ref('int_master__calendar_day') }} as calendar_days

),

dated as (

    select
        entries.*,
        days.first_date,
        days.last_date,
        goods.fiscal_year as goods_year,
        goods.fiscal_period as goods_period,
        goods.period_start_date as goods_start_date,
        goods.period_end_date as goods_end_date,
        goods.business_day_number as goods_day,
        starts.business_day_number as start_day,
        ends.business_day_number as end_day,
        posted.period_end_date as posted_end_date
    from {{ ref('int_ledger__goods_entry') }} as entries
    inner join {{ ref('int_ledger__document_day') }} as days
        on
            entries.company_id = days.company_id
            and entries.source_doc_type = days.document_kind
            and entries.source_doc_id = days.document_id
            and entries.role_kind = days.role_kind
    inner join calendar_days as goods
        on
            days.company_id = goods.company_id
            and days.last_date = goods.date
    inner join calendar_days as starts
        on
            goods.company_id = starts.company_id
            and goods.period_start_date = starts.date
    inner join calendar_days as ends
        on
            goods.company_id = ends.company_id
            and goods.period_end_date = ends.date
    inner join calendar_days as posted
        on
            entries.company_id = posted.company_id
            and entries.posting_date = posted.date

),

right_ones as (

    select
        company_id, source_doc_id, coalesce(source_doc_line, '') as document_line, account_role,
        actual_amount
    from dated
    where posted_end_date = goods_end_date
    group by
        company_id, source_doc_id, coalesce(source_doc_line, ''), account_role, actual_amount

),

expected_ones as (

    select
        lines.company_id, lines.source_doc_type, lines.source_doc_id, lines.account_role,
        lines.expected_amount, days.period_end_date
    from {{ ref('int_ledger__expected_line') }} as lines
    inner join calendar_days as days
        on
            lines.company_id = days.company_id
            and lines.posting_date = days.date
    where lines.line_purpose = 'event'
    group by
        lines.company_id, lines.source_doc_type, lines.source_doc_id, lines.account_role,
        lines.expected_amount, days.period_end_date

)

select
    dated.company_id,
    dated.source_system,
    dated.journal_id,
    dated.source_doc_type as document_kind,
    dated.source_doc_id as document_id,
    min(dated.posting_date) as posting_date,
    min(dated.first_date) as goods_first_date,
    max(dated.last_date) as goods_date,
    min(dated.goods_year) as goods_fiscal_year,
    min(dated.goods_period) as goods_fiscal_period,
    min(dated.goods_end_date) as goods_period_end_date,
    min(dated.posted_end_date) as posted_period_end_date,
    cast(sum(case when dated.actual_amount > 0 then dated.actual_amount else 0 end) as decimal(18, 4))
        as amount,
    cast(
        -sum(
            case when accounts.account_type in ('revenue', 'expense') then dated.actual_amount else 0 end
        ) as decimal(18, 4)
    ) as result_amount
from dated
inner join {{ ref('accrual_setting') }} as settings
    on settings.setting = 'cutoff_days'
left join right_ones
    on
        dated.company_id = right_ones.company_id
        and dated.source_doc_id = right_ones.source_doc_id
        and coalesce(dated.source_doc_line, '') = right_ones.document_line
        and dated.account_role = right_ones.account_role
        and dated.actual_amount = right_ones.actual_amount
left join expected_ones
    on
        dated.company_id = expected_ones.company_id
        and dated.source_doc_type = expected_ones.source_doc_type
        and dated.source_doc_id = expected_ones.source_doc_id
        and dated.account_role = expected_ones.account_role
        and dated.actual_amount = expected_ones.expected_amount
        and dated.posted_end_date = expected_ones.period_end_date
left join {{ ref('int_ledger__account') }} as accounts
    on
        dated.company_id = accounts.company_id
        and dated.account_code = accounts.account_code
where
    dated.posted_end_date <> dated.goods_end_date
    and right_ones.company_id is null
    and expected_ones.company_id is null
    and (
        dated.end_day - dated.goods_day <= settings.value
        or dated.goods_day - dated.start_day <= settings.value
    )
group by
    dated.company_id, dated.source_system, dated.journal_id, dated.source_doc_type,
    dated.source_doc_id
