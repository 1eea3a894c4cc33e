with

run as (

    select * from {{ ref('int_control__run') }}

),

lines as (

    select * from {{ ref('int_exception__surplus_line') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

prebilling as (      -- a rule on the calendar lets a customer be billed before the goods leave

    select *
    from {{ ref('int_policy__billing_rule') }}
    where trigger = 'calendar' and charge_type is null

),

allowed as (

    select
        lines.company_id,
        lines.source_system,
        lines.invoice_id,
        lines.invoice_line,
        max(prebilling.due_hours + prebilling.grace_hours) as ahead_hours
    from lines
    inner join prebilling
        on
            lines.company_id = prebilling.company_id
            and lines.invoice_date between prebilling.valid_from and prebilling.valid_to
            and coalesce(prebilling.order_type, lines.order_type) = lines.order_type
            and coalesce(prebilling.channel, lines.channel, '') = coalesce(lines.channel, '')
            and coalesce(prebilling.party_code, lines.customer_code, '')
            in (coalesce(lines.customer_code, ''), coalesce(lines.party_id, ''))
    where lines.line_status <> 'cancelled'
    group by lines.company_id, lines.source_system, lines.invoice_id, lines.invoice_line

)

select
    lines.code,
    lines.company_id,
    concat_ws('|', lines.source_system, lines.invoice_id, lines.invoice_line) as business_key,
    cast(null as varchar) as root_exception_id,
    lines.party_id,
    lines.item_id,
    cast(null as varchar) as location_id,
    lines.order_id,
    lines.order_line,
    lines.shipment_id,
    lines.shipment_line,
    lines.invoice_id,
    lines.invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    lines.created_at as first_event_at,
    lines.created_at as detected_at,
    coalesce(
        case
            when lines.surplus_qty = lines.match_qty then lines.actual_amount
            else {{ divide_exact('lines.actual_amount * lines.surplus_qty', 'lines.match_qty', 4, 10, 6) }}
        end, 0
    ) as exposure_amount,
    'billed amount of the surplus quantity' as exposure_basis,
    'allocation' as rule_id,
    {{ json_text([
        ('billed_qty', 'lines.match_qty'),
        ('shipped_qty', 'lines.used_qty'),
        ('surplus_qty', 'lines.surplus_qty'),
        ('invoice_amount', 'lines.invoice_amount'),
        ('invoice_number', 'lines.invoice_number'),
        ('invoice_date', 'lines.invoice_date'),
        ('order_type', 'lines.order_type'),
        ('order_line_status', 'lines.line_status'),
    ]) }} as evidence
from lines
cross join run
left join items
    on
        lines.company_id = items.company_id
        and lines.item_id = items.item_id
left join allowed
    on
        lines.company_id = allowed.company_id
        and lines.source_system = allowed.source_system
        and lines.invoice_id = allowed.invoice_id
        and lines.invoice_line = allowed.invoice_line
where
    coalesce(items.item_type, 'stock') <> 'service'
    -- these may be billed on another trigger than a shipment of ours; twice is twice all the same
    and (
        lines.code <> 'BILLED_NOT_SHIPPED'
        or coalesce(lines.order_type, 'standard') not in (
            'consignment', 'recurring', 'service', 'dropship', 'bill_hold'
        )
    )
    and (
        lines.code = 'DUP_INVOICE'
        or allowed.ahead_hours is null
        or lines.created_at + cast(allowed.ahead_hours as bigint) * interval 1 hour < run.as_of_at
    )
