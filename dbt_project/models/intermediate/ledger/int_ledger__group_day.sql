-- Both sides of every tied group, day by day, of ledgers that name no documents; what was never
-- capitalised is taken out first. What an account begins with (E00) may stand in the ledger's opening
-- balance or in a journal: it takes part where that brings the two sides of its day closer together.

with

stacked as (

    select
        company_id, tie_group, posting_date,
        amount as expected_amount, 1 as expected_count, 0 as opening_amount, 0 as opening_count,
        0 as actual_amount, 0 as actual_count, 0 as known_amount, answered_count
    from {{ ref('int_ledger__lone_posting') }}
    where not is_by_document and side = 'expected'
    union all
    select
        company_id, tie_group, posting_date,
        0, 0, 0, 0, amount, 1, 0, answered_count
    from {{ ref('int_ledger__lone_posting') }}
    where not is_by_document and side = 'actual'
    union all
    select
        company_id, tie_group, posting_date,
        expected_amount - ledger_amount, 1, expected_amount - ledger_amount, 1, 0, 0, 0, 0
    from {{ ref('int_ledger__opening') }}
    where expected_amount <> ledger_amount and posting_date is not null
    union all
    select
        company_id, tie_group, ledger_date,
        0, -1, 0, 0, 0, 0, expected_amount, 0
    from {{ ref('int_ledger__uncapitalised_posting') }}
    where not is_by_document

),

summed as (

    select
        company_id,
        tie_group,
        posting_date,
        sum(expected_amount) as expected_amount,
        sum(actual_amount) as actual_amount,
        sum(known_amount) as known_amount,
        sum(opening_amount) as opening_amount,
        sum(expected_count) as expected_count,
        sum(opening_count) as opening_count,
        sum(actual_count) as actual_count,
        max(answered_count) as answered_count,
        sum(actual_amount - expected_amount + known_amount) as full_residual
    from stacked
    group by company_id, tie_group, posting_date

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
    opening_count,
    expected_amount - known_amount - case when is_opening_apart then opening_amount else 0 end
        as expected_amount,
    actual_amount,
    expected_count - case when is_opening_apart then opening_count else 0 end as expected_count,
    actual_count,
    answered_count,
    full_residual + case when is_opening_apart then opening_amount else 0 end as residual_amount
from judged
