with

triggers as (

    select * from {{ ref('int_billing__trigger') }}

),

quantities as (

    select * from {{ ref('int_billing__line_quantity') }}

),

prices as (

    select * from {{ ref('int_billing__price') }}

),

candidates as (

    select
        triggers.company_id,
        triggers.source_system,
        triggers.shipment_id,
        triggers.shipment_line,
        prices.price_id,
        prices.price_kind,
        prices.currency,
        prices.unit_price,
        row_number() over (
            partition by
                triggers.company_id, triggers.source_system, triggers.shipment_id,
                triggers.shipment_line
            order by
                prices.precedence asc,
                prices.is_general asc,
                prices.min_qty desc,
                prices.valid_from desc,
                prices.price_id asc
        ) as preference
    from triggers
    inner join quantities
        on
            triggers.company_id = quantities.company_id
            and triggers.source_system = quantities.source_system
            and triggers.shipment_id = quantities.shipment_id
            and triggers.shipment_line = quantities.shipment_line
    inner join prices
        on
            triggers.company_id = prices.company_id
            and triggers.item_id = prices.item_id
            and prices.uom = quantities.uom
            -- ruling D1: the price of the day on which the order was confirmed
            and cast(coalesce(triggers.pricing_at, triggers.ship_confirm_at) as date)
            between prices.valid_from and prices.valid_to
            and quantities.expected_qty >= prices.min_qty
            and case
                when prices.party_id is not null then triggers.party_id = prices.party_id
                when prices.price_group is not null then triggers.price_group = prices.price_group
                else prices.price_kind = 'list'
            end

)

select
    company_id,
    source_system,
    shipment_id,
    shipment_line,
    price_id,
    price_kind,
    currency,
    unit_price
from candidates
where preference = 1
