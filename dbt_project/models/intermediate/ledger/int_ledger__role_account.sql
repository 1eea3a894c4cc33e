-- Step 3 of 3: the account of a role for what it is about. The rule that says most about class, place
-- and channel wins; without one the account of the master that alone carries the role. Two that say
-- as much and differ, or none, leave the account empty: nothing is guessed.

with

subjects as (

    select
        legs.company_id,
        legs.posting_date,
        legs.account_role,
        coalesce(items.valuation_class, '') as valuation_class,
        legs.location_id,
        legs.channel,
        -- a proposal needs an account too, and stops nothing where it has none
        sum(case when legs.line_purpose = 'cutoff_adjustment' then 0 else 1 end) as entry_count,
        sum(
            case
                when legs.amount > 0 and legs.line_purpose <> 'cutoff_adjustment' then legs.amount
                else 0
            end
        ) as entry_amount
    from {{ ref('int_ledger__expected_leg') }} as legs
    left join {{ ref('int_master__item') }} as items
        on
            legs.company_id = items.company_id
            and legs.item_id = items.item_id
    group by
        legs.company_id, legs.posting_date, legs.account_role,
        coalesce(items.valuation_class, ''), legs.location_id, legs.channel

),

candidates as (

    select
        company_id, account_role, valuation_class, location_id, channel,
        account as account_code, account as tie_group, valid_from, valid_to, 0 as is_by_master
    from {{ ref('int_policy__account_role') }}
    union all
    select
        company_id, account_role, coalesce(match_item_class, ''), coalesce(match_location, ''), '',
        account_code, tie_group,
        coalesce(valid_from, date '1900-01-01'), coalesce(valid_to, date '9999-12-31'), 1
    from {{ ref('int_ledger__account') }}
    where is_in_master

),

fitting as (

    select
        subjects.*,
        candidates.account_code,
        candidates.tie_group,
        candidates.is_by_master * 10
        + case when candidates.valuation_class = '' then 1 else 0 end
        + case when candidates.location_id = '' then 1 else 0 end
        + case when candidates.channel = '' then 1 else 0 end as vagueness
    from subjects
    left join candidates
        on
            subjects.company_id = candidates.company_id
            and subjects.account_role = candidates.account_role
            and subjects.posting_date between candidates.valid_from and candidates.valid_to
            and candidates.valuation_class in ('', subjects.valuation_class)
            and candidates.location_id in ('', subjects.location_id)
            and candidates.channel in ('', subjects.channel)

),

ranked as (

    select
        *,
        rank() over (
            partition by
                company_id, posting_date, account_role, valuation_class, location_id, channel
            order by vagueness
        ) as place
    from fitting

)

select
    company_id,
    posting_date,
    account_role,
    valuation_class,
    location_id,
    channel,
    case when count(distinct tie_group) = 1 then min(account_code) else '' end as account_code,
    -- accounts of one caption are tied as a group, whichever of them is posted to
    count(distinct tie_group) as candidate_count,
    min(entry_count) as entry_count,
    cast(min(entry_amount) as decimal(18, 4)) as entry_amount,
    min(account_code) as first_account_code,
    max(account_code) as last_account_code
from ranked
where place = 1
group by company_id, posting_date, account_role, valuation_class, location_id, channel
