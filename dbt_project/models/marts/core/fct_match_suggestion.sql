with

run as (

    select * from {{ ref('int_control__run') }}

),

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

ranked as (

    select * from {{ ref('int_billing__scored_miss') }}
    where not is_hidden

)

select
    ranked.company_id,
    ranked.source_system,
    ranked.invoice_id,
    ranked.invoice_line,
    ranked.expected_billing_id,
    cast(ranked.suggestion_rank as bigint) as suggestion_rank,
    'M5' as match_level,
    cast(ranked.suggested_qty as decimal(18, 6)) as suggested_base_qty,
    ranked.score,
    ranked.model_version,
    {{ json_text([
        ('item', 'ranked.item_likeness'),
        ('party', 'ranked.party_likeness'),
        ('qty', 'ranked.qty_likeness'),
        ('reference', 'ranked.reference_likeness'),
        ('date', 'ranked.date_likeness'),
        ('days_apart', 'ranked.days_apart'),
    ]) }} as inputs,

    run.as_of_at,
    run.watermark_at
from ranked
cross join run
cross join settings
where
    ranked.suggestion_rank <= settings.suggested_count
    and ranked.score * 100 >= settings.suggested_score
