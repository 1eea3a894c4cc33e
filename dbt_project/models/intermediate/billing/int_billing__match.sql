with

inferred as (

    select * from {{ ref('int_billing__match_party') }}
    union all
    select * from {{ ref('int_billing__match_sum') }}

),

allocations as (

    select * from {{ ref('int_billing__match_shipment') }}
    union all
    select * from {{ ref('int_billing__match_order') }}
    union all
    select
        inferred.*, invoiced.line_qty, invoiced.line_amount, expected.placed_at, expected.unit_top,
        expected.unit_bottom
    from inferred
    inner join {{ ref('int_billing__match_open') }} as expected
        on inferred.expected_billing_id = expected.line_key
    inner join {{ ref('int_billing__match_open') }} as invoiced
        on
            inferred.company_id = invoiced.company_id
            and inferred.source_system = invoiced.source_system
            and inferred.invoice_id = invoiced.invoice_id
            and inferred.invoice_line = invoiced.invoice_line

),

parts as (      -- where on the invoice line each part lies: its amount is cut by telescoping

    select
        allocations.*,
        sum(matched_qty) over (
            partition by company_id, source_system, invoice_id, invoice_line
            order by placed_at, expected_billing_id
            rows between unbounded preceding and current row
        ) as reaches
    from allocations
    where matched_qty <> line_qty

),

valued as (

    select
        company_id, expected_billing_id, source_system, invoice_id, invoice_line, match_level,
        matched_qty, unit_top, unit_bottom,
        {{ divide_exact('line_amount * reaches', 'line_qty', 4, 10, 6) }}
        - {{ divide_exact('line_amount * (reaches - matched_qty)', 'line_qty', 4, 10, 6) }}
            as matched_amount
    from parts
    union all
    select
        company_id, expected_billing_id, source_system, invoice_id, invoice_line, match_level,
        matched_qty, unit_top, unit_bottom, line_amount
    from allocations
    where matched_qty = line_qty

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
    matched_amount
from valued
