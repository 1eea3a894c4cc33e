with

companies as (

    select * from {{ ref('int_master__company') }}

),

policy_rows as (

    select 'site' as origin, * from {{ ref('int_policy__site_row') }}
    union all
    select 'default' as origin, * from {{ ref('int_policy__default_row') }}

),

candidates as (      -- a company's own decision, then the site's for all, then what is shipped

    select
        companies.company_id,
        policy_rows.policy_table,
        policy_rows.policy_key,
        policy_rows.policy_id,
        policy_rows.decision,
        policy_rows.origin,
        policy_rows.source_system,
        policy_rows.company_id as owner_company_id,
        policy_rows.valid_from,
        coalesce(policy_rows.valid_to, date '9999-12-31') as valid_to,
        policy_rows.approved_by,
        policy_rows.approved_at,
        policy_rows.note,
        case
            when policy_rows.origin = 'default' then 3
            when policy_rows.company_id = '*' then 2
            else 1
        end as distance
    from companies
    inner join policy_rows
        on policy_rows.company_id in (companies.company_id, '*')

),

boundaries as (      -- what holds can only change on a day on which some candidate begins or ends

    select company_id, policy_table, policy_key, valid_from as begins_on from candidates
    union
    select company_id, policy_table, policy_key, cast(valid_to + interval 1 day as date)
    from candidates
    where valid_to < date '9999-12-31'

),

spans as (

    select
        company_id,
        policy_table,
        policy_key,
        begins_on,
        coalesce(
            cast(
                lead(begins_on) over (
                    partition by company_id, policy_table, policy_key
                    order by begins_on
                ) - interval 1 day as date
            ),
            date '9999-12-31'
        ) as ends_on
    from boundaries

),

ranked as (

    select
        spans.company_id,
        spans.policy_table,
        spans.policy_key,
        spans.begins_on,
        spans.ends_on,
        candidates.policy_id,
        candidates.decision,
        candidates.origin,
        candidates.source_system,
        candidates.owner_company_id,
        candidates.valid_from,
        candidates.approved_by,
        candidates.approved_at,
        candidates.note,
        row_number() over (
            partition by
                spans.company_id, spans.policy_table, spans.policy_key, spans.begins_on
            order by
                candidates.distance asc,
                candidates.valid_from desc,
                candidates.source_system asc,
                candidates.policy_id asc
        ) as preference
    from spans
    inner join candidates
        on
            spans.company_id = candidates.company_id
            and spans.policy_table = candidates.policy_table
            and spans.policy_key = candidates.policy_key
            and spans.begins_on between candidates.valid_from and candidates.valid_to

)

select
    company_id,
    policy_table,
    policy_key,
    policy_id,
    begins_on,
    ends_on,
    decision,
    origin,
    source_system,
    owner_company_id,
    valid_from,
    approved_by,
    approved_at,
    note
from ranked
where preference = 1
