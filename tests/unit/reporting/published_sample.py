"""A small published version with the promised columns, written the way a run publishes one.

Two companies with two currencies, a month that the data covers only in part, an exception that is
resolved, a feed that was refused, and a position without a cost: each reading rule has its row.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import duckdb

from tests.unit.reporting.planning_sample import PLANNING

AS_OF = "2026-03-20 18:00:00+00"
WATERMARK = "2026-03-19 23:00:00+00"
RUN = f"timestamptz '{AS_OF}' as as_of_at, timestamptz '{WATERMARK}' as watermark_at"

TABLES: dict[str, str] = {
    **PLANNING,
    "dim_company": """
        select * from (values ('NORTH', 'North Trading', 'EUR'), ('SOUTH', 'South Trading', 'USD'))
            as rows (company_id, company_name, currency)
    """,
    "dim_item": """
        select company_id, item_id, item_code, item_name, category, abc_class, base_uom,
            'stock' as item_type, cast('2.50000000' as decimal(20, 8)) as cost_standard
        from (
            select * from (values
                ('NORTH', 'bolt', 'B-1', 'Bolt', 'Fasteners', 'A', 'EA'),
                ('NORTH', 'nut', 'N-1', 'Nut', 'Fasteners', 'B', 'EA'),
                ('NORTH', 'glove', 'G-1', 'Glove', 'Safety', null, 'EA'),
                ('NORTH', 'cable', 'C-1', 'Cable', 'Electrical', 'B', 'M'),
                ('SOUTH', 'bolt', 'B-9', 'Bolt of the south', 'Fasteners', 'C', 'EA')
            ) as rows (company_id, item_id, item_code, item_name, category, abc_class, base_uom)
            union all
            select case when n < 6 then 'NORTH' else 'SOUTH' end, 'item-' || n, 'I-' || n,
                'Item ' || n, null, 'C', 'EA' from range(1, 8) as r(n)
            union all
            select 'NORTH', 'part-' || n, 'P-' || n, 'Part ' || n, 'Range ' || n, 'C', 'EA'
            from range(1, 9) as r(n)
        )
    """,
    "dim_location": """
        select * from (values
            ('NORTH', 'main', 'Main warehouse'), ('NORTH', 'depot', null),
            ('SOUTH', 'main', 'South store')
        ) as rows (company_id, location_id, location_name)
    """,
    "mart_kpi": f"""
        select 'NORTH' as company_id, 'invoice_error' as kpi_code, 'Invoice error rate' as kpi_name,
            date '2026-02-01' as period_start_date, date '2026-02-28' as period_end_date,
            dimension, place as dimension_value, cast(8 as decimal(24, 6)) as numerator,
            cast(200 as decimal(24, 6)) as denominator, cast(4 as decimal(18, 4)) as value,
            '%' as unit, {RUN}
        from (values ('company', ''), ('location', 'main')) as rows (dimension, place)
    """,
    # Demand begins on a Wednesday and ends on a Thursday, and one order is for the week after.
    "fct_demand": f"""
        select company_id, item_id, location_id, cast(day as date) as date,
            cast(qty as decimal(18, 6)) as demand_qty, cast(qty as decimal(18, 6)) as shipped_qty,
            'orders' as demand_basis, cast(share as decimal(3, 2)) as in_stock_share,
            share = 0 and qty = 0 as is_censored, promo,
            cast('12.50000000' as decimal(20, 8)) as price,
            cast(day as timestamptz) + interval 1 day as known_at, {RUN}
        from (
            select 'NORTH' as company_id, 'bolt' as item_id, location_id, day,
                case when weekday(day) < 6 and weekday(day) > 0 then 4 + day(day) % 7 else 0 end
                    as qty,
                case when location_id = 'depot' and month(day) = 1 then 0 else 1 end as share,
                day between date '2026-02-04' and date '2026-02-10' as promo
            from range(date '2025-12-03', date '2026-03-20', interval 1 day) as r(day),
                (values ('main'), ('depot')) as places(location_id)
            union all
            select 'NORTH', 'glove', 'main', day, n % 3, case when n < 5 then 0.5 when n = 5 then 0 end, false
            from range(40) as r(n), lateral (select date '2026-02-01' + cast(n as integer) as day)
            union all
            select 'NORTH', 'part-' || n, 'main', date '2026-03-02', n, 0, n = 8
            from range(1, 9) as r(n)
            union all
            select * from (values
                ('NORTH', 'nut', 'main', date '2026-03-25', 30, 1, false),
                ('NORTH', 'nut', 'main', date '2026-03-04', 1250, 1, false),
                ('NORTH', 'cable', 'main', date '2026-03-03', 2.5, 0, false),
                ('NORTH', 'cable', 'main', date '2026-03-04', 0.75, 0, false),
                ('SOUTH', 'bolt', 'main', date '2026-03-04', 7, null, false)
            ) as rows (company_id, item_id, location_id, day, qty, share, promo)
        )
    """,
    # What changed on the days it changed; `site-n` are more places than a picture tells apart.
    "fct_stock_position_daily": f"""
        select company_id, item_id, location_id, stock_state, cast(day as date) as date,
            cast(change as decimal(18, 6)) as qty_change,
            cast(sum(change) over (
                partition by company_id, item_id, location_id, stock_state order by day
            ) as decimal(18, 6)) as qty_base,
            cast('8123.4500' as decimal(18, 4)) as value_amount, {RUN}
        from (
            select * from (values
                ('NORTH', 'bolt', 'main', 'ON_HAND', date '2024-06-03', 500),
                ('NORTH', 'bolt', 'main', 'ON_HAND', date '2025-12-03', -100),
                ('NORTH', 'bolt', 'main', 'ON_HAND', date '2025-12-24', -250),
                ('NORTH', 'bolt', 'main', 'ON_HAND', date '2026-03-10', 80),
                ('NORTH', 'bolt', 'main', 'RESERVED', date '2025-12-24', 250),
                ('NORTH', 'bolt', 'main', 'RESERVED', date '2025-12-29', -240),
                ('NORTH', 'bolt', 'main', 'EXT_CUSTOMER', date '2025-12-29', 240),
                ('NORTH', 'bolt', 'depot', 'ON_HAND', date '2025-12-30', 60),
                ('NORTH', 'bolt', 'depot', 'ON_HAND', date '2026-01-02', -60),
                ('NORTH', 'cable', 'main', 'ON_HAND', date '2026-03-02', 12.5),
                ('SOUTH', 'bolt', 'main', 'ON_HAND', date '2026-01-07', 33)
            ) as rows (company_id, item_id, location_id, stock_state, day, change)
            union all
            select 'NORTH', 'part-1', 'site-' || n, 'ON_HAND', date '2026-01-05', n
            from range(1, 8) as r(n)
        )
    """,
    "dim_calendar": """
        select 'NORTH' as company_id, date, cast(year(date) as bigint) as fiscal_year,
            cast(month(date) as bigint) as fiscal_period, weekday(date) < 6 as is_business_day
        from (select cast(day as date) as date
              from range(date '2026-01-01', date '2026-04-01', interval 1 day) as r(day))
    """,
    "mart_unbilled": f"""
        select
            company_id, 'eb-' || n as expected_billing_id, 'customer-' || n % 4 as party_id,
            'SO' || (1000 + n // 2) as order_id, cast(n % 2 + 1 as varchar) as order_line,
            'SH' || (5000 + n) as shipment_id, '1' as shipment_line, 'bolt' as item_id,
            cast(n + 1 as decimal(18, 6)) as open_qty, 'EA' as uom,
            cast('12.50000000' as decimal(20, 8)) as expected_unit_price,
            cast((n + 1) * 12.5 as decimal(18, 4)) as open_amount, currency,
            timestamptz '2025-11-10 12:00:00+00' + to_days(n * 12) as trigger_at,
            timestamptz '2025-11-11 12:00:00+00' + to_days(n * 12) as due_by_at,
            cast(129 - n * 12 as bigint) as age_days,
            case when 129 - n * 12 > 60 then '60+' when 129 - n * 12 > 30 then '31-60'
                 when 129 - n * 12 > 7 then '8-30' else '2-7' end as age_bucket,
            'nothing_matched' as cause, {RUN}
        from (select n, 'NORTH' as company_id, 'EUR' as currency from range(11) as r(n)
              union all select n, 'SOUTH', 'USD' from range(3) as r(n))
    """,
    "fct_expected_billing": f"""
        select 'NORTH' as company_id, 'eb-' || n as expected_billing_id,
            timestamptz '2025-11-10 12:00:00+00' + to_days(n) as trigger_at,
            cast(10 as decimal(18, 4)) as expected_amount, 'EUR' as currency,
            'SO' || (1000 + n // 4) as order_id, cast(n % 4 as decimal(18, 6)) as actual_qty,
            'billed' as billing_state, {RUN}
        from range(120) as r(n)
    """,
    "fct_exception": f"""
        select company_id, 'x-' || n as exception_id, code, leakage_category, severity, status,
            'order ' || n as business_key, 'bolt' as item_id,
            case n when 9 then 'x-6' end as root_exception_id,
            timestamptz '2026-01-05 08:00:00+00' + to_hours(n) as first_event_at,
            owner_role, cast(exposure as decimal(18, 4)) as exposure_amount, 'EUR' as currency,
            basis as exposure_basis,
            case basis when 'cost' then '{{"unit_cost": "2.50"}}' else '{{"price": "12.50"}}' end
                as evidence, {RUN}
        from (values
            (1, 'NORTH', 'UNBILLED', 'L1', 'high', 'open', 'billing', 4125.5, 'sales price'),
            (2, 'NORTH', 'UNBILLED', 'L1', 'low', 'open', 'billing', 37.5, 'sales price'),
            (3, 'NORTH', 'UNDER_PRICED', 'L2', 'medium', 'open', 'billing', 512.25, 'sales price'),
            (4, 'NORTH', 'NEG_STOCK', null, 'low', 'open', 'inventory_control', 12.5, 'cost'),
            (5, 'NORTH', 'FEED_REJECT', null, 'low', 'open', 'IT / vendor', null, 'none'),
            (9, 'NORTH', 'GL_MISSING_IN_GL', null, 'low', 'open', 'GL', 21745.5, 'journal'),
            (6, 'NORTH', 'GL_WRONG_ACCOUNT', 'GL_WRONG_ACCOUNT', 'critical', 'open', 'GL',
             -21745.5, 'journal'),
            (7, 'NORTH', 'UNBILLED', 'L1', 'high', 'resolved', 'billing', 999, 'sales price'),
            (8, 'SOUTH', '=SUM(A1)', 'L3', 'medium', 'open', 'billing', 80, 'sales price')
        ) as rows (n, company_id, code, leakage_category, severity, status, owner_role, exposure,
                   basis)
    """,
    "fct_stock_position": f"""
        select company_id, 'item-' || n as item_id, 'main' as location_id, '' as lot_number,
            stock_state, 'us' as owner_id, cast(qty as decimal(18, 6)) as qty_base,
            cast(cost as decimal(18, 4)) as value_amount, 'INV' as account_role,
            stock_state <> 'EXT_CUSTOMER' as is_valued, {RUN}
        from (values
            (1, 'NORTH', 'ON_HAND', 120, 300.25), (2, 'NORTH', 'ON_HAND', 80.5, 1200),
            (3, 'NORTH', 'QC_HOLD', 4, 10), (4, 'NORTH', 'EXT_CUSTOMER', 900, null),
            (5, 'NORTH', 'ON_HAND', -3, -7.5), (6, 'SOUTH', 'XFER_TRANSIT', 10, 55),
            (7, 'SOUTH', 'ON_HAND', 1, null)
        ) as rows (n, company_id, stock_state, qty, cost)
    """,
    "fct_gl_tieout": f"""
        select company_id, cast(2026 as bigint) as fiscal_year,
            cast(period as bigint) as fiscal_period, account as account_code,
            role as account_role, currency, '' as location_id,
            cast(expected as decimal(18, 4)) as expected_amount,
            cast(actual as decimal(18, 4)) as actual_amount,
            cast(actual - expected as decimal(18, 4)) as difference_amount,
            cast(explained as decimal(18, 4)) as classified_amount,
            cast(actual - expected - explained as decimal(18, 4)) as unexplained_amount,
            coalesce(tie_group, account) as tie_group,
            cast(sum(actual - expected - explained) over (
                partition by company_id, period, coalesce(tie_group, account), currency
            ) as decimal(18, 4)) as group_unexplained_amount,
            case when actual is null or expected is null then 'no_subledger'
                when tie_group is not null or actual = expected then 'agrees'
                when actual - expected = explained then 'explained'
                else 'unexplained' end as status, {RUN}
        from (values
            ('NORTH', 2, '1400', 'INV', null, 'EUR', 1000, 1000.5, 0.5),
            ('NORTH', 3, '1400', 'INV', null, 'EUR', 1502.75, 1602.75, 60),
            ('NORTH', 3, '5000', 'COGS', null, 'EUR', 700, 650, 0),
            ('NORTH', 3, '4000', 'REVENUE', 'sales', 'EUR', -900, -930, 0),
            ('NORTH', 3, '4010', 'REVENUE', 'sales', 'EUR', 0, 30, 0),
            ('NORTH', 3, '1000', 'CASH', null, 'EUR', null, 77, 0),
            ('SOUTH', 2, '1400', 'INV', null, 'USD', 55, 60, 0)
        ) as rows (company_id, period, account, role, tie_group, currency, expected, actual,
                   explained)
    """,
    "fct_feed_delivery": f"""
        select company_id, feed, 'demo' as source_system, feed || '-1' as batch_id,
            feed || '.csv' as file_name, 'hash' as file_hash,
            timestamptz '2026-03-20 06:00:00+00' as delivered_at,
            null::timestamptz as due_at, cast(read as bigint) as rows_read,
            cast(read - rejected as bigint) as rows_accepted, cast(rejected as bigint)
                as rows_rejected, cast(0 as bigint) as rows_repeated,
            null::decimal(18, 6) as control_total_expected,
            null::decimal(18, 6) as control_total_actual, status, {RUN}
        from (values
            ('NORTH', 'wms_shipment_line', 400, 0, 'loaded'),
            ('NORTH', 'billing_invoice_line', 388, 1, 'loaded'),
            ('NORTH', 'gl_journal_line', 0, 0, 'refused'),
            ('SOUTH', 'wms_stock_movement', 1200, 0, 'loaded')
        ) as rows (company_id, feed, read, rejected, status)
    """,
}


def write_version(
    published: Path, version: str = "v-one", *, without: tuple[str, ...] = ()
) -> Path:
    """Write one version folder and make `current` point to it."""
    home = published / version
    home.mkdir(parents=True)
    with duckdb.connect(str(home / "serve.duckdb")) as connection:
        connection.sql("set TimeZone = 'UTC'")
        for table, query in TABLES.items():
            if table in without:
                continue
            connection.sql(f"create table {table} as {query}")
            connection.sql(f"copy {table} to '{home / table}.parquet' (format parquet)")
    run = {"version": version, "as_of_at": AS_OF, "watermark_at": WATERMARK, "run_at": None}
    (home / "run.json").write_text(json.dumps(run), encoding="utf-8")
    fresh = published / ".next"
    fresh.symlink_to(version)
    os.replace(fresh, published / "current")
    return home
