-- What each count found, in our words and units. A recount takes the place of the count before it.

with

run as (

    select * from {{ ref('int_control__run') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

told as (

    select
        counts.*,
        item_codes.item_id,
        location_codes.location_id,
        {{ local_date('counts.count_at', 'location_codes.timezone') }} as count_date,
        -- without a class the strictest tolerance holds
        coalesce(upper(items.abc_class), '') as abc_class,
        case when counts.uom = item_codes.base_uom then 1 end as same_unit,
        row_number() over (
            partition by
                counts.source_system, counts.company_id, counts.count_id, counts.item_code,
                counts.location_code, coalesce(counts.bin_code, ''), coalesce(counts.lot_number, '')
            order by
                counts.count_at desc, case when counts.recount_flag then 0 else 1 end,
                counts.count_line desc
        ) as recency
    from {{ ref('stg_wms__count_line') }} as counts
    inner join run
        on counts.count_at <= run.as_of_at
    inner join location_codes
        on
            counts.source_system = location_codes.source_system
            and counts.company_id = location_codes.company_id
            and counts.location_code = location_codes.location_code
    inner join item_codes
        on
            counts.source_system = item_codes.source_system
            and counts.company_id = item_codes.company_id
            and counts.item_code = item_codes.item_code
            and item_codes.is_resolved
    left join items
        on
            item_codes.company_id = items.company_id
            and item_codes.item_id = items.item_id

),

measured as (

    select
        told.*,
        case
            when told.same_unit = 1 then told.book_qty
            else {{ divide_exact('told.book_qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0) }}
        end as book_qty_base,
        case
            when told.same_unit = 1 then told.counted_qty
            else {{ divide_exact('told.counted_qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0) }}
        end as counted_qty_base
    from told
    left join unit_factors
        on
            told.company_id = unit_factors.company_id
            and told.item_id = unit_factors.item_id
            and told.uom = unit_factors.uom
            and told.count_date between unit_factors.valid_from and unit_factors.valid_to
    where told.recency = 1

)

select * from measured
