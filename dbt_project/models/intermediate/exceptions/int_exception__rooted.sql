-- One missing file can look like a thousand missing confirmations. What began while its feed told
-- nothing hangs under the break of the feed, and the root carries what all of them put at stake.

with

findings as (

    select * from {{ ref('int_exception__finding') }}

),

outages as (

    select * from {{ ref('int_control__feed_outage') }}

),

dependences as (

    select * from {{ ref('feed_dependence') }}

),

waiting as (      -- the break that began last is the likeliest cause

    select
        findings.exception_id,
        outages.exception_id as outage_id,
        findings.exposure_amount,
        row_number() over (
            partition by findings.exception_id
            order by outages.from_at desc nulls last, outages.exception_id asc
        ) as preference
    from findings
    inner join dependences
        on findings.code = dependences.code
    inner join outages
        on
            findings.company_id = outages.company_id
            and dependences.feed = outages.feed
            and findings.first_event_at <= outages.to_at
            -- what a whole delivery would have told may be about what began before it and was
            -- waited for in its time; a lost number is about its own moment
            and (
                outages.from_at is null
                or outages.from_at < case
                    when outages.is_whole_delivery then findings.detected_at
                    else findings.first_event_at
                end
            )
    where findings.root_exception_id is null

),

followers as (

    select * from waiting
    where preference = 1

),

caused as (

    select
        outage_id,
        count(*) as follower_count,
        sum(exposure_amount) as follower_exposure_amount
    from followers
    group by outage_id

)

select
    findings.exception_id,
    findings.code, findings.company_id, findings.business_key,
    coalesce(followers.outage_id, findings.root_exception_id) as root_exception_id,
    findings.party_id, findings.item_id, findings.location_id,
    findings.order_id, findings.order_line, findings.shipment_id, findings.shipment_line,
    findings.invoice_id, findings.invoice_line, findings.journal_id, findings.journal_line,
    findings.movement_id, findings.receipt_id, findings.purchase_order_id,
    findings.transfer_id, findings.count_id,
    findings.first_event_at,
    findings.detected_at,
    case
        when followers.exception_id is not null then 0
        else findings.exposure_amount + coalesce(caused.follower_exposure_amount, 0)
    end as exposure_amount,
    case
        when followers.exception_id is not null
            then concat(findings.exposure_basis, ': ', findings.exposure_amount, ', counted in the root')
        when caused.outage_id is not null
            then concat('sum of ', caused.follower_count, ' problems that follow from it')
        else findings.exposure_basis
    end as exposure_basis,
    findings.rule_id,
    findings.evidence
from findings
left join followers
    on findings.exception_id = followers.exception_id
left join caused
    on findings.exception_id = caused.outage_id
