with

companies as (

    select * from {{ ref('int_master__company') }}

),

prices as (

    select
        stg_master__price.*,
        -- ruling A11: a row with a later beginning ends the one before
        lead(valid_from) over (
            partition by source_system, company_id, price_id
            order by valid_from
        ) as next_valid_from
    from {{ ref('stg_master__price') }}

),

precedences as (

    select * from {{ ref('price_precedence') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

)

select
    companies.company_id,
    prices.price_id,
    prices.price_kind,
    precedences.precedence,
    case when prices.company_id = '*' then 1 else 0 end as is_general,
    coalesce(prices.source_of_truth, '') as source_of_truth,
    coalesce(item_codes.item_id, prices.item_code) as item_id,
    coalesce(party_codes.party_id, prices.customer_code) as party_id,
    prices.price_group,
    prices.uom,
    -- so many base units one unit of the price holds; null where it does not convert
    case when prices.uom = item_codes.base_uom then 1 else unit_factors.numerator end as unit_top,
    case when prices.uom = item_codes.base_uom then 1 else unit_factors.denominator end
        as unit_bottom,
    prices.currency,
    coalesce(prices.tax_inclusive, false) as is_tax_inclusive,
    coalesce(prices.min_qty, 0) as min_qty,
    prices.valid_from,
    least(
        coalesce(prices.valid_to, date '9999-12-31'),
        coalesce(cast(prices.next_valid_from - interval 1 day as date), date '9999-12-31')
    ) as valid_to,
    prices.created_at,
    cast(
        {{ divide_exact('prices.unit_price', 'coalesce(prices.price_basis_qty, 1)', 8, 8, 6) }}
        * cast(100 - coalesce(prices.discount_pct, 0) as decimal(11, 8)) * 0.01
        as decimal(20, 8)
    ) as unit_price
from companies
inner join prices
    on prices.company_id in (companies.company_id, '*')
inner join precedences
    on prices.price_kind = precedences.price_kind
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
left join unit_factors
    on
        companies.company_id = unit_factors.company_id
        and item_codes.item_id = unit_factors.item_id
        and prices.uom = unit_factors.uom
        and prices.valid_from between unit_factors.valid_from and unit_factors.valid_to
