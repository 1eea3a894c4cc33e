-- One code is one problem, however many documents carry it: one line in the cross-reference mends
-- them all. The first document that names it is named here, the others are counted. A company without
-- a record has no money and no time zone: nothing of it can be valued.

with

run as (

    select * from {{ ref('int_control__run') }}

),

unknown as (

    select * from {{ ref('int_master__unknown_code') }}

),

used as (

    select
        unknown.likely_id,
        unknown.likely_code,
        unknown.likely_ids,
        uses.*,
        least(coalesce(uses.used_at, uses.delivered_at), run.as_of_at) as first_event_at,
        least(uses.delivered_at, run.as_of_at) as detected_at,
        count(*) over (
            partition by uses.code_kind, uses.source_system, uses.company_id, uses.code
        ) as row_count,
        row_number() over (
            partition by uses.code_kind, uses.source_system, uses.company_id, uses.code
            order by
                coalesce(uses.used_at, uses.delivered_at), uses.feed, uses.source_file,
                uses.row_number
        ) as turn
    from {{ ref('int_master__code_use') }} as uses
    inner join unknown
        on
            uses.code_kind = unknown.code_kind
            and uses.source_system = unknown.source_system
            and uses.company_id = unknown.company_id
            and uses.code = unknown.code
    inner join run
        on coalesce(uses.used_at, run.as_of_at) <= run.as_of_at

)

select
    case when likely_ids > 0 then 'XREF_MISMATCH' else 'MASTER_MISSING' end as code,
    company_id,
    concat_ws('|', code_kind, nullif(source_system, ''), code) as business_key,
    cast(null as varchar) as root_exception_id,
    case
        when code_kind in ('customer', 'supplier', 'carrier') and likely_ids = 1 then likely_id
    end as party_id,
    case when code_kind = 'item' and likely_ids = 1 then likely_id end as item_id,
    case when code_kind = 'location' and likely_ids = 1 then likely_id end as location_id,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    invoice_id,
    invoice_line,
    journal_id,
    journal_line,
    movement_id,
    receipt_id,
    purchase_order_id,
    cast(null as varchar) as transfer_id,
    count_id,
    first_event_at,
    detected_at,
    cast(0 as decimal(18, 4)) as exposure_amount,
    'not known: the code stands for nothing yet' as exposure_basis,
    case
        when likely_ids > 0 then 'a code is spelled as in the master or cross-referenced'
        else 'a code is in the master'
    end as rule_id,
    {{ json_text([
        ('kind', 'code_kind'),
        ('code', 'code'),
        ('source_system', 'source_system'),
        ('likely_code', 'likely_code'),
        ('likely_ids', 'likely_ids'),
        ('rows', 'row_count'),
        ('feed', 'feed'),
        ('file', 'source_file'),
        ('row', 'row_number'),
        ('receipt_line', 'receipt_line'),
        ('purchase_order_line', 'purchase_order_line'),
    ]) }} as evidence
from used
where turn = 1
