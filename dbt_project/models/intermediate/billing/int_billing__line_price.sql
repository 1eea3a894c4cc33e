-- One price is looked for once per set of terms, not once per line: of all that hold on the day the
-- best by kind, in the currency and the form (with or without tax) of the order first. Where several
-- of equal standing differ, none of them is the price (ruling D8).

with

lines as (

    select * from {{ ref('int_billing__price_subject') }}

),

subjects as (

    select
        company_id, item_id, party_id, price_group, pricing_date, currency, uom, scale_qty, price_form,
        max(unit_top) as unit_top, max(unit_bottom) as unit_bottom,
        min(expected_billing_id) as subject_id
    from lines
    group by
        company_id, item_id, party_id, price_group, pricing_date, currency, uom, scale_qty, price_form

),

candidates as (

    select
        subjects.subject_id,
        prices.*,
        subjects.unit_top as line_top,
        subjects.unit_bottom as line_bottom,
        subjects.uom = prices.uom as is_same_uom,
        rank() over (
            partition by subjects.subject_id
            order by
                case subjects.price_form
                    when case when prices.is_tax_inclusive then 'gross' else 'net' end then 0
                    when '' then 0
                    else 1
                end,
                prices.precedence asc,
                prices.is_general asc,
                case when subjects.uom = prices.uom then 0 else 1 end,
                prices.min_qty desc
        ) as standing
    from subjects
    inner join {{ ref('int_billing__price') }} as prices
        on
            subjects.company_id = prices.company_id
            and subjects.item_id = prices.item_id
            and subjects.currency = prices.currency
            and subjects.pricing_date between prices.valid_from and prices.valid_to
            and case
                when prices.party_id is not null then subjects.party_id = prices.party_id
                when prices.price_group is not null then subjects.price_group = prices.price_group
                else prices.price_kind in ('list', 'promo')
            end
    where
        case
            when subjects.uom = prices.uom then subjects.scale_qty >= prices.min_qty
            else
                prices.unit_top is not null
                and subjects.scale_qty * subjects.unit_top * prices.unit_bottom
                >= prices.min_qty * subjects.unit_bottom * prices.unit_top
        end

),

numbered as (

    select
        candidates.*,
        row_number() over (
            partition by subject_id order by valid_from desc, price_id asc
        ) as place,
        count(*) over (partition by subject_id) as price_count,
        min(unit_price) over (partition by subject_id) as lowest,
        max(unit_price) over (partition by subject_id) as highest,
        min(source_of_truth) over (partition by subject_id) as first_source,
        max(source_of_truth) over (partition by subject_id) as last_source
    from candidates
    where standing = 1

)

select
    lines.expected_billing_id,
    numbered.price_id,
    numbered.price_kind,
    numbered.currency,
    numbered.is_tax_inclusive,
    numbered.created_at as price_created_at,
    numbered.price_count,
    numbered.lowest,
    numbered.highest,
    case
        when numbered.lowest = numbered.highest then null
        when numbered.first_source = numbered.last_source then 'overlap'
        when numbered.highest - numbered.lowest > greatest(
            tolerances.price_abs, numbered.lowest * tolerances.price_pct * 0.01
        ) then 'variance'
    end as price_problem,
    case
        when numbered.is_same_uom then numbered.unit_price
        else {{ divide_exact(
            'numbered.unit_price * numbered.line_top * numbered.unit_bottom',
            'numbered.line_bottom * numbered.unit_top', 8, 8, 6
        ) }}
    end as unit_price
from numbered
inner join subjects
    on numbered.subject_id = subjects.subject_id
inner join lines
    on
        subjects.company_id = lines.company_id
        and subjects.item_id = lines.item_id
        and subjects.party_id = lines.party_id
        and subjects.price_group = lines.price_group
        and subjects.pricing_date = lines.pricing_date
        and subjects.currency = lines.currency
        and subjects.uom = lines.uom
        and subjects.scale_qty = lines.scale_qty
        and subjects.price_form = lines.price_form
inner join {{ ref('int_billing__tolerance') }} as tolerances
    on numbered.company_id = tolerances.company_id
where numbered.place = 1
