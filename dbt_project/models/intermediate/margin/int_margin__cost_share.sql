-- The cost of what each invoice line bills, whenever it bills it: each match takes the part of the
-- cost of its expected line that goes with the quantity, cut by telescoping; what is not matched is
-- left to the line that is not billed yet.
with

stretched as (

    select
        matches.company_id, matches.source_system, matches.invoice_id, matches.invoice_line,
        costs.costing_method, costs.shipped_on,
        costs.cost_amount, costs.late_amount, costs.ledger_amount,
        costs.freight_amount, costs.handling_amount,
        matches.expected_billing_id,
        costs.expected_qty,
        matches.matched_qty,
        sum(matches.matched_qty) over (
            partition by matches.company_id, matches.expected_billing_id
            order by matches.source_system, matches.invoice_id, matches.invoice_line
            rows between unbounded preceding and current row
        ) as reaches
    from {{ ref('int_billing__match') }} as matches
    inner join {{ ref('int_margin__expected_cost') }} as costs
        on
            matches.company_id = costs.company_id
            and matches.expected_billing_id = costs.expected_billing_id

),

shares as (

    select
        *,
        {{ divide_exact('reaches', 'expected_qty', 8) }} as share_to,
        {{ divide_exact('(reaches - matched_qty)', 'expected_qty', 8) }} as share_from
    from stretched

)

select
    company_id, source_system, invoice_id, invoice_line, expected_billing_id,
    costing_method,
    shipped_on,
    cast(round(cost_amount * share_to, 4) - round(cost_amount * share_from, 4) as decimal(18, 4))
        as cost_amount,
    cast(round(late_amount * share_to, 4) - round(late_amount * share_from, 4) as decimal(18, 4))
        as late_amount,
    cast(round(ledger_amount * share_to, 4) - round(ledger_amount * share_from, 4) as decimal(18, 4))
        as ledger_amount,
    cast(round(freight_amount * share_to, 4) - round(freight_amount * share_from, 4) as decimal(18, 4))
        as freight_amount,
    cast(
        round(handling_amount * share_to, 4) - round(handling_amount * share_from, 4) as decimal(18, 4)
    ) as handling_amount
from shares
