-- Units that do not convert, or convert two ways. A unit of an item is one problem, however many
-- documents use it; the first of them is named.

with

run as (

    select * from {{ ref('int_control__run') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}
    where is_resolved

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

used as (

    select
        uses.*,
        item_codes.item_id,
        item_codes.base_uom,
        coalesce(uses.used_at, uses.delivered_at) as moment
    from {{ ref('int_master__code_use') }} as uses
    inner join run
        on coalesce(uses.used_at, run.as_of_at) <= run.as_of_at
    inner join item_codes
        on
            uses.source_system = item_codes.source_system
            and uses.company_id = item_codes.company_id
            and uses.code = item_codes.item_code
    where
        uses.code_kind = 'item'
        and not uses.is_in_base_unit
        and uses.uom <> item_codes.base_uom
        and coalesce(item_codes.source_uom <> uses.uom or item_codes.pack_qty is null, true)

),

without_ratio as (

    select
        used.*,
        count(*) over (partition by used.company_id, used.item_id, used.uom) as row_count,
        row_number() over (
            partition by used.company_id, used.item_id, used.uom
            order by used.moment, used.feed, used.source_file, used.row_number
        ) as turn
    from used
    left join unit_factors
        on
            used.company_id = unit_factors.company_id
            and used.item_id = unit_factors.item_id
            and used.uom = unit_factors.uom
            and cast(used.moment as date) between unit_factors.valid_from and unit_factors.valid_to
    where unit_factors.item_id is null

),

problems as (

    select
        company_id, concat_ws('|', item_id, uom, base_uom) as business_key, item_id,
        order_id, order_line, shipment_id, shipment_line, invoice_id, invoice_line, movement_id,
        receipt_id, purchase_order_id, count_id, moment as seen_at,
        'a unit converts to the base unit of its item' as rule_id,
        {{ json_text([
            ('uom', 'uom'), ('base_uom', 'base_uom'), ('rows', 'row_count'), ('feed', 'feed'),
            ('file', 'source_file'), ('row', 'row_number'), ('receipt_line', 'receipt_line'),
            ('purchase_order_line', 'purchase_order_line'),
        ]) }} as evidence
    from without_ratio
    where turn = 1

    union all

    select
        company_id, concat_ws('|', item_id, uom, other_uom, 'two ratios'), item_id,
        null, null, null, null, null, null, null, null, null, null,
        cast(conflict_from as timestamp with time zone),
        'case to each and back to case is one case',
        {{ json_text([
            ('one_ratio', 'one_ratio'), ('other_ratio', 'other_ratio'),
        ]) }}
    from {{ ref('int_master__unit_conflict') }}

    union all

    select
        company_id, concat_ws('|', item_id, uom, other_uom, valid_from, 'rewritten'), item_id,
        null, null, null, null, null, null, null, null, null, null,
        changed_at,
        'a ratio changes from a day on, or with approval',
        {{ json_text([
            ('ratio_before', 'one_ratio'), ('ratio_after', 'other_ratio'), ('valid_from', 'valid_from'),
        ]) }}
    from {{ ref('int_master__unit_rewritten') }}

)

select
    'UOM_CONFLICT' as code,
    problems.company_id,
    problems.business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    nullif(problems.item_id, '') as item_id,
    cast(null as varchar) as location_id,
    problems.order_id,
    problems.order_line,
    problems.shipment_id,
    problems.shipment_line,
    problems.invoice_id,
    problems.invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    problems.movement_id,
    problems.receipt_id,
    problems.purchase_order_id,
    cast(null as varchar) as transfer_id,
    problems.count_id,
    least(problems.seen_at, run.as_of_at) as first_event_at,
    least(problems.seen_at, run.as_of_at) as detected_at,
    cast(0 as decimal(18, 4)) as exposure_amount,
    'not known: the quantity cannot be measured' as exposure_basis,
    problems.rule_id,
    problems.evidence
from problems
cross join run
