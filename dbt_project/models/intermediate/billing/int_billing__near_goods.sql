-- Goods that an invoice line may be for: those that wait for one, and those whose invoice is known.

with

links as (

    select * from {{ ref('int_billing__hidden_link') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

asked as (      -- in the unit of the order

    select
        states.*,
        links.expected_billing_id is not null as is_hidden,
        case when links.expected_billing_id is null then states.open_qty else states.expected_qty end
            as asked_qty
    from {{ ref('int_billing__billing_state') }} as states
    left join links
        on states.expected_billing_id = links.expected_billing_id
    where
        (states.is_open or links.expected_billing_id is not null)
        and states.suppressed_reason is null

)

select
    asked.company_id,
    asked.expected_billing_id,
    asked.ship_date as date,
    asked.item_id,
    asked.party_id,
    asked.is_hidden,
    {{ divide_exact('asked.asked_qty * asked.unit_top', 'asked.unit_bottom', 6) }} as qty,
    case when asked.is_hidden then '' else coalesce({{ plain_code('asked.order_id') }}, '') end
        as order_code,
    case when asked.is_hidden then '' else coalesce({{ plain_code('asked.customer_po') }}, '') end
        as po_code,
    lower(coalesce(items.description, asked.item_id, '')) as item_text
from asked
left join items
    on
        asked.company_id = items.company_id
        and asked.item_id = items.item_id
