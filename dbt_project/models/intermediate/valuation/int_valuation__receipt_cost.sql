with

arrivals as (      -- quantity that came into the company's stock and may bring its cost with it

    select * from {{ ref('int_stock__mapped_movement') }}
    where
        direction = 'in'
        and event_code <> 'E58'
        and from_state in (
            'EXT_SUPPLIER', 'EXT_ADJUST', 'EXT_CONSUMED', 'ON_ORDER', 'IN_TRANSIT_IN', 'WIP'
        )

),

supplier_prices as (

    select * from {{ ref('int_valuation__supplier_price') }}

),

receipt_lines as (

    select
        receipt_lines.*,
        case
            when
                receipt_lines.cost_currency
                = coalesce(companies.currency, receipt_lines.cost_currency)
                or receipt_lines.cost_currency is null
                then receipt_lines.unit_cost
        end as company_unit_cost
    from {{ ref('stg_wms__receipt_line') }} as receipt_lines
    inner join {{ ref('int_master__company') }} as companies
        on receipt_lines.company_id = companies.company_id

),

order_lines as (

    select
        order_lines.company_id,
        order_lines.po_id,
        order_lines.po_line,
        min(order_lines.uom) as uom,
        max({{ divide_exact(
            'order_lines.unit_price', 'coalesce(order_lines.price_basis_qty, 1)', 8, from_scale=8
        ) }}) as unit_cost
    from {{ ref('stg_purchasing__order_line') }} as order_lines
    inner join {{ ref('int_master__company') }} as companies
        on
            order_lines.company_id = companies.company_id
            and order_lines.currency = coalesce(companies.currency, order_lines.currency)
    group by order_lines.company_id, order_lines.po_id, order_lines.po_line

),

with_receipt as (

    select
        arrivals.*,
        receipt_lines.company_unit_cost as receipt_unit_cost,
        receipt_lines.uom as receipt_uom,
        coalesce(
            arrivals.purchase_order_id,
            case when receipt_lines.receipt_type = 'po' then receipt_lines.ref_order_id end
        ) as po_id,
        coalesce(
            arrivals.purchase_order_line,
            case when receipt_lines.receipt_type = 'po' then receipt_lines.ref_order_line end
        ) as po_line
    from arrivals
    left join receipt_lines
        on
            arrivals.source_system = receipt_lines.source_system
            and arrivals.company_id = receipt_lines.company_id
            and arrivals.receipt_id = receipt_lines.receipt_id
            and arrivals.receipt_line = receipt_lines.receipt_line

),

with_documents as (

    select
        with_receipt.*,
        abs(with_receipt.qty) as moved_qty,
        coalesce(receipt_bills.uom, order_bills.uom, with_receipt.uom) as billed_uom,
        coalesce(receipt_bills.qty, order_bills.qty) as qty_on_bill,
        coalesce(receipt_bills.amount, order_bills.amount) as amount_on_bill,
        coalesce(receipt_bills.unit_cost, order_bills.unit_cost) as unit_cost_on_bill,
        order_lines.unit_cost as order_unit_cost
    from with_receipt
    left join supplier_prices as receipt_bills
        on
            with_receipt.company_id = receipt_bills.company_id
            and receipt_bills.document_kind = 'receipt'
            and with_receipt.receipt_id = receipt_bills.document_id
            and with_receipt.receipt_line = receipt_bills.document_line
    left join supplier_prices as order_bills
        on
            with_receipt.company_id = order_bills.company_id
            and order_bills.document_kind = 'order'
            and with_receipt.po_id = order_bills.document_id
            and with_receipt.po_line = order_bills.document_line
    left join order_lines
        on
            with_receipt.company_id = order_lines.company_id
            and with_receipt.po_id = order_lines.po_id
            and with_receipt.po_line = order_lines.po_line
            and with_receipt.uom = order_lines.uom

),

comparable as (      -- a price in another unit than the movement's is no price for it

    select
        *,
        case when billed_uom = uom then qty_on_bill end as billed_qty,
        case when billed_uom = uom then amount_on_bill end as billed_amount,
        case when billed_uom = uom then unit_cost_on_bill end as billed_unit_cost
    from with_documents

)

select
    source_system,
    company_id,
    source_movement_id,
    source_movement_line,
    item_id,
    qty_base,
    cast(round(case
        when billed_qty = moved_qty then billed_amount
        when billed_unit_cost is not null then billed_unit_cost * moved_qty
        when given_cost_amount is not null then abs(given_cost_amount)
        when given_unit_cost is not null then given_unit_cost * moved_qty
        when receipt_uom = uom and receipt_unit_cost is not null then receipt_unit_cost * moved_qty
        when order_unit_cost is not null then order_unit_cost * moved_qty
    end, 4) as decimal(18, 4)) as cost_amount,
    case
        when billed_unit_cost is not null then 'supplier invoice'
        when given_cost_amount is not null then 'movement ext_cost'
        when given_unit_cost is not null then 'movement unit_cost'
        when receipt_uom = uom and receipt_unit_cost is not null then 'receipt line'
        when order_unit_cost is not null then 'purchase order'
    end as cost_source
from comparable
