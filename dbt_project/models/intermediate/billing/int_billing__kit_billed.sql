-- An invoice may list the parts of a kit that was ordered as one. As many kits are billed as its
-- scarcest part makes up, and every part stands for a share of them by its amount, so that amount and
-- quantity of the lines together are those of the kits.

with

kits as (

    select company_id, parent_item_id
    from {{ ref('int_billing__kit_content') }}
    group by company_id, parent_item_id

),

orders as (

    select lines.company_id, lines.order_id, lines.order_line, lines.item_id as kit_item_id
    from {{ ref('int_billing__order_line') }} as lines
    inner join kits
        on
            lines.company_id = kits.company_id
            and lines.item_id = kits.parent_item_id

),

left_parts as (      -- a line may name the part that left and not the order

    select lines.company_id, lines.shipment_id, lines.shipment_line, lines.order_id, lines.order_line
    from {{ ref('int_billing__left_line') }} as lines
    inner join orders
        on
            lines.company_id = orders.company_id
            and lines.order_id = orders.order_id
            and lines.order_line = orders.order_line

),

billed as (

    select
        lines.company_id, lines.source_system, lines.invoice_id, lines.invoice_line,
        lines.invoice_date, lines.item_id, lines.match_qty, lines.actual_amount_doc,
        lines.shipment_id,
        coalesce(lines.order_id, left_parts.order_id) as order_id,
        coalesce(lines.order_line, left_parts.order_line) as order_line
    from {{ ref('int_billing__invoice_line') }} as lines
    left join left_parts
        on
            lines.company_id = left_parts.company_id
            and lines.shipment_id = left_parts.shipment_id
            and lines.shipment_line = left_parts.shipment_line
    where
        lines.line_kind = 'goods'
        and lines.invoice_type in ('invoice', 'debit_memo')
        and not lines.is_cancelled
        and lines.match_qty > 0

),

parts as (

    select
        billed.*,
        orders.kit_item_id,
        kit_contents.qty_per,
        concat_ws(
            '|', billed.source_system, billed.invoice_id, billed.order_id, billed.order_line,
            coalesce(billed.shipment_id, '')
        ) as bundle
    from billed
    inner join orders
        on
            billed.company_id = orders.company_id
            and billed.order_id = orders.order_id
            and billed.order_line = orders.order_line
            and billed.item_id <> orders.kit_item_id
    inner join {{ ref('int_billing__kit_content') }} as kit_contents
        on
            orders.company_id = kit_contents.company_id
            and orders.kit_item_id = kit_contents.parent_item_id
            and billed.item_id = kit_contents.component_item_id
            and billed.invoice_date between kit_contents.valid_from and kit_contents.valid_to

),

by_part as (

    select company_id, bundle, item_id, sum(match_qty) as qty, max(qty_per) as qty_per
    from parts
    group by company_id, bundle, item_id

),

counted as (

    select
        company_id, bundle,
        min({{ divide_exact('cast(qty as decimal(18, 6))', 'qty_per', 6) }}) as kits
    from by_part
    group by company_id, bundle

),

laid as (      -- amounts end to end, so that the shares add up to the kits

    select
        parts.*,
        counted.kits,
        cast(sum(parts.actual_amount_doc) over along as decimal(18, 4)) as reaches,
        cast(sum(parts.actual_amount_doc) over (partition by parts.company_id, parts.bundle) as decimal(18, 4))
            as total,
        row_number() over along as position
    from parts
    inner join counted
        on
            parts.company_id = counted.company_id
            and parts.bundle = counted.bundle
    window along as (
        partition by parts.company_id, parts.bundle
        order by length(parts.invoice_line), parts.invoice_line
    )

)

select
    laid.company_id,
    laid.source_system,
    laid.invoice_id,
    laid.invoice_line,
    laid.kit_item_id,
    laid.order_id,
    laid.order_line,
    cast(
        case
            when laid.total > 0
                then
                    {{ divide_exact('laid.kits * laid.reaches', 'laid.total', 6, 10, 4) }}
                    - {{ divide_exact('laid.kits * (laid.reaches - laid.actual_amount_doc)', 'laid.total', 6, 10, 4) }}
            when laid.position = 1 then laid.kits
            else 0
        end as decimal(18, 6)
    ) as kit_qty
from laid
