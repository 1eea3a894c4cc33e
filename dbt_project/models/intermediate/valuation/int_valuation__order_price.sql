{{ config(materialized='view') }}

-- What an order line says one unit costs, in the currency of the order.
with

ranked as (

    select
        order_lines.*,
        companies.currency as company_currency,
        row_number() over (
            partition by order_lines.company_id, order_lines.po_id, order_lines.po_line
            order by order_lines.source_system
        ) as preference
    from {{ ref('stg_purchasing__order_line') }} as order_lines
    inner join {{ ref('int_master__company') }} as companies
        on order_lines.company_id = companies.company_id
    where order_lines.status <> 'draft'

)

select
    company_id,
    po_id,
    po_line,
    uom,
    coalesce(currency, company_currency) as currency,
    coalesce(currency = company_currency, true) as is_own_currency,
    {{ divide_exact('unit_price', 'coalesce(price_basis_qty, 1)', 8, from_scale=8) }} as unit_price
from ranked
where preference = 1
