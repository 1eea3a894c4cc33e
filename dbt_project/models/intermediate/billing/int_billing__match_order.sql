-- M2: the invoice line names the order line and its item. Parts that a date tells apart are paired
-- already; the rest is allocated first shipped, first billed.

with

dated as (

    select * from {{ ref('int_billing__match_dated') }}

),

paired as (

    select expected_key as line_key from dated
    union all
    select invoiced_key from dated

),

open_sides as (

    select
        sides.*,
        sum(sides.open_qty) over (
            partition by
                sides.company_id, sides.side, sides.order_id, sides.order_line, sides.item_id
            order by sides.placed_at, sides.line_key
            rows between unbounded preceding and current row
        ) as reaches
    from {{ ref('int_billing__match_open') }} as sides
    left join paired
        on sides.line_key = paired.line_key
    where
        sides.order_id is not null
        and sides.order_line is not null
        and paired.line_key is null

)

select
    expected.line_key as expected_billing_id, invoiced.company_id, invoiced.source_system,
    invoiced.invoice_id, invoiced.invoice_line, 'M2' as match_level,
    cast(
        least(expected.reaches, invoiced.reaches)
        - greatest(expected.reaches - expected.open_qty, invoiced.reaches - invoiced.open_qty)
        as decimal(18, 6)
    ) as matched_qty,
    invoiced.line_qty, invoiced.line_amount, expected.placed_at, expected.unit_top,
    expected.unit_bottom
from open_sides as expected
inner join open_sides as invoiced
    on
        expected.company_id = invoiced.company_id
        and expected.order_id = invoiced.order_id
        and expected.order_line = invoiced.order_line
        and expected.item_id = invoiced.item_id
        and invoiced.reaches > expected.reaches - expected.open_qty
        and expected.reaches > invoiced.reaches - invoiced.open_qty
where expected.side = 'expected' and invoiced.side = 'invoiced'
union all
select
    expected.line_key, invoiced.company_id, invoiced.source_system, invoiced.invoice_id,
    invoiced.invoice_line, 'M2', invoiced.open_qty, invoiced.line_qty, invoiced.line_amount,
    expected.placed_at, expected.unit_top, expected.unit_bottom
from dated
inner join {{ ref('int_billing__match_open') }} as expected
    on dated.expected_key = expected.line_key
inner join {{ ref('int_billing__match_open') }} as invoiced
    on dated.invoiced_key = invoiced.line_key
