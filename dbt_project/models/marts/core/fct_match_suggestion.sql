with

run as (

    select * from {{ ref('int_control__run') }}

),

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

weights as (

    select
        max(model_version) as model_version,
        max(case when input = 'item' then weight end) as item,
        max(case when input = 'party' then weight end) as party,
        max(case when input = 'qty' then weight end) as qty,
        max(case when input = 'reference' then weight end) as reference,
        max(case when input = 'date' then weight end) as date
    from {{ ref('match_weight') }}

),

scored as (

    select
        near_misses.*,
        weights.model_version,
        cast(
            near_misses.item_likeness * weights.item
            + near_misses.party_likeness * weights.party
            + near_misses.qty_likeness * weights.qty
            + near_misses.reference_likeness * weights.reference
            + near_misses.date_likeness * weights.date
            as decimal(5, 4)
        ) as score
    from {{ ref('int_billing__near_miss') }} as near_misses
    cross join weights
    where not near_misses.is_hidden

),

ranked as (

    select
        scored.*,
        row_number() over (
            partition by company_id, source_system, invoice_id, invoice_line
            order by score desc, days_apart asc, expected_billing_id asc
        ) as suggestion_rank
    from scored

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
