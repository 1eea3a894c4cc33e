-- Lines past their grace that a condition keeps from being billed: ruling D7. The first condition is
-- the problem; what else fails hangs under it.

with

blocks as (

    select * from {{ ref('int_billing__block') }}

),

states as (

    select * from {{ ref('int_billing__billing_state') }}
    where is_overdue and blocked_by is not null

),

holds as (

    select * from {{ ref('int_billing__credit_hold') }}
    where is_on_hold

),

coded as (

    select
        states.*,
        blocks.condition_code,
        blocks.evidence as condition_evidence,
        blocks.place,
        case blocks.condition_code
            when 'RC3' then case states.price_problem when 'overlap' then 'PRICE_OVERLAP' else 'PRICE_MISSING' end
            when 'RC4' then 'PRICE_VARIANCE'
            when 'RC5' then 'TAX_BLOCK'
            -- an order on hold says so itself (ruling D19)
            when 'RC6' then case when holds.order_id is null then 'CREDIT_HOLD' end
            when 'RC9' then 'CUST_COMPLIANCE'
            when 'RC10' then 'MASTER_MISSING'
        end as code,
        concat_ws(
            '|', states.source_system, states.shipment_id, states.shipment_line,
            states.billable_event_id
        ) as business_key
    from states
    inner join blocks
        on states.expected_billing_id = blocks.expected_billing_id
    left join holds
        on
            states.company_id = holds.company_id
            and states.order_id = holds.order_id
            and states.order_line = holds.order_line

),

rooted as (

    select
        coded.*,
        first_value(code) over (
            partition by expected_billing_id
            order by place
            rows between unbounded preceding and unbounded following
        ) as first_code
    from coded
    where code is not null

)

select
    code,
    company_id,
    business_key,
    case when code <> first_code then md5(concat_ws('|', first_code, company_id, business_key)) end
        as root_exception_id,
    party_id,
    item_id,
    location_id,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    trigger_at as first_event_at,
    grace_until_at as detected_at,
    coalesce(open_amount, 0) as exposure_amount,
    case when open_amount is null then 'no price known' else 'amount that cannot be billed' end
        as exposure_basis,
    condition_code as rule_id,
    {{ json_text([
        ('condition', 'condition_code'),
        ('found', 'condition_evidence'),
        ('open_qty', 'open_qty'),
        ('uom', 'uom'),
        ('expected_unit_price', 'expected_unit_price'),
        ('price_source', 'price_source'),
        ('triggered_at', 'trigger_at'),
        ('due_by_at', 'due_by_at'),
    ]) }} as evidence
from rooted
