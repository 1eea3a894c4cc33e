-- Each count beside the book, judged by the tolerance of the item's class and valued at cost.

with

measured as (

    select * from {{ ref('int_stock__count_measured') }}

),

tolerances as (

    select
        company_id, tolerance, value, valid_from, valid_to
    from {{ ref('int_policy__tolerance') }}
    where tolerance in ('count_pct_a', 'count_pct_b', 'count_pct_c') and scope = ''

),

item_costs as (

    select * from {{ ref('int_valuation__unit_cost') }}

),

tolerated as (

    select
        measured.source_system,
        measured.company_id,
        measured.count_id,
        measured.count_line,
        min(tolerances.value) as tolerance_pct
    from measured
    inner join tolerances
        on
            measured.company_id = tolerances.company_id
            and measured.count_date between tolerances.valid_from and tolerances.valid_to
            and (
                tolerances.tolerance = concat('count_pct_', lower(measured.abc_class))
                or measured.abc_class not in ('A', 'B', 'C')
            )
    group by
        measured.source_system, measured.company_id, measured.count_id, measured.count_line

)

select
    measured.source_system,
    measured.company_id,
    measured.count_id,
    measured.count_line,
    measured.count_type,
    measured.count_at,
    measured.count_date,
    measured.item_id,
    measured.location_id,
    measured.abc_class,
    coalesce(measured.lot_number, '') as lot_number,
    measured.adjustment_txn_id,
    measured.book_qty_base,
    measured.counted_qty_base,
    measured.counted_qty_base - measured.book_qty_base as variance_qty,
    tolerated.tolerance_pct,
    -- null where the unit does not convert: then nobody can say that it is within
    abs(measured.counted_qty - measured.book_qty)
    <= abs(measured.book_qty) * tolerated.tolerance_pct * 0.01 as is_within_tolerance,
    cast(round(measured.book_qty_base * item_costs.unit_cost, 4) as decimal(18, 4)) as book_amount,
    cast(
        round((measured.counted_qty_base - measured.book_qty_base) * item_costs.unit_cost, 4)
        as decimal(18, 4)
    ) as variance_amount,
    item_costs.unit_cost
from measured
left join tolerated
    on
        measured.source_system = tolerated.source_system
        and measured.company_id = tolerated.company_id
        and measured.count_id = tolerated.count_id
        and measured.count_line = tolerated.count_line
left join item_costs
    on
        measured.company_id = item_costs.company_id
        and measured.item_id = item_costs.item_id
