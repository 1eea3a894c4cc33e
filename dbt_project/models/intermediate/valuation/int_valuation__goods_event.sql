-- Value events of goods, with what they bring, what they belong to and when they were known. What
-- goes straight from one place of ours to another leaves the one and enters the other.
with

movements as (

    select * from {{ ref('int_valuation__pool_movement') }}

),

-- a row without a time of entry was known when it was delivered; the first delivery tells of the
-- past, which was known before
told as (

    select
        source_system, company_id, movement_id, movement_line,
        coalesce(
            source_updated_at,
            case
                when _delivered_at > min(_delivered_at) over (partition by source_system, company_id)
                    then _delivered_at
            end
        ) as known_at
    from {{ ref('stg_wms__stock_movement') }}

),

jobs as (

    select
        *,
        sum(case when event_kind = 'work_issue' then 1 else 0 end)
            over (partition by company_id, job_id)
        > 0 as is_fed
    from (
        select jobs.*, movements.event_kind
        from {{ ref('int_valuation__job') }} as jobs
        inner join movements
            on
                jobs.company_id = movements.company_id
                and jobs.event_id = movements.event_id
    ) as of_job

),

brought as (

    select company_id, event_id, cost_amount, cost_source
    from {{ ref('int_valuation__arrival_cost') }}
    union all
    select company_id, event_id, cost_amount, cost_source
    from {{ ref('int_valuation__notice_cost') }}

),

linked as (

    select * from {{ ref('int_valuation__linked_event') }}

),

bought_serials as (      -- a number that first shows when goods leave identifies no cost

    select company_id, item_id, serial_number
    from movements
    where serial_number <> '' and event_kind in ('opening', 'receipt', 'work_receipt', 'count_in')
    group by company_id, item_id, serial_number

),

known as (

    select
        movements.*,
        coalesce(linked.linked_event_id, '') as linked_event_id,
        coalesce(jobs.job_id, '') as job_id,
        coalesce(bought_serials.serial_number, movements.lot_number, '') as cost_lot,
        coalesce(movements.recorded_at, told.known_at, movements.event_at) as known_at,
        case
            when movements.event_kind in ('opening', 'receipt') then true
            when movements.event_kind = 'work_receipt' then not coalesce(jobs.is_fed, false)
            -- a count finds pieces at the last known cost (ruling C20); an adjustment may say its own
            when movements.event_kind = 'count_in' then movements.movement_type = 'adjust'
            else false
        end as brings_cost,
        brought.cost_amount,
        brought.cost_source
    from movements
    left join told
        on
            movements.source_system = told.source_system
            and movements.company_id = told.company_id
            and case when movements.recorded_at is null then movements.source_movement_id end = told.movement_id
            and movements.source_movement_line = told.movement_line
    left join linked
        on
            movements.company_id = linked.company_id
            and movements.event_id = linked.event_id
    left join jobs
        on
            movements.company_id = jobs.company_id
            and movements.event_id = jobs.event_id
    left join bought_serials
        on
            movements.company_id = bought_serials.company_id
            and movements.item_id = bought_serials.item_id
            and movements.serial_number = bought_serials.serial_number
    left join brought
        on
            movements.company_id = brought.company_id
            and movements.event_id = brought.event_id

)

select
    company_id, item_id, event_id, movement_id, movement_line, event_code,
    case
        when event_kind = 'transfer' then 'transfer_out'
        -- goods of the group are bought when they are shipped, and only arrive later
        when event_kind = 'transfer_in' and linked_event_id like '%/notice %' then 'arrival'
        else event_kind
    end as event_kind,
    posting_date, event_at,
    case
        when event_kind = 'arrival' then 0
        when event_kind = 'transfer_in' and linked_event_id like '%/notice %' then 0
        else qty_base
    end as qty_base,
    case when brings_cost then cost_amount end as amount,
    case when brings_cost then cost_source end as cost_source,
    linked_event_id, job_id,
    cost_lot as lot_number,
    coalesce(location_id, '') as location_id,
    is_on_the_way, known_at
from known

union all

select
    company_id, item_id, concat(event_id, '/there'), movement_id, movement_line, event_code,
    'transfer_in', posting_date, event_at, qty_base, null, null,
    event_id, job_id,
    cost_lot, coalesce(to_location_id, ''), false, known_at
from known
where event_kind = 'transfer'
