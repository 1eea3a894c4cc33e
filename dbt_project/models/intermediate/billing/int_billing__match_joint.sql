-- What the references of documents leave open, laid end to end along an axis of quantity: one axis
-- for each side, customer, item and for each order or shipment that an invoice line may mean.

with

matched as (

    select expected_billing_id, company_id, source_system, invoice_id, invoice_line, matched_qty
    from {{ ref('int_billing__match_order') }}
    union all
    select expected_billing_id, company_id, source_system, invoice_id, invoice_line, matched_qty
    from {{ ref('int_billing__match_party') }}

),

used as (

    select expected_billing_id as line_key, sum(matched_qty) as qty
    from matched
    group by expected_billing_id
    union all
    select concat_ws('|', company_id, invoice_id, invoice_line, source_system), sum(matched_qty)
    from matched
    group by company_id, invoice_id, invoice_line, source_system

),

sides as (

    select
        open_sides.*,
        days.day_number,
        cast(open_sides.open_qty - coalesce(used.qty, 0) as decimal(18, 6)) as qty
    from {{ ref('int_billing__match_open') }} as open_sides
    inner join {{ ref('int_billing__business_day') }} as days
        on
            open_sides.company_id = days.company_id
            and open_sides.date = days.date
    left join used
        on open_sides.line_key = used.line_key
    where
        open_sides.open_qty > coalesce(used.qty, 0)
        and open_sides.party_id is not null
        and open_sides.item_id is not null
        and (side = 'expected' or order_id is null or order_line is null)

),

named as (      -- who names an order or a shipment means no other; who names none may mean any

    select sides.*, coalesce(shipment_id, order_id, '') as reference
    from sides
    where side = 'invoiced'
    union all
    select sides.*, ''
    from sides
    where side = 'expected'
    union all
    select sides.*, order_id
    from sides
    where side = 'expected' and order_id is not null
    union all
    select sides.*, shipment_id
    from sides
    where side = 'expected' and shipment_id is not null and shipment_id <> coalesce(order_id, '')

)

select
    named.company_id,
    named.side,
    named.line_key,
    named.source_system,
    named.invoice_id,
    named.invoice_line,
    named.party_id,
    named.item_id,
    named.reference,
    named.date,
    named.day_number,
    named.qty,
    named.own_qty_abs,
    named.own_qty_pct,
    row_number() over axis as place,
    cast(sum(named.qty) over axis as decimal(18, 6)) as reaches
from named
window axis as (
    partition by
        named.company_id, named.side, named.party_id, named.item_id, named.reference
    order by named.date, named.placed_at, named.line_key
    rows between unbounded preceding and current row
)
