-- What was known of a line when it was ordered, how its billing and its proof of delivery went since,
-- each with the day from which that is known, and which lines still wait for what releases them.

with

run as (

    select * from {{ ref('int_control__run') }}

),

goods as (      -- a line is late the day after it was due, billed or not; on time when it is billed

    select
        lines.company_id,
        lines.expected_billing_id as subject_id,
        'billing_line' as subject_kind,
        lines.order_id,
        lines.order_line,
        lines.shipment_id,
        lines.party_id,
        lines.item_id,
        lines.location_id,
        lines.channel,
        lines.order_type,
        lines.order_date,
        lines.rule_trigger = 'deliver' as needs_proof,
        lines.customer_po is not null as has_po,
        lines.qty_wanted as qty,
        lines.uom,
        lines.expected_unit_price_doc as unit_price_doc,
        lines.currency_doc,
        lines.billing_state = 'not_triggered' as is_waiting,
        case
            when lines.last_invoiced_at is not null then lines.last_invoiced_at > lines.due_by_at
            when lines.due_by_at < run.as_of_at then true
        end as is_late,
        case
            when lines.last_invoiced_at <= lines.due_by_at then cast(lines.last_invoiced_at as date)
            else cast(lines.due_by_at as date)
        end as late_known_date,
        cast(coalesce(lines.promised_delivery_at, lines.left_at) + interval 2 day as date) as proof_date,
        cast(lines.delivered_at as date) as delivered_date,
        run.as_of_at
    from {{ ref('int_billing__billing_state') }} as lines
    cross join run
    where
        lines.rule_trigger in ('ship', 'deliver', 'supplier_ship')
        and lines.suppressed_reason is null and lines.returned_reason is null

),

ordered as (      -- of which nothing has left yet

    select
        open_lines.company_id,
        concat_ws('|', open_lines.order_id, open_lines.order_line) as subject_id,
        open_lines.order_id,
        open_lines.order_line,
        open_lines.party_id,
        open_lines.item_id,
        open_lines.channel,
        open_lines.order_type,
        cast(orders.pricing_at as date) as order_date,
        orders.customer_po is not null as has_po,
        open_lines.qty_ordered - open_lines.qty_cancelled as qty,
        open_lines.uom,
        open_lines.order_unit_price_doc as unit_price_doc,
        open_lines.currency as currency_doc
    from {{ ref('int_receivable__order_line') }} as open_lines
    inner join {{ ref('int_billing__order_line') }} as orders
        on
            open_lines.company_id = orders.company_id
            and open_lines.order_id = orders.order_id
            and open_lines.order_line = orders.order_line
    left join {{ ref('int_billing__billing_state') }} as shipped
        on
            open_lines.company_id = shipped.company_id
            and open_lines.order_id = shipped.order_id
            and open_lines.order_line = shipped.order_line
    where
        shipped.expected_billing_id is null
        and open_lines.qty_ordered > open_lines.qty_cancelled
        and open_lines.order_type in ('standard', 'recurring', 'dropship')

)

select
    goods.company_id, goods.subject_id, goods.subject_kind, goods.order_id, goods.order_line,
    goods.shipment_id, goods.party_id, goods.item_id, goods.location_id, goods.channel,
    goods.order_type, goods.order_date, goods.needs_proof, goods.has_po, goods.qty, goods.uom,
    goods.unit_price_doc, goods.currency_doc, coalesce(charged.charges, '') as charges,
    goods.is_waiting,
    goods.is_late,
    case when goods.is_late is not null then goods.late_known_date end as late_known_date,
    -- a proof that is due says itself late; one that came in time is known when it came
    case
        when not goods.needs_proof then null
        when goods.delivered_date <= goods.proof_date then false
        when goods.proof_date < cast(goods.as_of_at as date) then true
    end as is_proof_late,
    case
        when not goods.needs_proof then null
        when goods.delivered_date <= goods.proof_date then goods.delivered_date
        when goods.proof_date < cast(goods.as_of_at as date) then goods.proof_date
    end as proof_known_date
from goods
left join {{ ref('int_score__charged_shipment') }} as charged
    on
        goods.company_id = charged.company_id
        and goods.shipment_id = charged.shipment_id
union all
select
    company_id, subject_id, 'order_line', order_id, order_line,
    null, party_id, item_id, null, channel,
    order_type, order_date, null, has_po, qty, uom,
    unit_price_doc, currency_doc, null,
    true,
    null, null, null, null
from ordered
