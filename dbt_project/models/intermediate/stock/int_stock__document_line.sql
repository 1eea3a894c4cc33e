-- The document lines in gold keys and base units, up to as-of. What no master knows moves nothing;
-- it is reported where it is missing.
with

run as (

    select * from {{ ref('int_control__run') }}

),

facts as (

    select * from {{ ref('int_stock__document_fact') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}
    where is_resolved

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

companies as (

    select company_id, timezone from {{ ref('int_master__company') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

placed as (      -- of a source that knows only a date, noon at the place

    select
        facts.*,
        item_codes.item_id,
        item_codes.base_uom,
        coalesce(location_codes.location_id, facts.location_code) as location_id,
        coalesce(location_codes.timezone, companies.timezone) as timezone,
        coalesce(party_codes.party_id, facts.party_code) as party_id,
        coalesce(
            facts.event_at,
            {{ midnight_utc('facts.event_date', 'coalesce(location_codes.timezone, companies.timezone)') }}
            + interval 12 hour
        ) as happened_at
    from facts
    inner join item_codes
        on
            facts.source_system = item_codes.source_system
            and facts.company_id = item_codes.company_id
            and facts.item_code = item_codes.item_code
    inner join companies
        on facts.company_id = companies.company_id
    left join location_codes
        on
            facts.source_system = location_codes.source_system
            and facts.company_id = location_codes.company_id
            and facts.location_code = location_codes.location_code
    left join party_codes
        on
            facts.source_system = party_codes.source_system
            and facts.company_id = party_codes.company_id
            and facts.party_code = party_codes.party_code
            and facts.party_role = party_codes.party_role
    -- the customer's door is a place for goods that never were at one of ours
    where location_codes.location_id is not null or facts.document_type = 'dropship_ship'

),

dated as (

    select
        placed.*,
        {{ local_date('placed.happened_at', 'placed.timezone') }} as happened_date
    from placed
    inner join run
        on placed.happened_at <= run.as_of_at

),

measured as (

    select
        dated.*,
        case when dated.uom = dated.base_uom then 1 else unit_factors.numerator end as numerator,
        case when dated.uom = dated.base_uom then 1 else unit_factors.denominator end as denominator
    from dated
    left join unit_factors
        on
            dated.company_id = unit_factors.company_id
            and dated.item_id = unit_factors.item_id
            and dated.uom = unit_factors.uom
            and dated.happened_date between unit_factors.valid_from and unit_factors.valid_to

)

select
    kind,
    document_type,
    source_system,
    company_id,
    document_id,
    document_line,
    order_id,
    order_line,
    item_code,
    item_id,
    lot_number,
    serial_number,
    qty,
    uom,
    {{ divide_exact('qty * numerator', 'denominator', 6, by_scale=0) }} as qty_base,
    {{ divide_exact('coalesce(other_qty, 0) * numerator', 'denominator', 6, by_scale=0) }}
        as other_qty_base,
    location_id,
    other_location_code,
    timezone,
    party_id,
    party_code,
    fob_point,
    status,
    happened_at as event_at,
    happened_date as event_date,
    title_at,
    coalesce(changed_at, happened_at) as changed_at,
    reason_code,
    _delivered_at as known_at,
    _source_file,
    _row_number
from measured
where numerator is not null
