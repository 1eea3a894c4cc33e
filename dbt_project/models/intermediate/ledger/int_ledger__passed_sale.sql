-- Sales of goods over which control passed, at the price of what it passed over, whatever of it may be
-- billed: what left, where control passes at shipment; what was accepted, where at delivery.

with

passed as (

    select
        *,
        case
            when event_type is not null then trigger_qty
            when coalesce(delivery_terms, '') not in ('destination', 'DAP', 'DPU', 'DDP') then qty_shipped
            when qty_delivered is null or line_qty = 0 then qty_shipped
            -- of a kit the carrier counts parts
            else {{ divide_exact('qty_shipped * qty_delivered', 'line_qty', 6, 12, 6) }}
        end as passed_qty
    from {{ ref('int_billing__billing_state') }}
    where transferred_at is not null and line_kind = 'goods' and suppressed_reason is null

)

select
    *,
    case
        -- ruling D24: what nobody has priced is trued up to what was billed
        when expected_amount_doc is null
            then {{ divide_exact('nullif(actual_amount, 0)', 'currency_rate', 2, 4, 8) }}
        when passed_qty = trigger_qty then round(expected_amount_doc, 2)
        when trigger_qty = 0 then round(expected_unit_price_doc * passed_qty, 2)
        else {{ divide_exact('expected_amount_doc * passed_qty', 'trigger_qty', 2, 10, 6) }}
    end as amount_doc
from passed
