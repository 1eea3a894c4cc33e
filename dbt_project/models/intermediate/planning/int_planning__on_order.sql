-- Orders to our own places and to companies of the group, until the goods leave: from then on, and
-- for suppliers from the order on, the stock ledger has them.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

order_lines as (

    select * from {{ ref('stg_purchasing__order_line') }}

),

sent as (

    select
        company_id,
        ref_order_id as po_id,
        ref_order_line as po_line,
        uom,
        sum(qty) as qty
    from {{ ref('int_stock__notice') }}
    where inbound_type in ('transfer', 'intercompany')
    group by company_id, ref_order_id, ref_order_line, uom

),

open_lines as (      -- what is promised and has not left; more than was ordered leaves nothing open

    select
        order_lines.source_system,
        order_lines.company_id,
        order_lines.item_code,
        order_lines.to_location_code,
        order_lines.uom,
        order_lines.order_date,
        order_lines.qty_ordered - coalesce(order_lines.qty_cancelled, 0) - coalesce(sent.qty, 0)
            as qty_open
    from order_lines
    inner join companies
        on
            order_lines.company_id = companies.company_id
            and order_lines.order_date <= companies.as_of_date
    left join sent
        on
            order_lines.company_id = sent.company_id
            and order_lines.po_id = sent.po_id
            and order_lines.po_line = sent.po_line
            and order_lines.uom = sent.uom
    where
        order_lines.status in ('open', 'partial')
        and order_lines.po_type in ('transfer', 'intercompany')

),

placed as (

    select
        open_lines.company_id,
        item_codes.item_id,
        item_codes.base_uom,
        location_codes.location_id,
        open_lines.uom,
        open_lines.order_date,
        open_lines.qty_open
    from open_lines
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            open_lines.source_system = item_codes.source_system
            and open_lines.company_id = item_codes.company_id
            and open_lines.item_code = item_codes.item_code
            and item_codes.is_resolved
    inner join {{ ref('int_master__location_code') }} as location_codes
        on
            open_lines.source_system = location_codes.source_system
            and open_lines.company_id = location_codes.company_id
            and open_lines.to_location_code = location_codes.location_code
    where open_lines.qty_open > 0

)

select
    placed.company_id,
    placed.item_id,
    placed.location_id,
    cast(sum(
        case
            when placed.uom = placed.base_uom then placed.qty_open
            else {{ divide_exact(
                'placed.qty_open * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
            ) }}
        end
    ) as decimal(18, 6)) as qty_base
from placed
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        placed.company_id = unit_factors.company_id
        and placed.item_id = unit_factors.item_id
        and placed.uom = unit_factors.uom
        and placed.order_date between unit_factors.valid_from and unit_factors.valid_to
group by placed.company_id, placed.item_id, placed.location_id
