with

run as (

    select * from {{ ref('int_control__run') }}

),

excess as (

    select * from {{ ref('int_planning__excess') }}
    where excess_qty > 0 or is_obsolete

),

items as (

    select * from {{ ref('dim_item') }}

),

companies as (

    select * from {{ ref('dim_company') }}

)

select
    excess.company_id,
    excess.item_id,
    items.item_name,
    excess.location_id,

    excess.held_qty,
    items.base_uom,
    excess.cover_days,
    excess.surplus_cover_days,
    excess.excess_qty,
    excess.last_out_date,
    excess.idle_days,
    excess.is_obsolete,

    excess.unit_cost,
    excess.unit_nrv,
    cast(excess.held_qty * excess.unit_cost as decimal(18, 4)) as held_amount,
    cast(excess.excess_qty * excess.unit_cost as decimal(18, 4)) as excess_amount,
    cast(
        case
            when excess.is_obsolete then excess.held_qty else excess.excess_qty
        end * least(excess.unit_nrv, excess.unit_cost) as decimal(18, 4)
    ) as nrv_amount,
    companies.currency,
    case
        when excess.is_obsolete then 'obsolete: nothing goes out and cover is beyond a year'
        when excess.cover_days is null then 'no demand is expected'
        else 'cover is over the limit of the policy'
    end as reason,

    run.policy_version,
    run.as_of_at,
    run.watermark_at
from excess
inner join items
    on
        excess.company_id = items.company_id
        and excess.item_id = items.item_id
inner join companies
    on excess.company_id = companies.company_id
cross join run
