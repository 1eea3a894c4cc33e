-- MISSED_CHARGE: five days after the goods were billed no invoice carries the charge (ruling D11); a
-- charge whose goods are not billed either is part of theirs (D10). FREIGHT_PENDING: nobody rated it.

with

charges as (

    select * from {{ ref('int_billing__charge_state') }}

),

run as (

    select * from {{ ref('int_control__run') }}

)

select
    case when charges.billing_state = 'blocked' then 'FREIGHT_PENDING' else 'MISSED_CHARGE' end as code,
    charges.company_id,
    charges.expected_billing_id as business_key,
    cast(null as varchar) as root_exception_id,
    charges.party_id,
    cast(null as varchar) as item_id,
    charges.location_id,
    charges.goods_order_id as order_id,
    cast(null as varchar) as order_line,
    charges.shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    charges.event_at as first_event_at,
    case when charges.billing_state = 'blocked' then charges.event_at else charges.grace_until_at end
        as detected_at,
    coalesce(charges.expected_amount, 0) as exposure_amount,
    case
        when charges.expected_amount is null then 'cost not known'
        when charges.origin = 'event' then 'amount of the charge'
        else 'amount of the charge rule'
    end as exposure_basis,
    coalesce(charges.charge_rule_id, charges.billing_rule_id) as rule_id,
    {{ json_text([
        ('charge', 'charges.charge_type'),
        ('billable_event_id', 'charges.billable_event_id'),
        ('charge_rule_id', 'charges.charge_rule_id'),
        ('amount', 'charges.amount_doc'),
        ('currency', 'charges.currency'),
        ('goods_billed_at', 'charges.trigger_at'),
        ('due_by_at', 'charges.due_by_at'),
    ]) }} as evidence
from charges
cross join run
where
    charges.billing_state = 'blocked'
    or (charges.billing_state = 'ready' and charges.grace_until_at < run.as_of_at)
