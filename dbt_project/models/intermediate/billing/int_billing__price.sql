with

companies as (

    select * from {{ ref('int_master__company') }}

),

prices as (

    select * from {{ ref('stg_master__price') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

)

select
    companies.company_id,
    prices.price_id,
    prices.price_kind,
    case prices.price_kind
        when 'contract' then 1
        when 'customer' then 2
        when 'group' then 3
        else 4
    end as precedence,
    case when prices.company_id = '*' then 1 else 0 end as is_general,
    coalesce(item_codes.item_id, prices.item_code) as item_id,
    coalesce(party_codes.party_id, prices.customer_code) as party_id,
    prices.price_group,
    prices.uom,
    prices.currency,
    coalesce(prices.min_qty, 0) as min_qty,
    prices.valid_from,
    coalesce(prices.valid_to, date '9999-12-31') as valid_to,
    cast(
        {{ divide_exact('prices.unit_price', 'coalesce(prices.price_basis_qty, 1)', 8, 8, 6) }}
        * cast(100 - coalesce(prices.discount_pct, 0) as decimal(11, 8)) * 0.01
        as decimal(20, 8)
    ) as unit_price
from companies
inner join prices
    on
        prices.company_id in (companies.company_id, '*')
        and prices.price_kind in ('contract', 'customer', 'group', 'list')
        and not coalesce(prices.tax_inclusive, false)
left join item_codes
    on
        prices.source_system = item_codes.source_system
        and prices.company_id = item_codes.company_id
        and prices.item_code = item_codes.item_code
left join party_codes
    on
        prices.source_system = party_codes.source_system
        and prices.company_id = party_codes.company_id
        and prices.customer_code = party_codes.party_code
        and party_codes.party_role = 'customer'
