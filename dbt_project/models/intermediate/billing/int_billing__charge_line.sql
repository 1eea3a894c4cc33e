-- What is to be billed on top of goods: every charge event, and every charge that policy asks of a
-- shipment without an event of its kind (ruling D9: an event replaces the policy's amount).

with

run as (

    select * from {{ ref('int_control__run') }}

),

shipments as (

    select * from {{ ref('int_billing__charged_shipment') }}

),

events as (

    select
        events.*,
        case events.event_type
            when 'freight_charge' then 'freight'
            when 'hazmat' then 'hazmat'
            when 'handling' then 'handling'
            else 'surcharge'
        end as line_kind
    from {{ ref('stg_billing__billable_event') }} as events
    cross join run
    where
        events.event_type in ('freight_charge', 'surcharge', 'handling', 'hazmat', 'min_order_fee')
        and events.event_at <= run.as_of_at

),

asked as (      -- of several rules for one kind of charge the most specific holds

    select
        shipments.company_id,
        shipments.shipment_id,
        rules.charge_rule_id,
        rules.charge_type,
        rules.line_kind,
        rules.basis,
        rules.currency,
        rules.markup_pct,
        case rules.basis
            when 'per_unit' then cast(rules.amount * shipments.qty as decimal(18, 4))
            when 'cost_plus' then null
            else cast(rules.amount as decimal(18, 4))
        end as amount,
        row_number() over (
            partition by shipments.company_id, shipments.shipment_id, rules.charge_type
            order by
                case when rules.party_code is null then 1 else 0 end,
                case when rules.freight_terms is null then 1 else 0 end,
                case when rules.is_hazmat_only then 0 else 1 end,
                rules.charge_rule_id
        ) as preference
    from shipments
    inner join {{ ref('int_policy__charge') }} as rules
        on
            shipments.company_id = rules.company_id
            and shipments.ship_date between rules.valid_from and rules.valid_to
            and coalesce(rules.party_code, shipments.customer_code)
            in (shipments.customer_code, shipments.party_id)
            and coalesce(rules.freight_terms, shipments.freight_terms, '')
            = coalesce(shipments.freight_terms, '')
            and (not rules.is_hazmat_only or shipments.is_hazmat)
    where
        -- a fee for small orders is known only from its event; express costs only who asked for it
        rules.charge_type <> 'min_order'
        and (rules.charge_type <> 'rush' or shipments.is_rush)
        and not (
            rules.charge_type = 'freight'
            and coalesce(shipments.freight_terms, '') in ('collect', 'third_party', 'included')
        )

),

held as (

    select * from asked
    where preference = 1

)

select
    md5(concat_ws('|', events.company_id, events.source_system, 'charge', events.billable_event_id))
        as expected_billing_id,
    'event' as origin,
    events.company_id,
    events.source_system,
    events.shipment_id,
    events.order_id,
    events.billable_event_id,
    events.event_type as charge_type,
    events.line_kind,
    held.charge_rule_id,
    events.customer_code,
    events.event_at,
    events.currency,
    coalesce(events.rated_flag, true) and events.charge_amount is not null as is_rated,
    coalesce(
        events.charge_amount,
        case
            when held.basis = 'cost_plus' or held.basis is null
                then
                    cast(
                        cast(events.cost_amount as decimal(28, 4))
                        * cast(100 + coalesce(held.markup_pct, 0) as decimal(12, 8)) * 0.01
                        as decimal(18, 4)
                    )
            else held.amount
        end
    ) as amount_doc
from events
left join held
    on
        events.company_id = held.company_id
        and events.shipment_id = held.shipment_id
        and events.line_kind = held.line_kind
union all
select
    md5(concat_ws(
        '|', shipments.company_id, shipments.source_system, 'charge', shipments.shipment_id,
        held.charge_type
    )), 'policy', shipments.company_id, shipments.source_system, shipments.shipment_id,
    shipments.order_id, null, held.charge_type, held.line_kind, held.charge_rule_id,
    shipments.customer_code, shipments.ship_confirm_at, held.currency,
    held.amount is not null, held.amount
from held
inner join shipments
    on
        held.company_id = shipments.company_id
        and held.shipment_id = shipments.shipment_id
left join events
    on
        held.company_id = events.company_id
        and held.shipment_id = events.shipment_id
        and held.line_kind = events.line_kind
where events.billable_event_id is null
