-- What goods of ours on their way are worth: what their receipts brought, and what has not come at
-- the price of its order on the day on which it became ours.
with

notices as (

    select * from {{ ref('int_valuation__pool_movement') }}
    where event_kind = 'receipt' and movement_type = 'notice'

),

arrived as (

    select
        receipts.company_id,
        receipts.layer_event_id,
        sum(receipts.qty_base) as qty_base,
        sum(costs.cost_amount) as cost_amount,
        count(*) - count(costs.cost_amount) as unpriced
    from {{ ref('int_valuation__receipt_layer') }} as receipts
    inner join {{ ref('int_valuation__arrival_cost') }} as costs
        on
            receipts.company_id = costs.company_id
            and receipts.event_id = costs.event_id
    where receipts.event_kind = 'arrival'
    group by receipts.company_id, receipts.layer_event_id

),

documents as (

    select * from {{ ref('int_stock__notice') }}

),

prices as (

    select * from {{ ref('int_valuation__order_price') }}

),

currency_days as (

    select * from {{ ref('int_ledger__currency_day') }}

),

priced as (

    select
        notices.company_id,
        notices.event_id,
        notices.qty_base,
        case when arrived.unpriced = 0 then arrived.qty_base else 0 end as arrived_qty_base,
        case when arrived.unpriced = 0 then arrived.cost_amount else 0 end as arrived_amount,
        companies.currency_decimals,
        {{ minor_unit('prices.unit_price * documents.qty
            * case when prices.is_own_currency then 1 else currency_days.rate end',
            'companies.currency_decimals') }} as noticed_amount,
        documents.qty_base as noticed_qty_base
    from notices
    inner join {{ ref('int_master__company') }} as companies
        on notices.company_id = companies.company_id
    left join documents
        on
            notices.company_id = documents.company_id
            and notices.movement_id = concat(documents.inbound_id, '/', documents.inbound_line)
    left join prices
        on
            documents.company_id = prices.company_id
            and documents.ref_order_id = prices.po_id
            and documents.ref_order_line = prices.po_line
            and documents.uom = prices.uom
    left join currency_days
        on
            prices.company_id = currency_days.company_id
            and prices.currency = currency_days.from_currency
            and notices.posting_date = currency_days.date
    left join arrived
        on
            notices.company_id = arrived.company_id
            and notices.event_id = arrived.layer_event_id

)

select
    company_id,
    event_id,
    qty_base,
    case
        when qty_base <= arrived_qty_base then cast(arrived_amount as decimal(18, 4))
        else cast(
            arrived_amount + {{ minor_unit(
                'noticed_amount * cast(qty_base - arrived_qty_base as decimal(18, 6))',
                'currency_decimals', by='noticed_qty_base', from_scale=10
            ) }} as decimal(18, 4)
        )
    end as cost_amount,
    case when arrived_qty_base > 0 then 'receipt' else 'purchase order' end as cost_source
from priced
