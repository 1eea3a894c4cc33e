with

run as (

    select * from {{ ref('int_control__run') }}

),

deadlines as (

    select * from {{ ref('int_exception__deadline') }}
    where is_enabled

),

worth as (      -- none while nothing learnt beats the order by exposure

    select * from {{ ref('int_score__exception_worth') }}

),

aged as (

    select
        deadlines.*,
        coalesce(
            of_party.recovered_share, of_code.recovered_share, of_all.recovered_share, 1
        ) as recovered_share,
        coalesce(of_all.model_version, 'exposure') as priority_model_version,
        run.as_of_at,
        run.watermark_at,
        run.policy_version,
        case severity_floor when 'critical' then 4 when 'high' then 3 when 'medium' then 2 else 1 end
            as floor_band,
        -- ruling D23: the band of the amount, one up past the limit, two past twice the limit
        case
            when exposure_amount < 100 then 1
            when exposure_amount < 1000 then 2
            when exposure_amount < 10000 then 3
            else 4
        end
        + case
            when deadlines.clock_at > deadlines.sla_twice_at then 2
            when deadlines.clock_at > deadlines.sla_due_at then 1
            else 0
        end as band,
        {{ days_between('cast(deadlines.first_event_at as date)', 'cast(deadlines.clock_at as date)') }} * 24
        + extract(hour from deadlines.clock_at) - extract(hour from deadlines.first_event_at)
            as age_hours
    from deadlines
    cross join run
    left join worth as of_party
        on
            deadlines.company_id = of_party.company_id
            and deadlines.code = of_party.code
            and deadlines.party_id = of_party.party_id
            and of_party.party_id <> ''
    left join worth as of_code
        on
            deadlines.company_id = of_code.company_id
            and deadlines.code = of_code.code
            and of_code.party_id = ''
    left join worth as of_all
        on
            deadlines.company_id = of_all.company_id
            and of_all.code = '*'

)

select
    exception_id,
    company_id,
    code,
    leakage_category,
    case least(greatest(band, floor_band), 4)
        when 4 then 'critical' when 3 then 'high' when 2 then 'medium' else 'low'
    end as severity,
    status,
    is_found,
    resolution,
    status_at,
    status_by,
    assigned_to,
    last_note,
    cast(comment_count as bigint) as comment_count,
    cast(reopened_count + case when is_back then 1 else 0 end as bigint) as reopened_count,
    root_exception_id,
    business_key,

    party_id,
    item_id,
    location_id,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    invoice_id,
    invoice_line,
    journal_id,
    journal_line,
    movement_id,
    transfer_id,
    receipt_id,
    count_id,
    purchase_order_id,

    first_event_at,
    coalesce(first_detected_at, detected_at) as detected_at,
    cast(age_hours as bigint) as age_hours,
    sla_half_at,
    sla_due_at,
    sla_twice_at,
    -- at half of the limit its owner is reminded, past it the lead hears, past twice the council
    case
        when status = 'resolved' then 'none'
        when clock_at > sla_twice_at then 'council'
        when clock_at > sla_due_at then 'lead'
        when clock_at > sla_half_at then 'owner'
        else 'none'
    end as escalation,
    owner_role,

    cast(exposure_amount as decimal(18, 4)) as exposure_amount,
    currency,
    exposure_basis,
    evidence,
    rule_id,
    policy_version,
    -- what is likely to come back orders the queue where that was learnt, else the exposure
    cast(
        cast(exposure_amount as decimal(28, 4)) * cast(recovered_share as decimal(9, 8))
        as decimal(18, 4)
    ) as priority_score,
    priority_model_version,

    as_of_at,
    watermark_at
from aged
