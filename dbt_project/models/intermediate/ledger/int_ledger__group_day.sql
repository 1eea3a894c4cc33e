-- Both sides of every tied group, day by day; what was never capitalised is taken out first. The
-- opening stock of a site (E00) may stand in the ledger's opening balance or in a journal: it takes
-- part where that brings the two sides of its day closer together.

with

stacked as (

    select
        company_id, tie_group, posting_date,
        expected_amount, entry_count as expected_count, opening_amount, opening_count,
        0 as actual_amount, 0 as actual_count, 0 as known_amount
    from {{ ref('int_ledger__account_choice') }}
    union all
    select
        company_id, tie_group, posting_date,
        0, 0, 0, 0, actual_amount, 1, 0
    from {{ ref('int_ledger__journal_line') }}
    where is_posted and ledger = ''
    union all
    select
        company_id, tie_group, ledger_date,
        0, -1, 0, 0, 0, 0, expected_amount
    from {{ ref('int_ledger__uncapitalised_posting') }}

),

expected_groups as (

    select company_id, tie_group
    from {{ ref('int_ledger__account_choice') }}
    group by company_id, tie_group

),

summed as (

    select
        stacked.company_id,
        stacked.tie_group,
        stacked.posting_date,
        sum(stacked.expected_amount) as expected_amount,
        sum(stacked.actual_amount) as actual_amount,
        sum(stacked.known_amount) as known_amount,
        sum(stacked.opening_amount) as opening_amount,
        sum(stacked.expected_count) as expected_count,
        sum(stacked.opening_count) as opening_count,
        sum(stacked.actual_count) as actual_count,
        sum(stacked.actual_amount - stacked.expected_amount + stacked.known_amount)
            as full_residual
    from stacked
    inner join expected_groups
        on
            stacked.company_id = expected_groups.company_id
            and stacked.tie_group = expected_groups.tie_group
    group by stacked.company_id, stacked.tie_group, stacked.posting_date

),

judged as (

    select
        summed.*,
        opening_count > 0 and abs(full_residual + opening_amount) <= abs(full_residual)
            as is_opening_apart
    from summed

)

select
    company_id,
    tie_group,
    posting_date,
    is_opening_apart,
    expected_amount - known_amount - case when is_opening_apart then opening_amount else 0 end
        as expected_amount,
    actual_amount,
    expected_count - case when is_opening_apart then opening_count else 0 end as expected_count,
    actual_count,
    full_residual + case when is_opening_apart then opening_amount else 0 end as residual_amount
from judged
