-- Two systems describe one item differently. Whose word holds is for the owner of the master data
-- to say; until then both values are shown and the one of the leading record is used.

with

run as (

    select * from {{ ref('int_control__run') }}

),

conflicts as (

    select * from {{ ref('int_master__attribute_conflict') }}

)

select
    case when conflicts.attribute = 'base_uom' then 'UOM_CONFLICT' else 'XREF_MISMATCH' end as code,
    conflicts.company_id,
    concat_ws('|', 'item', conflicts.item_id, conflicts.attribute) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    conflicts.item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    least(conflicts.seen_at, run.as_of_at) as first_event_at,
    least(conflicts.seen_at, run.as_of_at) as detected_at,
    cast(0 as decimal(18, 4)) as exposure_amount,
    'not known: the systems disagree about the item itself' as exposure_basis,
    'two systems say the same of one item' as rule_id,
    {{ json_text([
        ('attribute', 'conflicts.attribute'),
        ('one_system', 'conflicts.one_system'),
        ('one_value', 'conflicts.one_value'),
        ('other_system', 'conflicts.other_system'),
        ('other_value', 'conflicts.other_value'),
    ]) }} as evidence
from conflicts
cross join run
