with

allocations as (

    select * from {{ ref('int_billing__match_shipment') }}
    union all
    select * from {{ ref('int_billing__match_order') }}
    union all
    select * from {{ ref('int_billing__match_party') }}
    union all
    select * from {{ ref('int_billing__match_sum') }}

),

expected as (

    select * from {{ ref('int_billing__expected_line') }}

),

invoiced as (

    select * from {{ ref('int_billing__claim') }}

),

stretched as (      -- where on the invoice line each part lies: its amount is cut by telescoping

    select
        allocations.*,
        invoiced.line_qty,
        invoiced.line_amount,
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
        on allocations.expected_billing_id = expected.expected_billing_id
    inner join invoiced
        on
            allocations.company_id = invoiced.company_id
            and allocations.source_system = invoiced.source_system
            and allocations.invoice_id = invoiced.invoice_id
            and allocations.invoice_line = invoiced.invoice_line

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
