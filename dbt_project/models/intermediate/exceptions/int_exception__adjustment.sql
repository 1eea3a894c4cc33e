-- An adjustment without any partner, made by no person (SHADOW_UPDATE); and one that has its
-- document and has not reached the ledger in time (ADJ_UNPROPAGATED). A ledger that names no
-- adjustment at all keeps them in other words: its silence says nothing.

with

run as (

    select * from {{ ref('int_control__run') }}

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

adjustments as (

    select
        *,
        is_by_machine and not has_document and not has_partner and not is_in_ledger as is_shadow
    from {{ ref('int_stock__adjustment') }}

),

speaking as (      -- ledgers that name adjustments

    select company_id
    from adjustments
    where is_in_ledger
    group by company_id

),

watermarks as (

    select company_id, min(watermark_at) as watermark_at
    from {{ ref('int_control__feed_watermark') }}
    where feed = 'gl_journal_line'
    group by company_id

)

select
    case when adjustments.is_shadow then 'SHADOW_UPDATE' else 'ADJ_UNPROPAGATED' end as code,
    adjustments.company_id,
    concat_ws(
        '|', adjustments.source_system, adjustments.source_movement_id,
        adjustments.source_movement_line
    ) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    adjustments.item_id,
    adjustments.location_id,
    adjustments.source_movement_id as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    adjustments.count_id,
    adjustments.event_at as first_event_at,
    case
        when adjustments.is_shadow then coalesce(adjustments.recorded_at, adjustments.event_at)
        else
            coalesce(adjustments.recorded_at, adjustments.event_at)
            + settings.adjustment_hours * interval 1 hour
    end as detected_at,
    coalesce(adjustments.cost_amount, 0) as exposure_amount,
    case when adjustments.cost_amount is null then 'no cost known' else 'value of the adjustment' end
        as exposure_basis,
    case
        when adjustments.is_shadow then 'no change of quantity without a partner'
        else 'adjustments reach the ledger in time'
    end as rule_id,
    {{ json_text([
        ('movement_type', 'adjustments.movement_type'),
        ('qty', 'adjustments.qty_base'),
        ('direction', 'adjustments.direction'),
        ('user', 'adjustments.user_id'),
        ('scan_method', 'adjustments.scan_method'),
        ('count_line', 'adjustments.count_line'),
        ('reason', 'adjustments.reason_code'),
        ('allowed_hours', 'settings.adjustment_hours'),
    ]) }} as evidence
from adjustments
cross join run
cross join settings
left join speaking
    on adjustments.company_id = speaking.company_id
left join watermarks
    on adjustments.company_id = watermarks.company_id
where
    adjustments.is_shadow
    or (
        not adjustments.is_in_ledger
        and speaking.company_id is not null
        -- ruling A21: only as far as the ledger has been read
        and coalesce(adjustments.recorded_at, adjustments.event_at)
        + settings.adjustment_hours * interval 1 hour
        < least(run.as_of_at, coalesce(watermarks.watermark_at, run.as_of_at))
    )
