{{ config(materialized='view') }}

with

triggers as (

    select * from {{ ref('int_billing__trigger') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

units as (

    select
        triggers.expected_billing_id,
        triggers.trigger_qty,
        -- what the scale said of the part that is billed, in the unit of weight of the item
        case
            when
                items.catch_weight and triggers.catch_weight > 0 and triggers.line_qty <> 0
                and coalesce(triggers.ordered_uom, triggers.uom) = coalesce(items.weight_uom, items.base_uom)
                then {{ divide_exact(
                    'triggers.catch_weight * triggers.trigger_qty', 'triggers.line_qty', 6, 12, 6
                ) }}
        end as weighed_qty,
        triggers.uom as shipped_uom,
        coalesce(triggers.ordered_uom, triggers.uom) as ordered_uom,
        case when triggers.uom = items.base_uom then 1 else shipped.numerator end as shipped_top,
        case when triggers.uom = items.base_uom then 1 else shipped.denominator end
            as shipped_bottom,
        case
            when coalesce(triggers.ordered_uom, triggers.uom) = items.base_uom then 1
            else ordered.numerator
        end as ordered_top,
        case
            when coalesce(triggers.ordered_uom, triggers.uom) = items.base_uom then 1
            else ordered.denominator
        end as ordered_bottom
    from triggers
    left join items
        on
            triggers.company_id = items.company_id
            and triggers.item_id = items.item_id
    left join unit_factors as shipped
        on
            triggers.company_id = shipped.company_id
            and triggers.item_id = shipped.item_id
            and triggers.uom = shipped.uom
            and triggers.ship_date between shipped.valid_from and shipped.valid_to
    left join unit_factors as ordered
        on
            triggers.company_id = ordered.company_id
            and triggers.item_id = ordered.item_id
            and ordered.uom = coalesce(triggers.ordered_uom, triggers.uom)
            and triggers.ship_date between ordered.valid_from and ordered.valid_to

),

judged as (      -- units that cannot be converted stay as shipped, and are compared as they are

    select
        units.*,
        shipped_top is not null and ordered_top is not null as is_convertible
    from units

),

converted as (

    select
        *,
        case
            when shipped_uom = ordered_uom or not is_convertible then trigger_qty
            else {{ divide_exact(
                'trigger_qty * shipped_top * ordered_bottom', 'shipped_bottom * ordered_top', 6
            ) }}
        end as told_qty,
        case
            when is_convertible and shipped_top <> shipped_bottom
                then {{ divide_exact('trigger_qty * shipped_top', 'shipped_bottom', 6) }}
            else trigger_qty
        end as shipped_base_qty
    from judged

)

select
    expected_billing_id,
    is_convertible,
    case when is_convertible then ordered_uom else shipped_uom end as uom,
    case when is_convertible and weighed_qty is not null then weighed_qty else told_qty end
        as expected_qty,
    case
        when is_convertible and weighed_qty is not null
            then {{ divide_exact('weighed_qty * ordered_top', 'ordered_bottom', 6) }}
        else shipped_base_qty
    end as match_qty,
    shipped_base_qty,
    case when is_convertible then ordered_top else 1 end as unit_top,
    case when is_convertible then ordered_bottom else 1 end as unit_bottom
from converted
