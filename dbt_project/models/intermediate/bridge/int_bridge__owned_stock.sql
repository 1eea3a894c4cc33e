-- What we say is on our balance sheet at each place, by the account it sits in: now, and by the
-- postings up to the day that finance's extract shows.
with

moves as (

    select * from {{ ref('int_stock__move') }}

),

states as (

    select * from {{ ref('stock_state') }}
    where is_valued

),

places as (

    select * from {{ ref('int_bridge__place') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

profiles as (

    select * from {{ ref('int_ledger__booking') }}

),

issue_roles as (

    select * from {{ ref('int_ledger__issue_role') }}

),

sides as (

    select
        company_id, item_id, to_location_id as location_id, to_state as stock_state,
        posting_date, qty_base as qty_change
    from moves
    where to_location_id is not null and coalesce(to_owner, company_id) = company_id
    union all
    select
        company_id, item_id, from_location_id, from_state,
        posting_date, -qty_base
    from moves
    where from_location_id is not null and coalesce(from_owner, company_id) = company_id

),

accounted as (

    select
        sides.*,
        places.extract_date,
        case
            when profiles.waits_for_put_away and states.interim_account_role is not null
                then states.interim_account_role
            -- a ledger that lets goods go at issue has no pieces on the road, out or refused
            when
                states.stock_state in ('IN_TRANSIT_OUT', 'RETURN_TRANSIT')
                and issue_roles.issue_role <> 'INV_TRANSIT'
                then 'COGS'
            -- without a reserve goods are stock again as soon as they are here (E28, E29); what a
            -- customer refused is on its way and not yet
            when
                states.account_role = 'RETURN_ASSET' and states.is_physical
                and not coalesce(profiles.has_reserve, false)
                then 'INV'
            else states.account_role
        end as account_role
    from sides
    inner join states
        on sides.stock_state = states.stock_state
    inner join places
        on
            sides.company_id = places.company_id
            and sides.location_id = places.location_id
    inner join companies
        on sides.company_id = companies.company_id
    left join profiles
        on
            sides.company_id = profiles.company_id
            and companies.as_of_date between profiles.valid_from and profiles.valid_to
    left join issue_roles
        on
            sides.company_id = issue_roles.company_id
            and companies.as_of_date between issue_roles.valid_from and issue_roles.valid_to

)

select
    company_id,
    item_id,
    location_id,
    account_role,
    cast(sum(qty_change) as decimal(18, 6)) as owned_qty,
    cast(
        sum(case when coalesce(posting_date > extract_date, false) then 0 else qty_change end)
        as decimal(18, 6)
    ) as owned_at_extract_qty
from accounted
group by company_id, item_id, location_id, account_role
