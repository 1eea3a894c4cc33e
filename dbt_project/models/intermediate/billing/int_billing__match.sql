with

allocations as (

    select * from {{ ref('int_billing__match_shipment') }}
    union all
    select * from {{ ref('int_billing__match_order') }}

),

expected as (

    select * from {{ ref('int_billing__expected_line') }}

),

invoiced as (

    select * from {{ ref('int_billing__invoice_line') }}

),

stretched as (      -- where on the invoice line each part lies: its amount is cut by telescoping

    select
        allocations.*,
        invoiced.match_qty as line_qty,
        invoiced.actual_amount as line_amount,
        expected.unit_top,
        expected.unit_bottom,
        sum(allocations.matched_qty) over (
            partition by
                allocations.company_id, allocations.source_system,
                allocations.invoice_id, allocations.invoice_line
            order by expected.ship_confirm_at, allocations.expected_billing_id
            rows between unbounded preceding and current row
        ) as reaches
    from allocations
    inner join expected
        on expected.expected_billing_id = allocations.expected_billing_id
    inner join invoiced
        on
            invoiced.company_id = allocations.company_id
            and invoiced.source_system = allocations.source_system
            and invoiced.invoice_id = allocations.invoice_id
            and invoiced.invoice_line = allocations.invoice_line

)

select
    company_id,
    expected_billing_id,
    source_system,
    invoice_id,
    invoice_line,
    match_level,
    matched_qty as match_qty,
    case
        when unit_top = unit_bottom then matched_qty
        else {{ divide_exact('matched_qty * unit_bottom', 'unit_top', 6) }}
    end as matched_qty,
    case
        when matched_qty = line_qty then line_amount
        else
            {{ divide_exact('line_amount * reaches', 'line_qty', 4, 10, 6) }}
            - {{ divide_exact('line_amount * (reaches - matched_qty)', 'line_qty', 4, 10, 6) }}
    end as matched_amount
from stretched
