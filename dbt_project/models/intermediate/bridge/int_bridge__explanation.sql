-- How far the known gaps explain what finance holds less or more than we say. Together they may say
-- it all; if not, each counts as far as there is still a difference in its direction, in the order
-- of the steps. Where no extract tells finance's figure, the ledger's silence is the figure.
with

cells as (

    select * from {{ ref('int_bridge__cell') }}

),

steps as (

    select * from {{ ref('bridge_step') }}

),

named_roles as (      -- an extract that names no account is taken to speak of stock in the building

    select
        company_id,
        coalesce(nullif(account_role, ''), 'INV') as account_role,
        max(case when account_role = 'OTHER' then 1 else 0 end) over (
            partition by company_id
        ) as has_unknown_role
    from {{ ref('int_bridge__subledger_line') }}

),

silent_roles as (

    select
        owned.company_id,
        owned.item_id,
        owned.location_id,
        -sum(owned.owned_at_extract_qty) as qty
    from {{ ref('int_bridge__owned_stock') }} as owned
    where
        not exists (
            select 1
            from named_roles
            where
                owned.company_id = named_roles.company_id
                and (
                    owned.account_role = named_roles.account_role
                    or named_roles.has_unknown_role = 1
                )
        )
    group by owned.company_id, owned.item_id, owned.location_id

),

candidates as (

    select
        cells.company_id, cells.item_id, cells.location_id, gaps.step, sum(gaps.qty) as qty
    from {{ ref('int_bridge__known_gap') }} as gaps
    inner join cells
        on
            gaps.company_id = cells.company_id
            and gaps.item_id = cells.item_id
            and gaps.location_id = cells.location_id
            and (cells.extract_date is null or gaps.posting_date <= cells.extract_date)
    -- without an extract nobody knows whether the books took a return back before its credit
    where cells.finance_basis = 'subledger' or gaps.step <> 'return_not_credited'
    group by cells.company_id, cells.item_id, cells.location_id, gaps.step
    union all
    select
        cells.company_id, cells.item_id, cells.location_id, 'not_in_subledger', silent_roles.qty
    from silent_roles
    inner join cells
        on
            silent_roles.company_id = cells.company_id
            and silent_roles.item_id = cells.item_id
            and silent_roles.location_id = cells.location_id
            and cells.finance_basis = 'subledger'

),

measured as (

    select
        candidates.*,
        cells.finance_basis,
        cells.subledger_qty - cells.owned_at_extract_qty as residual_qty,
        sum(candidates.qty) over (
            partition by candidates.company_id, candidates.item_id, candidates.location_id
        ) as all_qty,
        coalesce(
            sum(abs(candidates.qty)) over (
                partition by
                    candidates.company_id, candidates.item_id, candidates.location_id,
                    sign(candidates.qty)
                order by steps.step_number
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as earlier_qty
    from candidates
    inner join cells
        on
            candidates.company_id = cells.company_id
            and candidates.item_id = cells.item_id
            and candidates.location_id = cells.location_id
    inner join steps
        on candidates.step = steps.step

)

select
    company_id,
    item_id,
    location_id,
    step,
    cast(
        case
            when finance_basis <> 'subledger' or all_qty = residual_qty then qty
            when sign(qty) <> sign(residual_qty) then 0
            else sign(qty) * least(abs(qty), greatest(abs(residual_qty) - earlier_qty, 0))
        end as decimal(18, 6)
    ) as qty
from measured
