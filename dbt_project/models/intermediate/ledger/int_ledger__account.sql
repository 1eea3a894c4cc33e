with

companies as (

    select * from {{ ref('int_master__company') }}

),

accounts as (

    select * from {{ ref('stg_master__account') }}

),

mastered as (

    select
        companies.company_id,
        accounts.account as account_code,
        accounts.account_name,
        accounts.account_type,
        accounts.account_role,
        coalesce(accounts.is_control, false) as is_control,
        accounts.match_item_class,
        accounts.match_location,
        accounts.parent_account,
        nullif(accounts.fs_caption, '') as fs_caption,
        accounts.valid_from,
        accounts.valid_to,
        row_number() over (
            partition by companies.company_id, accounts.account
            order by
                case when accounts.company_id = '*' then 1 else 0 end,
                case when accounts.valid_to < companies.as_of_date then 1 else 0 end,
                accounts.valid_from desc nulls last,
                accounts.source_system asc
        ) as preference
    from companies
    inner join accounts
        on accounts.company_id in (companies.company_id, '*')

),

seen as (

    select company_id, account_code from mastered
    where preference = 1
    union
    select company_id, account from {{ ref('stg_gl__journal_line') }}
    union
    select company_id, account from {{ ref('stg_gl__balance') }}
    union
    select company_id, account from {{ ref('int_policy__account_role') }}

),

policy_roles as (      -- an account that the policy gives to one role only carries that role

    select company_id, account, min(account_role) as account_role
    from {{ ref('int_policy__account_role') }}
    group by company_id, account
    having count(distinct account_role) = 1

),

with_role as (

    select
        seen.company_id,
        seen.account_code,
        mastered.account_name,
        mastered.account_type,
        coalesce(mastered.account_role, policy_roles.account_role, 'OTHER') as account_role,
        coalesce(mastered.is_control, false) as is_control,
        mastered.match_item_class,
        mastered.match_location,
        mastered.parent_account,
        mastered.fs_caption,
        mastered.valid_from,
        mastered.valid_to,
        mastered.account_code is not null as is_in_master
    from seen
    left join mastered
        on
            seen.company_id = mastered.company_id
            and seen.account_code = mastered.account_code
            and mastered.preference = 1
    left join policy_roles
        on
            seen.company_id = policy_roles.company_id
            and seen.account_code = policy_roles.account

),

captions as (      -- a caption is a group to tie only if one role stands under it

    select company_id, fs_caption
    from with_role
    where fs_caption is not null and account_role <> 'OTHER'
    group by company_id, fs_caption
    having count(distinct account_role) = 1

)

select
    with_role.*,
    case
        when with_role.account_role <> 'OTHER' and captions.fs_caption is not null
            then with_role.fs_caption
        else with_role.account_code
    end as tie_group
from with_role
left join captions
    on
        with_role.company_id = captions.company_id
        and with_role.fs_caption = captions.fs_caption
