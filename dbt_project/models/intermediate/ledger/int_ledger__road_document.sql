-- Documents under which goods are on the road: notices of suppliers, transfers, deliveries. Each with
-- when it left, since when its goods are ours by the terms, and when it is overdue: the lead time of the
-- lane, else the days announced, else the usual ones, times what is overdue.

with

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

announced as (

    select company_id, inbound_id, max(eta_at) as due_at
    from {{ ref('stg_wms__inbound_line') }}
    group by company_id, inbound_id

),

stacked as (

    select
        notices.company_id, 'purchase' as document_kind, notices.inbound_id as document_id,
        min(notices.event_at) as sent_at, min(notices.title_at) as owned_at,
        max({{ days_between('cast(notices.event_at as date)', 'cast(announced.due_at as date)') }})
            as lead_days
    from {{ ref('int_stock__notice') }} as notices
    left join announced
        on
            notices.company_id = announced.company_id
            and notices.inbound_id = announced.inbound_id
    where notices.inbound_type = 'po'
    group by notices.company_id, notices.inbound_id
    union all
    select
        company_id, 'transfer', transfer_id,
        min(coalesce(out_at, shipped_at)), min(coalesce(out_at, shipped_at)), max(lead_days)
    from {{ ref('int_stock__transfer') }}
    where transfer_id is not null
    group by company_id, transfer_id
    union all
    select
        company_id, 'delivery', shipment_id,
        min(ship_confirm_at), min(ship_confirm_at),
        max({{ days_between('cast(ship_confirm_at as date)', 'cast(promised_delivery_at as date)') }})
    from {{ ref('stg_wms__shipment') }}
    group by company_id, shipment_id

)

select
    stacked.company_id,
    stacked.document_kind,
    stacked.document_id,
    stacked.sent_at,
    stacked.owned_at,
    cast(
        case when stacked.lead_days >= 1 then stacked.lead_days else settings.lead_time_days end
        as decimal(18, 2)
    ) as lead_days,
    -- a per cent of a day is 864 seconds
    stacked.sent_at
    + cast(
        case when stacked.lead_days >= 1 then stacked.lead_days else settings.lead_time_days end
        * settings.overdue_pct * 864 as bigint
    ) * interval 1 second as overdue_at
from stacked
cross join settings
