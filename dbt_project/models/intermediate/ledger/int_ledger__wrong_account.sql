-- Same day, same amount, another account: what one group has too much, a group that saw no entry
-- that day has too little. Both sides of the pair are given.

with

open_days as (

    select * from {{ ref('int_ledger__open_day') }}

),

pairs as (

    select
        posted.company_id,
        posted.posting_date,
        posted.fiscal_year,
        posted.fiscal_period,
        posted.tie_group as posted_group,
        expected.tie_group as expected_group,
        posted.residual_amount,
        expected.expected_count,
        row_number() over (
            partition by posted.company_id, posted.posting_date, posted.tie_group
            order by expected.tie_group
        ) as posted_rank,
        row_number() over (
            partition by posted.company_id, posted.posting_date, expected.tie_group
            order by posted.tie_group
        ) as expected_rank
    from open_days as posted
    inner join open_days as expected
        on
            posted.company_id = expected.company_id
            and posted.posting_date = expected.posting_date
            and posted.tie_group <> expected.tie_group
            and expected.residual_amount = -posted.residual_amount
            and expected.actual_count = 0
    where posted.actual_count > 0 and posted.follows_documents

),

lone as (

    select * from {{ ref('int_ledger__lone_posting') }}
    where not is_by_document

),

journals as (      -- the journal and account that hold most of the surplus

    select
        lone.company_id,
        lone.tie_group,
        lone.posting_date,
        lone.account_code,
        lone.entry_id as journal_id,
        row_number() over (
            partition by lone.company_id, lone.tie_group, lone.posting_date
            order by abs(sum(lone.amount)) desc, lone.entry_id, lone.account_code asc
        ) as preference
    from lone
    inner join pairs
        on
            lone.company_id = pairs.company_id
            and lone.tie_group = pairs.posted_group
            and lone.posting_date = pairs.posting_date
    where lone.side = 'actual'
    group by
        lone.company_id, lone.tie_group, lone.posting_date, lone.account_code, lone.entry_id

),

homes as (      -- the account on which the expectation stands

    select
        company_id,
        tie_group,
        posting_date,
        min(account_code) as account_code,
        min(account_role) as account_role
    from lone
    where side = 'expected'
    group by company_id, tie_group, posting_date

)

select
    pairs.company_id,
    pairs.posting_date,
    pairs.fiscal_year,
    pairs.fiscal_period,
    pairs.posted_group,
    pairs.expected_group,
    pairs.residual_amount,
    pairs.expected_count,
    journals.account_code as posted_account_code,
    journals.journal_id,
    homes.account_code as expected_account_code,
    homes.account_role as expected_role
from pairs
inner join journals
    on
        pairs.company_id = journals.company_id
        and pairs.posted_group = journals.tie_group
        and pairs.posting_date = journals.posting_date
        and journals.preference = 1
inner join homes
    on
        pairs.company_id = homes.company_id
        and pairs.expected_group = homes.tie_group
        and pairs.posting_date = homes.posting_date
where pairs.posted_rank = 1 and pairs.expected_rank = 1
