-- Invariant I3: what our ledger says lies somewhere against the last snapshot that speaks of it.
-- A gap that a later snapshot no longer shows has been settled.

with

comparisons as (      -- spellings of one item together: a snapshot need not use the movements' own

    select
        company_id,
        item_id,
        location_id,
        stock_state,
        snapshot_at,
        sum(ledger_qty) as ledger_qty,
        sum(snapshot_qty) as snapshot_qty,
        sum(snapshot_qty) - sum(ledger_qty) as difference_qty
    from {{ ref('int_stock__snapshot_comparison') }}
    where check_status <> 'not_compared'
    group by company_id, item_id, location_id, stock_state, snapshot_at

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by company_id, item_id, location_id, stock_state
            order by snapshot_at desc
        ) as age_rank,
        max(case when difference_qty = 0 then snapshot_at end) over (
            partition by company_id, item_id, location_id, stock_state
        ) as agreed_at
    from comparisons

),

spells as (      -- the gap of the last snapshot, since when it is there without a break

    select
        company_id,
        item_id,
        location_id,
        stock_state,
        min(snapshot_at) as first_snapshot_at,
        max(snapshot_at) as last_snapshot_at,
        count(*) as snapshots,
        max(case when age_rank = 1 then ledger_qty end) as ledger_qty,
        max(case when age_rank = 1 then snapshot_qty end) as snapshot_qty,
        max(case when age_rank = 1 then difference_qty end) as difference_qty
    from ranked
    where agreed_at is null or snapshot_at > agreed_at
    group by company_id, item_id, location_id, stock_state

)

select
    'LEDGER_SNAPSHOT_GAP' as code,
    spells.company_id,
    concat_ws('|', spells.item_id, spells.location_id, spells.stock_state) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    spells.item_id,
    spells.location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    spells.first_snapshot_at as first_event_at,
    spells.first_snapshot_at as detected_at,
    coalesce(round(abs(spells.difference_qty) * item_costs.unit_cost, 4), 0) as exposure_amount,
    case
        when item_costs.unit_cost is null then 'no cost known'
        else 'difference at cost'
    end as exposure_basis,
    'ledger against snapshot' as rule_id,
    {{ json_text([
        ('stock_state', 'spells.stock_state'),
        ('ledger_qty', 'spells.ledger_qty'),
        ('snapshot_qty', 'spells.snapshot_qty'),
        ('difference_qty', 'spells.difference_qty'),
        ('snapshot_at', 'spells.last_snapshot_at'),
        ('snapshots', 'spells.snapshots'),
        ('unit_cost', 'item_costs.unit_cost'),
    ]) }} as evidence
from spells
left join item_costs
    on
        spells.company_id = item_costs.company_id
        and spells.item_id = item_costs.item_id
