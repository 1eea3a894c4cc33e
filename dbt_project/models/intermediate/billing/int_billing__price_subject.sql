{{ config(materialized='view') }}

-- What a price depends on, line by line: many lines share all of it.
select
    triggers.expected_billing_id,
    triggers.company_id,
    triggers.item_id,
    coalesce(triggers.party_id, '') as party_id,
    coalesce(triggers.price_group, '') as price_group,
    -- ruling D1: the day of the order, or by policy the day on which the goods left
    case when settings.price_on_ship_date = 1 then triggers.ship_date else triggers.order_date end
        as pricing_date,
    coalesce(triggers.currency, triggers.customer_currency, triggers.company_currency) as currency,
    quantities.uom,
    quantities.unit_top,
    quantities.unit_bottom,
    coalesce(order_lines.qty_ordered, quantities.expected_qty) as scale_qty,
    case
        when order_lines.is_tax_inclusive then 'gross'
        when not order_lines.is_tax_inclusive then 'net'
        else ''
    end as price_form
from {{ ref('int_billing__trigger') }} as triggers
inner join {{ ref('int_billing__line_quantity') }} as quantities
    on triggers.expected_billing_id = quantities.expected_billing_id
cross join {{ ref('int_control__billing_setting') }} as settings
left join {{ ref('int_billing__order_line') }} as order_lines
    on
        triggers.company_id = order_lines.company_id
        and triggers.order_id = order_lines.order_id
        and triggers.order_line = order_lines.order_line
where triggers.suppressed_reason is null
