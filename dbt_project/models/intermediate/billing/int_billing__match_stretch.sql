-- An invoice line may be the sum of consecutive parts that left within days of it, or a part that left
-- the sum of consecutive invoice lines. The one line is the whole; a stretch of the other side's axis
-- that is as long as the whole is a candidate. The distance in days that most candidates of a customer
-- and item keep is the usual one.

with

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

joints as (

    select * from {{ ref('int_billing__match_joint') }}

),

candidates as (

    select
        wholes.company_id,
        wholes.side,
        wholes.line_key as whole_key,
        wholes.party_id,
        wholes.item_id,
        wholes.reference,
        wholes.qty,
        firsts.place as first_place,
        lasts.place as last_place,
        firsts.reaches - firsts.qty as begins,
        wholes.day_number - lasts.day_number as distance,
        concat_ws('|', wholes.line_key, wholes.reference, firsts.line_key, lasts.line_key) as candidate
    from joints as firsts
    cross join settings
    inner join joints as lasts
        on
            firsts.company_id = lasts.company_id
            and firsts.side = lasts.side
            and firsts.party_id = lasts.party_id
            and firsts.item_id = lasts.item_id
            and firsts.reference = lasts.reference
            and lasts.place between firsts.place and firsts.place + settings.sum_parts - 1
    inner join joints as wholes
        on
            firsts.company_id = wholes.company_id
            and firsts.side <> wholes.side
            and firsts.party_id = wholes.party_id
            and firsts.item_id = wholes.item_id
            and firsts.reference = wholes.reference
    inner join {{ ref('int_billing__tolerance') }} as tolerances
        on firsts.company_id = tolerances.company_id
    where
        -- one to one is looked at from the side of the invoice only
        (wholes.side = 'invoiced' or lasts.place > firsts.place)
        and abs(wholes.qty - (lasts.reaches - firsts.reaches + firsts.qty))
        <= greatest(
            coalesce(wholes.own_qty_abs, firsts.own_qty_abs, tolerances.qty_abs),
            wholes.qty
            * coalesce(wholes.own_qty_pct, firsts.own_qty_pct, tolerances.qty_pct) * 0.01
        )
        and case
            when wholes.side = 'invoiced'
                then
                    {{ days_between('firsts.date', 'wholes.date') }} <= settings.late_days
                    and {{ days_between('lasts.date', 'wholes.date') }} >= -settings.early_days
            else
                {{ days_between('wholes.date', 'lasts.date') }} <= settings.late_days
                and {{ days_between('wholes.date', 'firsts.date') }} >= -settings.early_days
        end

),

usual as (

    select
        company_id, side, party_id, item_id, reference, distance,
        row_number() over (
            partition by company_id, side, party_id, item_id, reference
            -- a collective invoice is written after the last day that it covers rather than on it
            order by count(*) desc, case when distance > 0 then 0 else 1 end, abs(distance), distance
        ) as place
    from candidates
    group by company_id, side, party_id, item_id, reference, distance

)

select
    candidates.company_id,
    candidates.candidate,
    candidates.side,
    candidates.whole_key,
    candidates.party_id,
    candidates.item_id,
    candidates.reference,
    candidates.qty,
    candidates.first_place,
    candidates.last_place,
    candidates.begins,
    abs(candidates.distance - usual.distance) as misfit
from candidates
inner join usual
    on
        candidates.company_id = usual.company_id
        and candidates.side = usual.side
        and candidates.party_id = usual.party_id
        and candidates.item_id = usual.item_id
        and candidates.reference = usual.reference
        and usual.place = 1
