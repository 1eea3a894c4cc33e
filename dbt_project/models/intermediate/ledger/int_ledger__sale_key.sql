-- Under which name a sale and its invoices meet in the ledger: the order line, else the event that
-- sold, else the shipment line. An invoice line takes the name of the delivery with which billing
-- matched it, else its own.

with

sales as (

    select
        expected_billing_id,
        company_id,
        case
            when order_id is not null then concat_ws('|', 'order', order_id, order_line)
            when billable_event_id is not null then concat_ws('|', 'event', billable_event_id)
            else concat_ws('|', 'shipment', shipment_id, shipment_line)
        end as sale_key
    from {{ ref('int_billing__billing_state') }}

),

matched as (

    select
        matches.company_id,
        matches.source_system,
        matches.invoice_id,
        matches.invoice_line,
        min(sales.sale_key) as sale_key
    from {{ ref('int_billing__match') }} as matches
    inner join sales
        on matches.expected_billing_id = sales.expected_billing_id
    group by
        matches.company_id, matches.source_system, matches.invoice_id, matches.invoice_line

)

select
    company_id,
    'sale' as side,
    expected_billing_id as subject_id,
    sale_key
from sales
union all
select
    lines.company_id,
    'invoice',
    concat_ws('|', lines.source_system, lines.invoice_id, lines.invoice_line),
    case
        when matched.sale_key is not null then matched.sale_key
        when lines.order_id is not null then concat_ws('|', 'order', lines.order_id, lines.order_line)
        when lines.billable_event_id is not null then concat_ws('|', 'event', lines.billable_event_id)
    end
from {{ ref('int_billing__invoice_line') }} as lines
left join matched
    on
        lines.company_id = matched.company_id
        and lines.source_system = matched.source_system
        and lines.invoice_id = matched.invoice_id
        and lines.invoice_line = matched.invoice_line
