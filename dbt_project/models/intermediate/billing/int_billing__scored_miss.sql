-- What each pair is worth in all, and its place among those of its invoice line. Where the keys of a
-- pair are hidden, its references do not count: the best score is what the other inputs weigh.

with

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
            + case when near_misses.is_hidden then 0 else near_misses.reference_likeness end
            * weights.reference
            + near_misses.date_likeness * weights.date
            as decimal(5, 4)
        ) as score
    from {{ ref('int_billing__near_miss') }} as near_misses
    cross join weights

)

select
    scored.*,
    row_number() over (
        partition by is_hidden, company_id, source_system, invoice_id, invoice_line
        order by score desc, days_apart asc, expected_billing_id asc
    ) as suggestion_rank
from scored
