-- What lies at each place that sells, by what it can do for a customer.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_availability__setting') }}

),

lying as (

    select
        company_id,
        item_id,
        location_id,
        sum(case when stock_state = 'ON_HAND' then qty_change else 0 end) as on_hand_qty,
        sum(case when stock_state = 'RESERVED' then qty_change else 0 end) as reserved_qty,
        sum(case when stock_state in ('PICKED', 'PACKED') then qty_change else 0 end)
            as picked_qty,
        sum(case when stock_state = 'CONSIGN_IN' then qty_change else 0 end) as consigned_in_qty,
        sum(case when stock_state = 'RECEIVED' then qty_change else 0 end) as received_qty,
        sum(case when stock_state = 'QC_HOLD' then qty_change else 0 end) as qc_hold_qty,
        max(case when stock_state = 'QC_HOLD' and qty_change > 0 then event_date end)
            as qc_hold_date
    from {{ ref('int_stock__leg') }}
    where
        stock_state in (
            'ON_HAND', 'RESERVED', 'PICKED', 'PACKED', 'CONSIGN_IN', 'RECEIVED', 'QC_HOLD'
        )
    group by company_id, item_id, location_id

),

reserved as (

    select
        company_id,
        item_id,
        location_id,
        sum(reserved_qty) as reserved_qty
    from {{ ref('int_availability__reservation') }}
    group by company_id, item_id, location_id

),

away as (      -- left by the papers and never taken out of the book: nobody can promise it

    select
        company_id,
        item_id,
        from_location_id as location_id,
        sum(qty_expected) as away_qty
    from {{ ref('int_stock__transfer') }}
    where out_qty = 0 and in_qty = 0 and has_papers and is_sender_watched
    group by company_id, item_id, from_location_id

),

known as (      -- what documents reserve and no movement put aside still lies among the free pieces

    select
        lying.*,
        greatest(
            coalesce(reserved.reserved_qty, 0)
            - greatest(lying.reserved_qty + lying.picked_qty, 0), 0
        ) as hidden_qty,
        coalesce(away.away_qty, 0) as away_qty
    from lying
    left join reserved
        on
            lying.company_id = reserved.company_id
            and lying.item_id = reserved.item_id
            and lying.location_id = reserved.location_id
    left join away
        on
            lying.company_id = away.company_id
            and lying.item_id = away.item_id
            and lying.location_id = away.location_id

)

select
    known.company_id,
    known.item_id,
    known.location_id,
    cast(known.on_hand_qty - known.hidden_qty as decimal(18, 6)) as on_hand_qty,
    cast(
        least(known.away_qty, greatest(known.on_hand_qty - known.hidden_qty, 0)) as decimal(18, 6)
    ) as phantom_qty,
    cast(known.reserved_qty + known.hidden_qty as decimal(18, 6)) as reserved_qty,
    cast(known.picked_qty as decimal(18, 6)) as picked_qty,
    cast(known.consigned_in_qty as decimal(18, 6)) as consigned_in_qty,
    cast(known.received_qty as decimal(18, 6)) as received_qty,
    cast(known.qc_hold_qty as decimal(18, 6)) as qc_hold_qty,
    -- what inspection has let through of this item so far; whole pieces, never rounded up
    cast(
        case
            when inspection.pass_share is null then known.qc_hold_qty
            else floor(known.qc_hold_qty * inspection.pass_share)
        end as decimal(18, 6)
    ) as qc_pass_qty,
    cast(
        greatest(
            coalesce(known.qc_hold_date, companies.as_of_date)
            + coalesce(inspection.lead_days, 0) * interval 1 day,
            companies.as_of_date + settings.late_arrival_days * interval 1 day
        ) as date
    ) as qc_release_date
from known
inner join companies
    on known.company_id = companies.company_id
left join {{ ref('int_availability__inspection') }} as inspection
    on
        known.company_id = inspection.company_id
        and known.item_id = inspection.item_id
cross join settings
