with

subjects as (

    select
        company_id,
        posting_date,
        account_role,
        valuation_class,
        location_id,
        channel,
        sum(amount) as expected_amount,
        count(*) as entry_count,
        sum(case when is_opening then amount else 0 end) as opening_amount,
        sum(case when is_opening then 1 else 0 end) as opening_count
    from {{ ref('int_ledger__expected_posting') }}
    group by company_id, posting_date, account_role, valuation_class, location_id, channel

),

policies as (

    select * from {{ ref('int_policy__account_role') }}

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

by_master as (      -- without a policy row: the account that carries the role, if it is the only one

    select
        company_id,
        account_role,
        coalesce(match_item_class, '') as valuation_class,
        coalesce(match_location, '') as location_id,
        min(account_code) as account_code
    from accounts
    where is_in_master
    group by company_id, account_role, coalesce(match_item_class, ''), coalesce(match_location, '')
    having count(distinct tie_group) = 1

),

candidates as (

    select
        company_id, account_role, valuation_class, location_id, channel,
        account as account_code, valid_from, valid_to, 0 as is_by_master
    from policies
    union all
    select
        company_id, account_role, valuation_class, location_id, '',
        account_code, date '1900-01-01', date '9999-12-31', 1
    from by_master

),

ranked as (      -- the row that says most about the subject wins

    select
        subjects.*,
        candidates.account_code,
        row_number() over (
            partition by
                subjects.company_id, subjects.posting_date, subjects.account_role,
                subjects.valuation_class, subjects.location_id, subjects.channel
            order by
                candidates.is_by_master asc,
                case when candidates.valuation_class = '' then 1 else 0 end
                + case when candidates.location_id = '' then 1 else 0 end
                + case when candidates.channel = '' then 1 else 0 end,
                candidates.valuation_class desc,
                candidates.location_id desc,
                candidates.account_code asc
        ) as preference
    from subjects
    left join candidates
        on
            subjects.company_id = candidates.company_id
            and subjects.account_role = candidates.account_role
            and subjects.posting_date between candidates.valid_from and candidates.valid_to
            and candidates.valuation_class in ('', subjects.valuation_class)
            and candidates.location_id in ('', subjects.location_id)
            and candidates.channel in ('', subjects.channel)

)

select
    ranked.company_id,
    ranked.posting_date,
    ranked.account_role,
    ranked.valuation_class,
    ranked.location_id,
    ranked.channel,
    ranked.expected_amount,
    ranked.entry_count,
    ranked.opening_amount,
    ranked.opening_count,
    coalesce(ranked.account_code, '') as account_code,
    -- a role that no account carries is a group of its own, so that its amount is not lost
    coalesce(accounts.tie_group, 'no account: ' || ranked.account_role) as tie_group
from ranked
left join accounts
    on
        ranked.company_id = accounts.company_id
        and ranked.account_code = accounts.account_code
where ranked.preference = 1
