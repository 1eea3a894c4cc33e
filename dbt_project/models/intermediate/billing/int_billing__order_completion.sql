-- Orders of customers who take no part invoices: when the last of an order had left, or the rest
-- was given up; null while something is still to come.

with

customers as (

    select company_id, party_id
    from {{ ref('int_billing__customer') }}
    where partial_billing = 'hold_until_complete'

),

order_lines as (

    select order_lines.*
    from {{ ref('int_billing__order_line') }} as order_lines
    inner join customers
        on
            order_lines.company_id = customers.company_id
            and order_lines.party_id = customers.party_id

),

shipped as (

    select
        lines.company_id,
        lines.order_id,
        lines.order_line,
        max(lines.ship_confirm_at) as shipped_at,
        sum(case when lines.uom = lines.ordered_uom then lines.qty_shipped else 0 end) as qty
    from {{ ref('int_billing__billable_line') }} as lines
    inner join customers
        on
            lines.company_id = customers.company_id
            and lines.party_id = customers.party_id
    where lines.event_type is null and lines.order_id is not null
    group by lines.company_id, lines.order_id, lines.order_line

)

select
    order_lines.company_id,
    order_lines.order_id,
    case
        when
            sum(
                case
                    when
                        order_lines.line_status in ('open', 'partial')
                        and coalesce(shipped.qty, 0)
                        < order_lines.qty_ordered - order_lines.qty_cancelled
                        then 1
                    else 0
                end
            ) = 0
            then max(
                coalesce(
                    case
                        when order_lines.line_status = 'cancelled' then order_lines.source_updated_at
                    end,
                    shipped.shipped_at
                )
            )
    end as completed_at
from order_lines
left join shipped
    on
        order_lines.company_id = shipped.company_id
        and order_lines.order_id = shipped.order_id
        and order_lines.order_line = shipped.order_line
group by order_lines.company_id, order_lines.order_id
