with

run as (

    select * from {{ ref('int_control__run') }}

),

transfers as (

    select * from {{ ref('int_stock__transfer') }}

),

steps as (

    select 1 as step_number, 'shipped' as step
    union all
    select 2, 'picked up'
    union all
    select 3, 'arrived'
    union all
    select 4, 'received'

),

ranked as (      -- who scanned goes before who announced

    select
        *,
        row_number() over (
            partition by company_id, transfer_id, item_id, step_number
            order by
                case evidence when 'movement' then 0 when 'carrier' then 1 else 2 end,
                happened_at nulls last, evidence_id
        ) as preference,
        sum(case when evidence = 'movement' then qty_base end) over (
            partition by company_id, transfer_id, item_id, step_number
        ) as moved_qty,
        max(step_number) over (partition by company_id, transfer_id, item_id) as last_step
    from {{ ref('int_stock__transfer_scan') }}

),

last_steps as (

    select company_id, transfer_id, item_id, max(last_step) as last_step
    from ranked
    group by company_id, transfer_id, item_id

)

select
    transfers.company_id,
    transfers.transfer_id,
    transfers.item_id,
    cast(steps.step_number as integer) as step_number,
    steps.step,

    transfers.transfer_line,
    transfers.from_location_id,
    transfers.to_location_id,
    transfers.carrier_code,
    cast(coalesce(ranked.moved_qty, ranked.qty_base) as decimal(18, 6)) as qty_base,

    ranked.happened_at,
    ranked.recorded_at,
    ranked.done_by,
    ranked.scan_method,
    ranked.evidence,
    ranked.evidence_id,
    case
        when ranked.evidence in ('movement', 'carrier') then 'done'
        when ranked.evidence = 'notice' then 'announced'
        -- goods that were seen further on passed here, and nobody said so
        when steps.step_number < coalesce(last_steps.last_step, 0) then 'missing'
        when transfers.overdue_at < run.as_of_at then 'missing'
        when transfers.is_closed then 'missing'
        else 'open'
    end as step_status,
    coalesce(ranked.scan_method in ('barcode', 'rfid'), false) as is_scanned,

    run.as_of_at,
    run.watermark_at
from transfers
cross join steps
cross join run
left join ranked
    on
        transfers.company_id = ranked.company_id
        and transfers.transfer_id = ranked.transfer_id
        and transfers.item_id = ranked.item_id
        and steps.step_number = ranked.step_number
        and ranked.preference = 1
left join last_steps
    on
        transfers.company_id = last_steps.company_id
        and transfers.transfer_id = last_steps.transfer_id
        and transfers.item_id = last_steps.item_id
