{{ config(materialized='view') }}

with

triggers as (

    select * from {{ ref('int_billing__trigger') }}

),

line_prices as (

    select * from {{ ref('int_billing__line_price') }}

),

order_lines as (

    select * from {{ ref('int_billing__order_line') }}

),

listed_companies as (      -- who sends no prices at all has none to miss

    select company_id from {{ ref('int_billing__price') }}
    group by company_id

),

priced as (

    select
        triggers.expected_billing_id,
        triggers.company_id,
        triggers.charge_amount,
        quantities.uom as expected_uom,
        quantities.expected_qty as triggered_qty,
        quantities.match_qty,
        quantities.shipped_base_qty,
        quantities.unit_top,
        quantities.unit_bottom,
        quantities.is_convertible,
        line_prices.price_id,
        line_prices.price_kind,
        line_prices.price_created_at,
        line_prices.price_count,
        line_prices.lowest as lowest_price,
        line_prices.highest as highest_price,
        order_lines.order_price_source,
        case
            when triggers.charge_amount is not null or triggers.suppressed_reason is not null then null
            when listed_companies.company_id is null then 'not_checked'
            when line_prices.expected_billing_id is null then 'missing'
            else line_prices.price_problem
        end as price_problem,
        case
            when not line_prices.is_tax_inclusive then line_prices.unit_price
            else {{ divide_exact(
                'line_prices.unit_price * coalesce(
                    case when order_lines.gross_amount <> 0 then order_lines.net_amount end,
                    tax_shares.net_amount
                )',
                'coalesce(
                    case when order_lines.gross_amount <> 0 then order_lines.gross_amount end,
                    tax_shares.gross_amount
                )', 8, 12, 4
            ) }}
        end * cast(100 - coalesce(order_lines.discount_pct, 0) as decimal(11, 8)) * 0.01
            as listed_price_doc,
        case when order_lines.uom = quantities.uom then order_lines.order_unit_price_doc end
            as order_unit_price_doc,
        coalesce(
            line_prices.currency, triggers.currency, triggers.customer_currency,
            triggers.company_currency
        ) as currency_doc,
        -- the order's own amount, where all of it left at once: no rounding through a unit price
        case
            when
                order_lines.order_price_source = 'order_net'
                and order_lines.uom = quantities.uom
                and order_lines.qty_ordered = quantities.expected_qty
                then order_lines.net_amount
        end as whole_amount_doc
    from triggers
    left join {{ ref('int_billing__line_quantity') }} as quantities
        on triggers.expected_billing_id = quantities.expected_billing_id
    left join line_prices
        on triggers.expected_billing_id = line_prices.expected_billing_id
    left join order_lines
        on
            triggers.company_id = order_lines.company_id
            and triggers.order_id = order_lines.order_id
            and triggers.order_line = order_lines.order_line
    left join {{ ref('int_billing__tax_share') }} as tax_shares
        on
            triggers.company_id = tax_shares.company_id
            and triggers.party_id = tax_shares.party_id
    left join listed_companies
        on triggers.company_id = listed_companies.company_id

),

chosen as (      -- ruling D24: what no single price holds for is worth what the order says

    select
        priced.*,
        case
            when charge_amount is not null then 'event'
            when price_problem is null and listed_price_doc is not null then 'price_list'
            else 'order'
        end as basis
    from priced

)

select
    expected_billing_id,
    expected_uom,
    triggered_qty,
    match_qty,
    shipped_base_qty,
    unit_top,
    unit_bottom,
    is_convertible,
    price_id,
    price_problem,
    price_count,
    lowest_price,
    highest_price,
    price_created_at,
    currency_doc,
    coalesce(
        case basis
            when 'event' then 'event'
            when 'price_list' then price_kind
            else case when order_unit_price_doc is not null then order_price_source end
        end, 'unpriced'
    ) as price_source,
    case basis
        when 'event' then {{ divide_exact('charge_amount', 'triggered_qty', 8, 4, 6) }}
        when 'price_list' then cast(listed_price_doc as decimal(20, 8))
        else order_unit_price_doc
    end as unit_price_doc,
    case basis
        when 'event' then charge_amount
        when 'price_list' then cast(triggered_qty * listed_price_doc as decimal(18, 4))
        else coalesce(whole_amount_doc, cast(triggered_qty * order_unit_price_doc as decimal(18, 4)))
    end as amount_doc
from chosen
