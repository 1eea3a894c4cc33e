-- Less than nothing in a place (invariant I2, ruling B5): what is negative as of the run. Goods on
-- the road and on order lie in no place.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

),

changes as (

    select
        company_id, item_id, location_id, stock_state, event_date,
        sum(qty_change) as qty_change,
        min(event_at) as first_event_at
    from {{ ref('int_stock__leg') }}
    where stock_state not like '%TRANSIT%' and stock_state <> 'ON_ORDER'
    group by company_id, item_id, location_id, stock_state, event_date

),

balances as (

    select
        *,
        sum(qty_change) over (
            partition by company_id, item_id, location_id, stock_state
            order by event_date
            rows between unbounded preceding and current row
        ) as qty_base,
        lead(event_date) over (
            partition by company_id, item_id, location_id, stock_state order by event_date
        ) as next_date
    from changes

),

judged as (      -- of days before the run, the ones that ended below zero

    select
        balances.company_id,
        balances.item_id,
        balances.location_id,
        balances.stock_state,
        cast(sum(case when balances.next_date is null then balances.qty_base else 0 end) as decimal(18, 6))
            as qty_base,
        sum(
            case
                when balances.qty_base < 0
                    then {{ days_between(
                        'balances.event_date',
                        'coalesce(balances.next_date, companies.as_of_date + 1)'
                    ) }}
                else 0
            end
        ) as negative_days,
        max(
            case
                when balances.qty_base < 0 and balances.qty_base - balances.qty_change >= 0
                    then balances.first_event_at
            end
        ) as negative_since
    from balances
    inner join companies
        on balances.company_id = companies.company_id
    group by
        balances.company_id, balances.item_id, balances.location_id, balances.stock_state

)

select
    'NEG_STOCK' as code,
    judged.company_id,
    concat_ws('|', judged.item_id, judged.location_id, judged.stock_state) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    judged.item_id,
    judged.location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    judged.negative_since as first_event_at,
    judged.negative_since as detected_at,
    coalesce(round(-judged.qty_base * item_costs.unit_cost, 4), 0) as exposure_amount,
    case
        when item_costs.unit_cost is null then 'no cost known'
        else 'missing quantity at cost'
    end as exposure_basis,
    'no state below zero' as rule_id,
    {{ json_text([
        ('stock_state', 'judged.stock_state'),
        ('qty', 'judged.qty_base'),
        ('negative_days', 'judged.negative_days'),
        ('unit_cost', 'item_costs.unit_cost'),
    ]) }} as evidence
from judged
left join item_costs
    on
        judged.company_id = item_costs.company_id
        and judged.item_id = item_costs.item_id
where judged.qty_base < 0
