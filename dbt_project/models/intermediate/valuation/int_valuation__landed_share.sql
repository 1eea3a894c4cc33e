-- Which pieces bear a landed cost, and with what weight: by value, weight, volume, quantity or share
-- by hand (domain B.4). A base of which nothing is known divides by quantity. Rows by hand that all
-- repeat one amount divide that amount; else each row is what its line bears.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

told as (

    select
        *,
        row_number() over (
            partition by company_id, source_system, landed_cost_id, component
            order by component_line
        ) as place,
        count(*) over by_hand > 1 and count(*) over by_hand = count(manual_share) over by_hand
        and min(amount) over by_hand = max(amount) over by_hand as is_repeated
    from {{ ref('stg_purchasing__landed_cost') }}
    window by_hand as (partition by company_id, source_system, landed_cost_id, component, basis)

),

costs as (

    select
        told.*,
        case
            when told.basis = 'manual' and told.is_repeated then told.component
            else told.component_line
        end as divided_line,
        coalesce(told.source_updated_at, {{ midnight_utc('told.cost_date', 'companies.timezone') }})
            as event_at,
        coalesce(told.source_updated_at, told._delivered_at) as known_at,
        companies.currency_decimals,
        {{ minor_unit('told.amount * case
            when told.currency = coalesce(companies.currency, told.currency) then 1
            else currency_days.rate
        end', 'companies.currency_decimals') }} as company_amount
    from told
    inner join companies
        on
            told.company_id = companies.company_id
            and told.cost_date <= companies.as_of_date
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            told.company_id = currency_days.company_id
            and told.currency = currency_days.from_currency
            and told.cost_date = currency_days.date

),

receipts as (

    select
        receipts.*,
        coalesce(values_in.cost_amount, 0) as value_amount,
        coalesce(items.weight, 0) * receipts.qty_base as weight,
        coalesce(items.volume, 0) * receipts.qty_base as volume
    from {{ ref('int_valuation__receipt_layer') }} as receipts
    left join {{ ref('int_valuation__arrival_cost') }} as values_in
        on
            receipts.company_id = values_in.company_id
            and receipts.event_id = values_in.event_id
    left join {{ ref('int_master__item') }} as items
        on
            receipts.company_id = items.company_id
            and receipts.item_id = items.item_id
    where receipts.layer_event_id is not null

),

borne as (      -- a cost names a receipt or a container, and may name one line of it

    select
        costs.company_id, costs.source_system, costs.landed_cost_id, costs.replaces_landed_cost_id,
        costs.divided_line, costs.component_line, costs.component, costs.cost_date,
        costs.event_at, costs.known_at, costs.company_amount, costs.currency_decimals,
        receipts.event_id as receipt_event_id, receipts.layer_event_id, receipts.receipt_line,
        receipts.item_id, receipts.location_id, receipts.lot_number, receipts.qty_base,
        cast(round(case costs.basis
            when 'value' then receipts.value_amount
            when 'weight' then receipts.weight
            when 'volume' then receipts.volume
            when 'manual' then case when costs.is_repeated then costs.manual_share end
            else receipts.qty_base
        end, 6) as decimal(20, 6)) as share
    from costs
    inner join receipts
        on
            costs.company_id = receipts.company_id
            and (
                costs.receipt_id = receipts.receipt_id
                or (costs.receipt_id is null and costs.inbound_id = receipts.inbound_id)
            )
            and coalesce(costs.receipt_line, receipts.receipt_line, '')
            = coalesce(receipts.receipt_line, '')
    where costs.company_amount is not null

)

select
    *,
    case
        when
            sum(share) over (partition by company_id, source_system, landed_cost_id, divided_line)
            > 0
            then coalesce(share, 0)
        else cast(qty_base as decimal(20, 6))
    end as weight
from borne
