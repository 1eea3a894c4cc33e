with

run as (

    select * from {{ ref('int_control__run') }}

),

balances as (

    select * from {{ ref('int_stock__position') }}
    where qty_base <> 0

),

states as (

    select * from {{ ref('stock_state') }}

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

),

held_values as (

    select * from {{ ref('int_valuation__held_value') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

profiles as (

    select * from {{ ref('int_policy__posting_profile') }}

),

judged as (      -- what is not ours is on the floor and not in the books

    select
        balances.*,
        states.is_physical,
        states.is_pickable,
        states.is_sellable_now,
        states.is_valued and balances.owner_id = balances.company_id as is_valued,
        companies.stock_watermark_at,
        case
            when profiles.interim_receipts and states.interim_account_role is not null
                then states.interim_account_role
            -- without a reserve goods are stock again as soon as they are here (ruling E13)
            when
                states.account_role = 'RETURN_ASSET' and states.is_physical
                and not coalesce(profiles.returns_reserve, false)
                then 'INV'
            else states.account_role
        end as state_account_role
    from balances
    inner join states
        on balances.stock_state = states.stock_state
    left join companies
        on balances.company_id = companies.company_id
    left join profiles
        on
            balances.company_id = profiles.company_id
            and companies.as_of_date between profiles.valid_from and profiles.valid_to

)

select
    judged.company_id,
    judged.item_id,
    judged.location_id,
    judged.lot_number,
    judged.stock_state,
    judged.owner_id,
    case when judged.is_valued then judged.state_account_role end as account_role,
    judged.is_physical,
    judged.is_pickable,
    judged.is_sellable_now,
    judged.is_valued,

    judged.qty_base,
    item_costs.unit_cost,
    case
        when not judged.is_valued then cast(0 as decimal(18, 4))
        else held_values.value_amount
    end as value_amount,
    item_costs.cost_basis,

    judged.first_event_at,
    judged.last_event_at,
    run.as_of_at,
    coalesce(judged.stock_watermark_at, run.watermark_at) as watermark_at
from judged
left join held_values
    on
        judged.company_id = held_values.company_id
        and case when judged.is_valued then judged.item_id end = held_values.item_id
        and judged.location_id = held_values.location_id
        and judged.lot_number = held_values.lot_number
        and judged.stock_state = held_values.stock_state
left join item_costs
    on
        judged.company_id = item_costs.company_id
        and judged.item_id = item_costs.item_id
cross join run
