-- What suppliers and senders said, and what came of it: ordered, announced, received, in the unit of
-- the stock. An order of goods that go to a customer directly, or that are still at another place
-- of ours, is no supply.
with

run as (

    select * from {{ ref('int_control__run') }}

),

stacked as (

    select
        order_lines.source_system, order_lines.company_id, 'ordered' as side,
        order_lines.po_id as order_id, order_lines.po_line as order_line,
        cast(null as varchar) as inbound_id, cast(null as varchar) as inbound_line,
        order_lines.item_code, order_lines.to_location_code as location_code, order_lines.uom,
        order_lines.qty_ordered - coalesce(order_lines.qty_cancelled, 0) as qty,
        order_lines.order_date as said_date, order_lines.promised_date as expected_date,
        order_lines.confirmed_at is not null as is_confirmed, false as is_transfer
    from {{ ref('stg_purchasing__order_line') }} as order_lines
    inner join run
        on order_lines.order_date <= cast(run.as_of_at as date)
    where
        order_lines.status in ('open', 'partial')
        and order_lines.po_type not in ('dropship', 'transfer')

    union all

    select
        inbound_lines.source_system, inbound_lines.company_id, 'announced' as side,
        inbound_lines.ref_order_id as order_id, inbound_lines.ref_order_line as order_line,
        inbound_lines.inbound_id, inbound_lines.inbound_line,
        inbound_lines.item_code, inbound_lines.to_location_code as location_code,
        inbound_lines.uom, inbound_lines.qty_expected as qty,
        cast(coalesce(inbound_lines.shipped_at, run.as_of_at) as date) as said_date,
        cast(inbound_lines.eta_at as date) as expected_date,
        true as is_confirmed, inbound_lines.inbound_type = 'transfer' as is_transfer
    from {{ ref('stg_wms__inbound_line') }} as inbound_lines
    inner join run
        on coalesce(inbound_lines.shipped_at, run.as_of_at) <= run.as_of_at
    where
        coalesce(inbound_lines.status, 'open') in ('open', 'in_transit', 'arrived')
        and inbound_lines.inbound_type <> 'return'

    union all

    select
        receipt_lines.source_system, receipt_lines.company_id, 'received' as side,
        receipt_lines.ref_order_id as order_id, receipt_lines.ref_order_line as order_line,
        receipt_lines.inbound_id, receipt_lines.inbound_line,
        receipt_lines.item_code, receipt_lines.location_code, receipt_lines.uom,
        receipt_lines.qty_received as qty, cast(receipt_lines.received_at as date) as said_date,
        cast(null as date) as expected_date, true as is_confirmed,
        receipt_lines.receipt_type = 'transfer' as is_transfer
    from {{ ref('stg_wms__receipt_line') }} as receipt_lines
    inner join run
        on receipt_lines.received_at <= run.as_of_at
    where
        coalesce(receipt_lines.status, 'posted') = 'posted'
        and receipt_lines.receipt_type <> 'return'

),

placed as (

    select
        stacked.*,
        item_codes.item_id,
        item_codes.base_uom,
        location_codes.location_id
    from stacked
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            stacked.source_system = item_codes.source_system
            and stacked.company_id = item_codes.company_id
            and stacked.item_code = item_codes.item_code
            and item_codes.is_resolved
    inner join {{ ref('int_master__location_code') }} as location_codes
        on
            stacked.source_system = location_codes.source_system
            and stacked.company_id = location_codes.company_id
            and stacked.location_code = location_codes.location_code

)

select
    placed.company_id,
    placed.side,
    placed.order_id,
    placed.order_line,
    placed.inbound_id,
    placed.inbound_line,
    placed.item_id,
    placed.location_id,
    placed.expected_date,
    placed.is_confirmed,
    placed.is_transfer,
    case
        when placed.uom = placed.base_uom then cast(placed.qty as decimal(18, 6))
        else {{ divide_exact(
            'placed.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as qty_base
from placed
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        placed.company_id = unit_factors.company_id
        and placed.item_id = unit_factors.item_id
        and placed.uom = unit_factors.uom
        and placed.said_date between unit_factors.valid_from and unit_factors.valid_to
