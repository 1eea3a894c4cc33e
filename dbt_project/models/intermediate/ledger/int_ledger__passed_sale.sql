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
    passed.*,
    case
        -- ruling D24: what nobody has priced is trued up to what was billed
        when passed.expected_amount_doc is null
            then {{ minor_unit('nullif(passed.actual_amount, 0)', 'document_units.decimals',
                by='passed.currency_rate', from_scale=4, by_scale=8) }}
        when passed.passed_qty = passed.trigger_qty
            then {{ minor_unit('passed.expected_amount_doc', 'document_units.decimals') }}
        when passed.trigger_qty = 0
            then {{ minor_unit('passed.expected_unit_price_doc * passed.passed_qty', 'document_units.decimals') }}
        else {{ minor_unit('passed.expected_amount_doc * passed.passed_qty', 'document_units.decimals',
            by='passed.trigger_qty', from_scale=10) }}
    end as amount_doc
from passed
left join {{ ref('currency') }} as document_units
    on passed.currency_doc = document_units.currency
