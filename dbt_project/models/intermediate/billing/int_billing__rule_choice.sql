with

rules as (      -- charges have their own rules; a rule for goods says when goods are billed

    select
        billing_rules.*,
        parts.part
    from {{ ref('int_policy__billing_rule') }} as billing_rules
    left join {{ ref('shipment_part') }} as parts
        on billing_rules.billing_rule_id = parts.billing_rule_id
    where billing_rules.trigger <> 'charge' and billing_rules.charge_type is null

),

subjects as (

    select
        company_id,
        customer_code,
        coalesce(party_id, '') as party_id,
        pod_required,
        order_type,
        valuation_class,
        delivery_terms,
        channel,
        fires_on,
        part
    from {{ ref('int_billing__line_terms') }}
    group by
        company_id, customer_code, coalesce(party_id, ''), pod_required, order_type,
        valuation_class, delivery_terms, channel, fires_on, part

),

boundaries as (      -- which rule is first can only change when one begins or ends

    select company_id, valid_from as begins_on from rules
    union
    select company_id, cast(valid_to + interval 1 day as date) from rules
    where valid_to < date '9999-12-31'

),

spans as (

    select
        company_id,
        begins_on,
        coalesce(
            cast(
                lead(begins_on) over (partition by company_id order by begins_on)
                - interval 1 day as date
            ),
            date '9999-12-31'
        ) as ends_on
    from boundaries

),

ranked as (

    select
        subjects.*,
        spans.begins_on,
        spans.ends_on,
        rules.billing_rule_id,
        rules.policy_valid_from,
        rules.trigger,
        rules.due_hours,
        rules.clock,
        rules.grace_hours,
        rules.suppress_reason,
        row_number() over (
            partition by
                subjects.company_id, subjects.customer_code, subjects.party_id,
                subjects.pod_required, subjects.order_type, subjects.valuation_class,
                subjects.delivery_terms, subjects.channel, subjects.fires_on, subjects.part,
                spans.begins_on
            order by rules.priority, rules.billing_rule_id
        ) as preference
    from subjects
    inner join spans
        on subjects.company_id = spans.company_id
    inner join rules
        on
            subjects.company_id = rules.company_id
            and spans.begins_on between rules.valid_from and rules.valid_to
            and coalesce(rules.party_code, subjects.customer_code)
            in (subjects.customer_code, subjects.party_id)
            and coalesce(rules.pod_required, subjects.pod_required) = subjects.pod_required
            and coalesce(rules.order_type, subjects.order_type) = subjects.order_type
            and coalesce(rules.valuation_class, subjects.valuation_class) = subjects.valuation_class
            and coalesce(rules.fob_point, subjects.delivery_terms) = subjects.delivery_terms
            and coalesce(rules.channel, subjects.channel) = subjects.channel
            and coalesce(rules.part, subjects.part) = subjects.part
            -- an event takes the rule that waits for it; a shipment any rule but one of the
            -- calendar, which only says how early an invoice may come
            and (
                rules.trigger in (subjects.fires_on, 'never')
                or (subjects.fires_on = 'ship' and rules.trigger <> 'calendar')
            )

)

select * from ranked
where preference = 1
