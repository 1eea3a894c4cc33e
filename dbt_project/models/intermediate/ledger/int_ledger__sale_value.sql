-- Revenue where control passes (E19, E21, E25, E44, E47), in the part that was billed before and the
-- part that is not.

with

turns as (

    select * from {{ ref('int_ledger__sale_turn') }}
    where side = 'sale'

),

shipped as (      -- of a kit the ledger names the part that left on the line

    select company_id, source_system, shipment_id, shipment_line, own_item_id as item_id
    from {{ ref('int_billing__shipped_line') }}
    where kit_item_id is not null

),

sales as (

    select
        billing_states.*,
        coalesce(shipped.item_id, billing_states.item_id) as ledger_item_id,
        turns.sale_key,
        turns.amount,
        turns.amount_doc,
        turns.settled_amount as deferred_amount,
        case billing_states.event_type
            when 'consumption' then 'E44'
            when 'bill_hold' then 'E25'
            when 'dropship_ship' then 'E47'
            else case
                when billing_states.shipment_type = 'dropship' then 'E47'
                when coalesce(billing_states.delivery_terms, '') in ('destination', 'DAP', 'DPU', 'DDP') then 'E21'
                else 'E19'
            end
        end as event_code
    from {{ ref('int_billing__billing_state') }} as billing_states
    inner join turns
        on
            billing_states.company_id = turns.company_id
            and billing_states.expected_billing_id = turns.subject_id
    left join shipped
        on
            billing_states.company_id = shipped.company_id
            and billing_states.source_system = shipped.source_system
            and billing_states.shipment_id = shipped.shipment_id
            and billing_states.shipment_line = shipped.shipment_line

),

reserving as (

    select
        profiles.company_id, profiles.valid_from, profiles.valid_to,
        settings.value as return_percent
    from {{ ref('int_ledger__booking') }} as profiles
    inner join {{ ref('accrual_setting') }} as settings
        on settings.setting = 'expected_return_percent'
    where profiles.has_reserve

),

parts as (

    select sales.*, 'revenue' as part, amount - deferred_amount as part_amount
    from sales
    union all
    select sales.*, 'revenue_deferred', deferred_amount
    from sales
    union all
    select      -- E28: the share of what was sold that is expected back
        sales.*, 'reserved_revenue',
        {{ minor_unit('sales.amount * reserving.return_percent * 0.01', 'companies.currency_decimals') }}
    from sales
    inner join {{ ref('int_master__company') }} as companies
        on sales.company_id = companies.company_id
    inner join reserving
        on
            sales.company_id = reserving.company_id
            and {{ local_date('sales.transferred_at', 'sales.timezone') }}
            between reserving.valid_from and reserving.valid_to
    where sales.event_code in ('E19', 'E21')

)

select
    company_id,
    source_system,
    expected_billing_id,
    case when part = 'reserved_revenue' then 'E28' else event_code end as event_code,
    part,
    case when billable_event_id is null then 'shipment' else 'movement' end as source_doc_type,
    coalesce(billable_event_id, shipment_id) as source_doc_id,
    case when billable_event_id is null then coalesce(shipment_line, '') else '' end
        as source_doc_line,
    {{ local_date('transferred_at', 'timezone') }} as posting_date,
    ledger_item_id as item_id,
    coalesce(location_id, '') as location_id,
    channel,
    party_id,
    cast(part_amount as decimal(18, 4)) as amount,
    case when part = 'revenue' then amount_doc end as amount_doc,
    currency_doc,
    case when part = 'revenue' then match_qty else 0 end as qty,
    shipment_id,
    shipment_line,
    sale_key
from parts
where part_amount <> 0
