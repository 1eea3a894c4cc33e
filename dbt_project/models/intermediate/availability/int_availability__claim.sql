-- Open order lines as the items that have to be picked for them, and what is left to find.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

open_lines as (

    select * from {{ ref('int_availability__open_line') }}
    where wanted_qty is not null

),

kit_parts as (

    select * from {{ ref('int_availability__kit_part') }}

),

wanted as (

    select
        open_lines.*,
        coalesce(kit_parts.item_id, open_lines.item_id) as part_item_id,
        cast(
            cast(open_lines.wanted_qty as decimal(28, 6)) * coalesce(kit_parts.qty_per, 1) as decimal(18, 6)
        ) as part_qty
    from open_lines
    left join kit_parts
        on
            open_lines.company_id = kit_parts.company_id
            and open_lines.item_id = kit_parts.kit_item_id

),

covered as (      -- stacked, then summed: shipped, put aside, or held for the customer who owns it

    select company_id, order_id, order_line, item_id, qty_base as shipped_qty, 0 as reserved_qty
    from {{ ref('int_demand__shipped') }}
    where order_id is not null
    union all
    select company_id, order_id, order_line, item_id, 0, reserved_qty
    from {{ ref('int_availability__reservation') }}
    union all
    select company_id, order_id, order_line, item_id, qty_base, 0
    from {{ ref('int_stock__ledger_row') }}
    where to_state = 'BILL_HOLD' and order_id is not null

),

open_keys as (

    select company_id, order_id, order_line from open_lines
    group by company_id, order_id, order_line

),

sums as (

    select
        covered.company_id,
        covered.order_id,
        covered.order_line,
        covered.item_id,
        sum(covered.shipped_qty) as shipped_qty,
        sum(covered.reserved_qty) as reserved_qty
    from covered
    inner join open_keys
        on
            covered.company_id = open_keys.company_id
            and covered.order_id = open_keys.order_id
            and covered.order_line = open_keys.order_line
    group by covered.company_id, covered.order_id, covered.order_line, covered.item_id

)

select
    wanted.source_system,
    wanted.company_id,
    wanted.order_id,
    wanted.order_line,
    wanted.part_item_id as item_id,
    wanted.item_id as ordered_item_id,
    wanted.location_id,
    wanted.order_type,
    wanted.channel,
    wanted.customer_code,
    wanted.ship_to_code,
    wanted.order_at,
    wanted.promised_date,
    greatest(wanted.due_date, companies.as_of_date) as due_date,
    wanted.promise_basis,
    wanted.net_amount,
    wanted.currency,
    wanted.part_qty as wanted_qty,
    cast(coalesce(sums.shipped_qty, 0) as decimal(18, 6)) as shipped_qty,
    cast(coalesce(sums.reserved_qty, 0) as decimal(18, 6)) as reserved_qty,
    cast(
        greatest(
            wanted.part_qty - coalesce(sums.shipped_qty, 0) - coalesce(sums.reserved_qty, 0), 0
        ) as decimal(18, 6)
    ) as unreserved_qty
from wanted
inner join companies
    on wanted.company_id = companies.company_id
left join sums
    on
        wanted.company_id = sums.company_id
        and wanted.order_id = sums.order_id
        and wanted.order_line = sums.order_line
        and wanted.part_item_id = sums.item_id
