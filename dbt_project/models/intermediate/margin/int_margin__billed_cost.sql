-- The shares of every invoice line together.
select
    shares.company_id,
    shares.source_system,
    shares.invoice_id,
    shares.invoice_line,
    min(states.channel) as channel,
    min(states.location_id) as location_id,
    min(shares.costing_method) as costing_method,
    cast(sum(shares.cost_amount) as decimal(18, 4)) as cost_amount,
    cast(sum(shares.late_amount) as decimal(18, 4)) as late_amount,
    cast(sum(shares.ledger_amount) as decimal(18, 4)) as ledger_amount,
    cast(sum(shares.freight_amount) as decimal(18, 4)) as freight_amount,
    cast(sum(shares.handling_amount) as decimal(18, 4)) as handling_amount
from {{ ref('int_margin__cost_share') }} as shares
inner join {{ ref('int_billing__billing_state') }} as states
    on
        shares.company_id = states.company_id
        and shares.expected_billing_id = states.expected_billing_id
group by shares.company_id, shares.source_system, shares.invoice_id, shares.invoice_line
