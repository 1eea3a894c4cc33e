-- What an item brought net of discounts in the last days, per base unit: the first stand for what it
-- would still bring.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

sold as (

    select
        lines.company_id,
        lines.item_id,
        lines.actual_amount,
        case
            when lines.uom = item_codes.base_uom then lines.actual_qty
            else {{ divide_exact(
                'lines.actual_qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
            ) }}
        end as qty_base
    from {{ ref('int_billing__invoice_line') }} as lines
    inner join companies
        on lines.company_id = companies.company_id
    inner join item_codes
        on
            lines.source_system = item_codes.source_system
            and lines.company_id = item_codes.company_id
            and lines.item_code = item_codes.item_code
    cross join settings
    left join {{ ref('int_master__unit_factor') }} as unit_factors
        on
            lines.company_id = unit_factors.company_id
            and lines.item_id = unit_factors.item_id
            and lines.uom = unit_factors.uom
            and lines.invoice_date between unit_factors.valid_from and unit_factors.valid_to
    where
        lines.invoice_type = 'invoice'
        and lines.line_kind = 'goods'
        and not lines.is_cancelled
        and lines.item_id is not null
        and {{ days_between('lines.invoice_date', 'companies.as_of_date') }}
        between 0 and settings.stock_window_days - 1

)

select
    company_id,
    item_id,
    {{ divide_exact(
        'cast(sum(actual_amount) as decimal(18, 4))', 'cast(sum(qty_base) as decimal(18, 6))',
        8, from_scale=4
    ) }} as net_price
from sold
where qty_base > 0 and actual_amount is not null
group by company_id, item_id
