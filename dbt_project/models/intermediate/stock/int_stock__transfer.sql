-- Each transfer and item with its two legs: what left, what came, what was lost on the way, what
-- the papers say, and when it is overdue on its lane.

with

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

lanes as (

    select * from {{ ref('int_policy__lane') }}

),

papers as (

    select * from {{ ref('int_stock__transfer_paper') }}

),

own_places as (

    select company_id, location_id
    from {{ ref('int_stock__ledger_basis') }}
    where has_movements
    union
    select company_id, location_id
    from {{ ref('int_stock__ledger_row') }}
    where feed = 'document'

),

legs as (

    select * from {{ ref('int_stock__transfer_leg') }}

),

joined as (

    select
        coalesce(legs.company_id, papers.company_id) as company_id,
        coalesce(legs.transfer_id, papers.transfer_id) as transfer_id,
        coalesce(legs.item_id, papers.item_id) as item_id,
        papers.transfer_line,
        coalesce(legs.sender_id, papers.from_location_id) as from_location_id,
        coalesce(papers.to_location_id, legs.receiver_id) as to_location_id,
        coalesce(legs.out_qty, 0) as out_qty,
        coalesce(legs.in_qty, 0) as in_qty,
        coalesce(legs.lost_qty, 0) as lost_qty,
        legs.out_at,
        legs.in_at,
        legs.out_date,
        legs.out_movement_id,
        papers.qty_expected,
        papers.shipped_at,
        papers.eta_at,
        papers.carrier_code,
        papers.transfer_id is not null as has_papers,
        coalesce(papers.is_closed, false) as is_closed,
        coalesce(papers.has_arrived, false) as has_arrived
    from legs
    full outer join papers
        on
            legs.company_id = papers.company_id
            and legs.transfer_id = papers.transfer_id
            and legs.item_id = papers.item_id

),

timed as (

    select
        joined.*,
        -- what another company or a place that tells nothing sends has no out leg here; goods of
        -- which nobody says where they came from should have one
        joined.from_location_id is null or own_places.location_id is not null
            as is_sender_watched,
        coalesce(
            lanes.lead_time_days,
            case
                when joined.shipped_at is not null and joined.eta_at is not null
                    then greatest(
                        {{ days_between(
                            'cast(joined.shipped_at as date)', 'cast(joined.eta_at as date)'
                        ) }},
                        1
                    )
            end,
            settings.lead_time_days
        ) as lead_days,
        settings.overdue_pct
    from joined
    cross join settings
    left join own_places
        on
            joined.company_id = own_places.company_id
            and joined.from_location_id = own_places.location_id
    left join lanes
        on
            joined.company_id = lanes.company_id
            and joined.from_location_id = lanes.from_location_id
            and joined.to_location_id = lanes.to_location_id
            and coalesce(joined.out_date, cast(joined.shipped_at as date))
            between lanes.valid_from and lanes.valid_to

)

select
    timed.*,
    -- a per cent of a day is 864 seconds
    coalesce(out_at, shipped_at)
    + cast(lead_days * overdue_pct * 864 as bigint) * interval 1 second as overdue_at
from timed
