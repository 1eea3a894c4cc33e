-- What valuation itself finds odd: two methods for one item (domain B.1), issues without the lot that
-- their cost hangs on, events dated into a closed period, value without goods and goods without
-- value (B.7).
with

run as (

    select * from {{ ref('int_control__run') }}

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

posting as (

    select * from {{ ref('int_valuation__item_left') }}
    where is_policy_method

),

events as (      -- as it was last known, also where it was withdrawn

    select
        company_id, event_id, location_id, event_at,
        row_number() over (partition by company_id, event_id order by version_number desc) as recency
    from {{ ref('int_valuation__cost_event') }}

),

flagged as (

    select
        flags.code,
        flags.company_id,
        flags.item_id,
        events.location_id,
        flags.movement_id,
        cast(null as varchar) as receipt_id,
        flags.event_id as business_key,
        events.event_at as first_event_at,
        abs(flags.amount) as exposure_amount,
        'value that is concerned' as exposure_basis,
        case flags.code
            when 'SPECIFIC_ID_MISSING' then 'an issue names the lot that was received'
            else 'a closed period keeps what was posted'
        end as rule_id,
        flags.costing_method as detail,
        flags.qty_base as qty
    from {{ ref('stg_computed__cost_flag') }} as flags
    inner join events
        on
            flags.company_id = events.company_id
            and flags.event_id = events.event_id
            and events.recency = 1
    where flags.is_policy_method and flags.code in ('SPECIFIC_ID_MISSING', 'BACKDATED_CLOSED')

),

valueless as (

    select
        case when posting.qty = 0 then 'VALUE_WITHOUT_QTY' else 'QTY_WITHOUT_VALUE' end as code,
        posting.company_id,
        posting.item_id,
        cast(null as varchar) as location_id,
        cast(null as varchar) as movement_id,
        cast(null as varchar) as receipt_id,
        posting.item_id as business_key,
        run.as_of_at as first_event_at,
        abs(posting.value_amount) as exposure_amount,
        case when posting.qty = 0 then 'value left' else 'no value' end as exposure_basis,
        'goods and value go together' as rule_id,
        posting.costing_method as detail,
        posting.qty
    from posting
    inner join {{ ref('int_master__item') }} as items
        on
            posting.company_id = items.company_id
            and posting.item_id = items.item_id
            and coalesce(items.item_type, 'stock') <> 'service'
    cross join settings
    cross join run
    where
        (posting.qty = 0 and abs(posting.value_amount) * 100 > settings.value_left_cents)
        or (posting.qty > 0 and posting.value_amount = 0)

),

stacked as (

    select * from {{ ref('int_valuation__contested_value') }}
    union all
    select * from flagged
    union all
    select * from valueless

)

select
    code,
    company_id,
    business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    item_id,
    location_id,
    movement_id,
    receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    first_event_at,
    first_event_at as detected_at,
    cast(exposure_amount as decimal(18, 4)) as exposure_amount,
    exposure_basis,
    rule_id,
    {{ json_text([('detail', 'detail'), ('qty', 'qty')]) }} as evidence
from stacked
