with

entries as (

    select * from {{ ref('int_ledger__open_entry') }}

),

counted as (      -- all entries of a size are equal: as many are left as the residual says

    select
        entries.*,
        row_number() over (
            partition by company_id, tie_group, posting_date, size_amount
            order by
                case when side = 'actual' then 0 else 1 end,
                case when is_manual then 0 else 1 end,
                length(coalesce(journal_line, document_id)) desc,
                coalesce(journal_line, document_id) desc,
                document_line desc,
                length(journal_id) desc,
                journal_id desc
        ) as position
    from entries
    where
        side <> 'known'
        and residual_amount <> 0
        and (difference_amount > 0) = (residual_amount > 0)

),

leftovers as (

    select *
    from counted
    where position * size_amount <= abs(residual_amount)

),

ranked as (

    select
        leftovers.*,
        row_number() over (
            partition by company_id, tie_group, size_amount, difference_amount > 0
            order by posting_date, position
        ) as turn
    from leftovers

),

paired as (      -- the same amount within three days on the other side: late or early, not missing

    select
        ranked.*,
        others.fiscal_year as other_fiscal_year,
        others.fiscal_period as other_fiscal_period,
        -- both halves of a late entry are about the document, whichever half it stands on
        coalesce(ranked.document_kind, others.document_kind) as problem_kind,
        coalesce(ranked.document_id, others.document_id) as problem_id,
        coalesce(ranked.document_line, others.document_line) as problem_line
    from ranked
    left join ranked as others
        on
            ranked.company_id = others.company_id
            and ranked.tie_group = others.tie_group
            and ranked.size_amount = others.size_amount
            and ranked.turn = others.turn
            and (others.difference_amount > 0) <> (ranked.difference_amount > 0)
            and ranked.side <> others.side
            and abs({{ days_between('ranked.posting_date', 'others.posting_date') }}) <= 3

)

select
    company_id,
    tie_group,
    posting_date,
    fiscal_year,
    fiscal_period,
    side,
    account_code,
    location_id,
    difference_amount,
    source_system,
    journal_id,
    journal_line,
    is_manual,
    movement_id,
    document_kind,
    document_id,
    document_line,
    problem_kind,
    problem_id,
    problem_line,
    other_fiscal_year is not null as is_wrong_period
from paired
where
    other_fiscal_year is null
    or other_fiscal_year <> fiscal_year
    or other_fiscal_period <> fiscal_period
