with

run as (

    select * from {{ ref('int_control__run') }}

),

flows as (

    select * from {{ ref('int_stock__feed_flow') }}

),

ledger_basis as (

    select * from {{ ref('int_stock__ledger_basis') }}

),

calendar_days as (

    select * from {{ ref('int_master__calendar_day') }}

),

both_fed as (      -- only a place that sends both kinds of feed can be compared

    select
        company_id,
        location_id
    from flows
    group by company_id, location_id
    having count(distinct feed) = 2

),

per_period as (

    select
        flows.company_id,
        flows.location_id,
        calendar_days.fiscal_year,
        calendar_days.fiscal_period,
        flows.flow,
        ledger_basis.basis as ledger_feed,
        ledger_basis.is_declared,
        cast(sum(case when flows.feed = 'movement' then flows.qty_base else 0 end) as decimal(18, 6))
            as movement_qty,
        cast(sum(case when flows.feed = 'document' then flows.qty_base else 0 end) as decimal(18, 6))
            as document_qty,
        sum(case when flows.feed = 'movement' then 1 else 0 end) > 0 as has_movements,
        sum(case when flows.feed = 'document' then 1 else 0 end) > 0 as has_documents,
        cast(sum(flows.unmeasured_rows) as bigint) as unmeasured_rows
    from flows
    inner join both_fed
        on
            flows.company_id = both_fed.company_id
            and flows.location_id = both_fed.location_id
    inner join ledger_basis
        on
            flows.company_id = ledger_basis.company_id
            and flows.location_id = ledger_basis.location_id
    inner join calendar_days
        on
            flows.company_id = calendar_days.company_id
            and flows.event_date = calendar_days.date
    group by
        flows.company_id, flows.location_id,
        calendar_days.fiscal_year, calendar_days.fiscal_period,
        flows.flow, ledger_basis.basis, ledger_basis.is_declared

)

select
    per_period.company_id,
    per_period.location_id,
    per_period.fiscal_year,
    per_period.fiscal_period,
    per_period.flow,
    per_period.ledger_feed,
    per_period.is_declared,

    per_period.movement_qty,
    per_period.document_qty,
    per_period.document_qty - per_period.movement_qty as difference_qty,
    per_period.unmeasured_rows,
    case
        when not per_period.has_documents then 'no documents'
        when not per_period.has_movements then 'no movements'
        when per_period.unmeasured_rows > 0 then 'not measured'
        when per_period.document_qty = per_period.movement_qty then 'agrees'
        else 'differs'
    end as check_status,

    run.as_of_at,
    run.watermark_at
from per_period
cross join run
