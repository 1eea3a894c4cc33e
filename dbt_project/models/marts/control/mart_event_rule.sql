-- The map from what happens to what finance makes of it, held against what did happen: an entry in the
-- ledger (seed posting_rule), an invoice line (policy_billing_rule). What a rule says to leave alone
-- has a rule.
with

run as (

    select * from {{ ref('int_control__run') }}

),

posting_rules as (

    select event_code from {{ ref('posting_rule') }}
    group by event_code

),

goods_events as (

    select company_id, event_code, count(*) as rows_told
    from {{ ref('int_stock__move') }}
    where is_main
    group by company_id, event_code

),

billing_events as (

    select
        company_id,
        coalesce(event_type, concat('shipment: ', coalesce(shipment_type, 'sale'))) as event_type,
        count(*) as rows_told,
        sum(case when billing_rule_id is null and suppressed_reason is null then 1 else 0 end)
            as rows_without_rule
    from {{ ref('int_billing__trigger') }}
    group by company_id, coalesce(event_type, concat('shipment: ', coalesce(shipment_type, 'sale')))

),

stacked as (

    select
        goods_events.company_id,
        'journal' as financial_event,
        goods_events.event_code as event_type,
        goods_events.rows_told,
        case
            -- a step inside our places posts nothing, and a reversal what it reverses
            when events.journal like 'none%' or events.journal like 'mirror%' then 0
            when posting_rules.event_code is not null then 0
            else goods_events.rows_told
        end as rows_without_rule,
        'a row for it in posting_rule' as needs
    from goods_events
    left join {{ ref('event') }} as events
        on goods_events.event_code = events.event_code
    left join posting_rules
        on goods_events.event_code = posting_rules.event_code
    union all
    select
        company_id, 'invoice', event_type, rows_told, rows_without_rule,
        'a row for it in policy_billing_rule'
    from billing_events

)

select
    stacked.company_id,
    stacked.financial_event,
    stacked.event_type,
    cast(stacked.rows_told as bigint) as rows_told,
    cast(stacked.rows_without_rule as bigint) as rows_without_rule,
    stacked.rows_without_rule = 0 as is_covered,
    case when stacked.rows_without_rule > 0 then concat('no rule: needs ', stacked.needs) end as gap,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from stacked
cross join run
