-- Every problem that this run finds or an earlier one found, and how it stands: the worklog's word,
-- unless the data of this run says otherwise.

with

run as (

    select * from {{ ref('int_control__run') }}

),

lifecycles as (

    select * from {{ ref('int_exception__lifecycle') }}

),

found as (

    select * from {{ ref('int_exception__rooted') }}

),

problems as (

    select
        exception_id, code, company_id, business_key, root_exception_id, party_id, item_id,
        location_id, order_id, order_line, shipment_id, shipment_line, invoice_id, invoice_line,
        journal_id, journal_line, movement_id, receipt_id, purchase_order_id, transfer_id, count_id,
        first_event_at, detected_at, exposure_amount, exposure_basis, rule_id, evidence,
        true as is_found
    from found
    union all
    select
        seen.exception_id, seen.code, seen.company_id, seen.business_key, seen.root_exception_id,
        seen.party_id, seen.item_id, seen.location_id, seen.order_id, seen.order_line,
        seen.shipment_id, seen.shipment_line, seen.invoice_id, seen.invoice_line,
        seen.journal_id, seen.journal_line, seen.movement_id, seen.receipt_id,
        seen.purchase_order_id, seen.transfer_id, seen.count_id, seen.first_event_at,
        seen.detected_at, seen.exposure_amount, seen.exposure_basis, seen.rule_id, seen.evidence,
        false
    from lifecycles
    inner join {{ ref('int_exception__event') }} as seen
        on lifecycles.seen_seq = seen.seq
    left join found
        on lifecycles.exception_id = found.exception_id
    where found.exception_id is null

),

judged as (

    select
        problems.*,
        lifecycles.first_detected_at,
        lifecycles.noted_status,
        lifecycles.noted_resolution,
        lifecycles.status_as_of_at,
        lifecycles.status_at,
        lifecycles.status_by,
        lifecycles.reopened_as_of_at,
        lifecycles.assigned_to,
        lifecycles.last_note,
        coalesce(lifecycles.waited_seconds, 0) as waited_seconds,
        coalesce(lifecycles.comment_count, 0) as comment_count,
        coalesce(lifecycles.reopened_count, 0) as reopened_count,
        run.as_of_at as run_as_of_at,
        -- it was gone; or it was to be corrected and later data shows it as before; or it has
        -- outgrown the amount on which it was given up
        problems.is_found and coalesce(
            lifecycles.is_gone
            or (
                lifecycles.noted_status = 'resolved'
                and (
                    (
                        lifecycles.noted_resolution = 'fixed'
                        and lifecycles.status_as_of_at < run.as_of_at
                    )
                    or problems.exposure_amount > lifecycles.resolved_exposure_amount
                )
            ), false
        ) as is_back
    from problems
    cross join run
    left join lifecycles
        on problems.exception_id = lifecycles.exception_id

)

select
    judged.*,
    case
        when not is_found then 'resolved'
        when is_back then 'reopened'
        else coalesce(noted_status, 'open')
    end as status,
    case
        when not is_found and coalesce(noted_status, 'open') <> 'resolved' then 'no_longer_found'
        when noted_status = 'resolved' and not is_back then noted_resolution
    end as resolution,
    -- a problem that ended has the age and the severity that it had then
    case
        when noted_status = 'resolved' and not is_back then status_as_of_at
        else run_as_of_at
    end as clock_at,
    case
        when is_back then run_as_of_at
        when noted_status = 'waiting' then status_as_of_at
        when reopened_as_of_at is not null then reopened_as_of_at
        else coalesce(first_detected_at, detected_at)
    end as clock_from_at,
    case when is_back then 0 when noted_status = 'waiting' then 0 else waited_seconds end
        as clock_stopped_seconds
from judged
