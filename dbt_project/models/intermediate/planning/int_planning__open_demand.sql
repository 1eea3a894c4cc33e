with

ordered as (

    select * from {{ ref('int_demand__ordered') }}
    where line_status in ('open', 'partial') and qty_base is not null

),

shipped as (

    select
        company_id,
        order_id,
        order_line,
        sum(qty_base) as qty_base
    from {{ ref('int_demand__shipped') }}
    where order_id is not null
    group by company_id, order_id, order_line

)

select
    ordered.company_id,
    ordered.item_id,
    ordered.location_id,
    cast(sum(greatest(ordered.qty_base - coalesce(shipped.qty_base, 0), 0)) as decimal(18, 6))
        as qty_base
from ordered
left join shipped
    on
        ordered.company_id = shipped.company_id
        and ordered.order_id = shipped.order_id
        and ordered.order_line = shipped.order_line
group by ordered.company_id, ordered.item_id, ordered.location_id
