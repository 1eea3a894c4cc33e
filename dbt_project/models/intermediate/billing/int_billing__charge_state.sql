with

run as (

    select * from {{ ref('int_control__run') }}

),

charges as (

    select * from {{ ref('int_billing__charge_line') }}

),

shipments as (

    select * from {{ ref('int_billing__charged_shipment') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

party_codes as (

    select company_id, party_code, min(party_id) as party_id
    from {{ ref('int_master__party_code') }}
    where party_role = 'customer'
    group by company_id, party_code

),

rules as (

    select
        company_id, billing_rule_id, due_hours, grace_hours, valid_from, valid_to,
        row_number() over (partition by company_id, valid_from order by priority, billing_rule_id)
            as place
    from {{ ref('int_policy__billing_rule') }}
    where trigger = 'charge' and party_code is null and charge_type is null

),

matched as (

    select
        matches.expected_billing_id,
        sum(matches.actual_amount) as actual_amount,
        max(invoice_lines.created_at) as last_invoiced_at,
        min(matches.match_level) as match_level
    from {{ ref('int_billing__charge_match') }} as matches
    inner join {{ ref('int_billing__invoice_line') }} as invoice_lines
        on
            matches.company_id = invoice_lines.company_id
            and matches.source_system = invoice_lines.source_system
            and matches.invoice_id = invoice_lines.invoice_id
            and matches.invoice_line = invoice_lines.invoice_line
    group by matches.expected_billing_id

),

valued as (

    select
        charges.*,
        rules.billing_rule_id,
        rules.valid_from as rule_valid_from,
        coalesce(shipments.party_id, party_codes.party_id, charges.customer_code) as party_id,
        shipments.location_id,
        shipments.channel,
        shipments.first_line_id,
        coalesce(shipments.order_id, charges.order_id) as goods_order_id,
        -- a charge is due with its goods, and five days after them at the latest (ruling D11)
        case
            when shipments.shipment_id is null then charges.event_at
            when shipments.first_invoiced_at is not null
                then greatest(shipments.first_invoiced_at, charges.event_at)
        end as trigger_at,
        cast(rules.due_hours as bigint) as due_hours,
        cast(rules.due_hours + rules.grace_hours as bigint) as grace_hours,
        matched.expected_billing_id is not null as is_billed,
        coalesce(matched.actual_amount, 0) as actual_amount,
        matched.last_invoiced_at,
        matched.match_level,
        companies.currency as company_currency,
        case when charges.currency = companies.currency then 1 else currency_days.rate end as rate,
        shipments.shipment_id is not null and shipments.first_invoiced_at is null
            as is_with_unbilled_goods
    from charges
    inner join companies
        on charges.company_id = companies.company_id
    left join shipments
        on
            charges.company_id = shipments.company_id
            and charges.shipment_id = shipments.shipment_id
    left join party_codes
        on
            charges.company_id = party_codes.company_id
            and charges.customer_code = party_codes.party_code
    left join rules
        on
            charges.company_id = rules.company_id
            and cast(charges.event_at as date) between rules.valid_from and rules.valid_to
            and rules.place = 1
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            charges.company_id = currency_days.company_id
            and charges.currency = currency_days.from_currency
            and currency_days.date = cast(charges.event_at as date)
    left join matched
        on charges.expected_billing_id = matched.expected_billing_id

)

select
    valued.*,
    trigger_at + due_hours * interval 1 hour as due_by_at,
    trigger_at + grace_hours * interval 1 hour as grace_until_at,
    cast(amount_doc * rate as decimal(18, 4)) as expected_amount,
    case
        when is_billed then 'billed'
        when not is_rated then 'blocked'
        when trigger_at is null then 'not_triggered'
        when
            coalesce(
                watermarks.invoices_known_until
                < least(trigger_at + due_hours * interval 1 hour, run.as_of_at), true
            ) then 'unknown_waiting_for_data'
        else 'ready'
    end as billing_state
from valued
cross join run
left join {{ ref('int_billing__invoice_watermark') }} as watermarks
    on valued.company_id = watermarks.company_id
