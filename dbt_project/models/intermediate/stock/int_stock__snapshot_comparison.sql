with

statements as (

    select * from {{ ref('int_stock__snapshot_statement') }}

),

stacked as (      -- movements of the very moment of a snapshot are in it

    select
        company_id, location_id, source_item_code, stock_state, event_at as moment_at,
        0 as kind, sum(qty_change) as qty_change,
        cast(null as varchar) as item_id, cast(null as decimal(18, 6)) as snapshot_qty,
        cast(null as boolean) as is_measured, cast(null as boolean) as is_listed
    from {{ ref('int_stock__leg') }}
    group by company_id, location_id, source_item_code, stock_state, event_at
    union all
    select
        company_id, location_id, source_item_code, stock_state, snapshot_at,
        1, 0, item_id, qty_base, is_measured, is_listed
    from statements

),

running as (

    select
        *,
        sum(qty_change) over (
            partition by company_id, location_id, source_item_code, stock_state
            order by moment_at, kind
            rows between unbounded preceding and current row
        ) as ledger_qty,
        min(kind) over (partition by company_id, location_id) = 0 as has_ledger
    from stacked

),

judged as (      -- no WMS sees what is on the road or at a customer

    select
        *,
        has_ledger
        and is_measured
        and stock_state not in (
            'ON_ORDER', 'RETURN_TRANSIT',
            'IN_TRANSIT_IN', 'IN_TRANSIT_OUT', 'XFER_TRANSIT', 'CONSIGN_OUT', 'DROPSHIP_TRANSIT'
        ) as is_compared
    from running
    where kind = 1 and (is_listed or ledger_qty <> 0)

)

select
    company_id,
    location_id,
    source_item_code,
    stock_state,
    item_id,
    moment_at as snapshot_at,
    cast(ledger_qty as decimal(18, 6)) as ledger_qty,
    snapshot_qty,
    case when is_compared then cast(snapshot_qty - ledger_qty as decimal(18, 6)) end
        as difference_qty,
    is_listed,
    case
        when not is_compared then 'not_compared'
        when snapshot_qty = ledger_qty then 'agrees'
        else 'differs'
    end as check_status
from judged
