-- A ratio that was delivered again with another figure for the same day it is in force from: what was
-- counted by the old figure is counted otherwise now. A new pack size belongs in a row of its own
-- with the day it begins; a change that the site approved in an override is none that is told.

with

versions as (

    select
        source_system, company_id, coalesce(item_id, '') as item_id, from_uom, to_uom, valid_from,
        numerator, denominator, _delivered_at,
        lag(numerator) over (
            partition by source_system, company_id, coalesce(item_id, ''), from_uom, to_uom, valid_from
            order by _delivered_at, _batch_seq, _row_number
        ) as numerator_before,
        lag(denominator) over (
            partition by source_system, company_id, coalesce(item_id, ''), from_uom, to_uom, valid_from
            order by _delivered_at, _batch_seq, _row_number
        ) as denominator_before
    from {{ ref('stg_master__uom_version') }}
    where not coalesce(is_deleted, false)

),

approvals as (

    select company_id, business_key, max(expires_at) as expires_at
    from {{ ref('stg_policy__override') }}
    where subject = 'value' and approved_by is not null
    group by company_id, business_key

),

changed as (

    select
        *,
        concat_ws('|', 'master_uom', item_id, from_uom, to_uom, valid_from) as change_key
    from versions
    where
        cast(numerator as decimal(38, 0)) * denominator_before
        <> cast(numerator_before as decimal(38, 0)) * denominator

)

select
    changed.company_id,
    changed.item_id,
    changed.from_uom as uom,
    changed.to_uom as other_uom,
    changed.valid_from,
    min(concat(
        changed.numerator_before, ' ', changed.to_uom, ' = ', changed.denominator_before, ' ',
        changed.from_uom
    )) as one_ratio,
    max(concat(
        changed.numerator, ' ', changed.to_uom, ' = ', changed.denominator, ' ', changed.from_uom
    )) as other_ratio,
    max(changed._delivered_at) as changed_at
from changed
left join approvals
    on
        changed.company_id = approvals.company_id
        and changed.change_key = approvals.business_key
        and changed._delivered_at <= approvals.expires_at
where approvals.business_key is null
group by
    changed.company_id, changed.item_id, changed.from_uom, changed.to_uom, changed.valid_from
