-- Landed costs divided over the pieces that bear them: every part gets its whole cents, and the
-- cents left over go one each to the parts that lost most, the first of them where two lost alike.
-- A cent is the smallest unit of the company's currency.
with

weighed as (

    select
        *,
        cast(
            abs(company_amount)
            * case currency_decimals when 0 then 1 when 3 then 1000 when 4 then 10000 else 100 end
            as decimal(16, 0)
        ) as cents,
        cast(sum(weight) over (
            partition by company_id, source_system, landed_cost_id, divided_line
        ) as decimal(20, 6)) as total_weight
    from {{ ref('int_valuation__landed_share') }}

),

nearly as (      -- a quotient of six decimals may be a whole too high, never too low

    select
        *,
        cast(floor({{ divide_exact('cents * weight', 'total_weight', 6) }}) as decimal(16, 0))
            as whole_cents
    from weighed

),

floored as (

    select
        *,
        case
            when cents * weight < whole_cents * total_weight then whole_cents - 1
            else whole_cents
        end as floor_cents
    from nearly

),

ranked as (

    select
        *,
        cents - sum(floor_cents) over (
            partition by company_id, source_system, landed_cost_id, divided_line
        ) as cents_left,
        row_number() over (
            partition by company_id, source_system, landed_cost_id, divided_line
            order by
                cents * weight - floor_cents * total_weight desc,
                length(receipt_line),
                receipt_line,
                receipt_event_id asc
        ) as place
    from floored

)

select
    company_id, source_system, landed_cost_id, replaces_landed_cost_id, component_line, component,
    cost_date, event_at, known_at,
    receipt_event_id, layer_event_id, receipt_line, item_id, location_id, lot_number, qty_base,
    cast(
        (floor_cents + case when place <= cents_left then 1 else 0 end)
        * case when company_amount < 0 then -1 else 1 end
        * case currency_decimals
            when 0 then cast(1 as decimal(5, 4))
            when 3 then cast(0.001 as decimal(5, 4))
            when 4 then cast(0.0001 as decimal(5, 4))
            else cast(0.01 as decimal(5, 4))
        end as decimal(18, 4)
    ) as amount
from ranked
