"""Shipments against invoices: as many lines on either side, allocated by the tables of dbt.

The unit U is DuckDB's own scan, sort and write to zstd Parquet of the same rows of both sides, on the
same machine in the same run. One in a hundred lines is never billed: afterwards just these are open,
and every invoice stands with its own goods.
"""

from __future__ import annotations

import math
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import apart, line, measured

MEMORY = "4GB"
TABLES = (
    "int_billing__claim",
    "int_billing__match_shipment",
    "int_billing__match_open",
    "int_billing__match_dated",
    "int_billing__match_order",
    "int_billing__match_party",
    "int_billing__match_joint",
    "int_billing__match_stretch",
    "int_billing__match_sum",
    "int_billing__match",
)

# Of a hundred lines 70 are billed by shipment line, 25 are five parts of five order lines each and
# one is an order line of its own, three share a purchase number, and of one in a hundred five
# together are one collective invoice line. Parts leave a week apart, those of a purchase a day apart.
STORY = """
    create table story as
    select
        i,
        i // 100 as block,
        i % 100 as k,
        case when i % 100 < 70 then 'M1' when i % 100 < 96 then 'M2'
            when i % 100 < 99 then 'M3' else 'M4' end as kind,
        case when i % 100 between 70 and 94 then (i % 100 - 70) // 5 else i % 100 end as place,
        case when i % 100 between 70 and 94 then i % 5
            when i % 100 between 96 and 98 then i % 100 - 96
            when i % 100 = 99 then (i // 100) % 5 else 0 end as part,
        hash(i) % 100 = 0 and i % 100 <> 99 as is_missing
    from range({rows}) as numbers(i)
"""
# A purchase, and a collective invoice, belongs to one block or five: their goods are one item.
LINES = """
    create table lines as
    select
        *,
        'C' || (block // 5) % 50000 as party_id,
        'ITEM-' || case when kind = 'M1' or k = 95 then hash(i) % 20000
            when kind = 'M4' then (block // 5) % 20000 else (block + place) % 20000 end as item_id,
        case when kind = 'M2' then 'SO' || block || '-' || place
            when kind = 'M1' then 'SO' || block || '-M' || k // 4 else 'SO' || i end as order_id,
        case when kind = 'M1' then cast(k % 4 + 1 as varchar) else '1' end as order_line,
        cast(date '2025-01-06' + cast((block // 5 * 7) % 280 + case kind
            when 'M2' then part * 7 when 'M1' then hash(i) % 5 else part end as integer) as date)
            as ship_date,
        cast(case when kind = 'M4' then 2 + part when kind = 'M1' then 1 + hash(i) % 50
            else 10 end as decimal(18, 6)) as qty
    from story
"""
EXPECTED = """
    create table int_billing__expected_line as
    select
        md5(cast(i as varchar)) as expected_billing_id, 'BULK' as company_id,
        cast(null as varchar) as billable_event_id, 'SH' || i as shipment_id, '1' as shipment_line,
        'sale' as shipment_type, order_id, order_line, item_id, party_id,
        'PO' || block || '-' || case when kind = 'M3' then '' else cast(k as varchar) end
            as customer_po,
        ship_date, cast(ship_date as timestamptz) + interval 12 hour as ship_confirm_at,
        qty as match_qty, cast(null as varchar) as suppressed_reason,
        cast(1 as bigint) as unit_top, cast(1 as bigint) as unit_bottom,
        cast(null as decimal(20, 8)) as own_qty_abs, cast(null as decimal(20, 8)) as own_qty_pct
    from lines
    order by hash(i + 1)
"""
INVOICED = """
    create table int_billing__invoice_line as
    select
        'BULK' as company_id, 'erp' as source_system, 'IN' || min(i) // 3 as invoice_id,
        cast(min(i) % 3 + 1 as varchar) as invoice_line, 'IN' || min(i) // 3 as invoice_number,
        'invoice' as invoice_type, 'goods' as line_kind, false as is_cancelled,
        cast(max(ship_date) + cast(case extract(isodow from max(ship_date))
            when 5 then 3 when 6 then 2 else 1 end as integer) as date) as invoice_date,
        min(party_id) as party_id,
        case when kind = 'M3' then 'PO' || min(block) || '-' end as customer_po,
        min(item_id) as item_id,
        case when kind = 'M2' then min(order_id) end as order_id,
        case when kind = 'M2' then min(order_line) end as order_line,
        case when kind = 'M1' then 'SH' || min(i) end as shipment_id,
        case when kind = 'M1' then '1' end as shipment_line,
        cast(null as varchar) as billable_event_id, cast(sum(qty) as decimal(18, 6)) as match_qty,
        cast(sum(qty) * 3 as decimal(18, 4)) as actual_amount,
        cast(sum(qty) * 3 as decimal(18, 4)) as actual_amount_doc,
        cast(null as varchar) as reference_invoice_id, cast(null as varchar) as reason_code,
        min(i) as i
    from lines
    where not is_missing
    group by kind, case when kind = 'M4' then -1 - block // 5 else i end
    order by hash(min(i))
"""
RETURN_CREDITS = """
    create table int_billing__return_credit (return_key varchar, credit_key varchar)
"""
KITS = """
    create table int_billing__kit_billed (
        company_id varchar, source_system varchar, invoice_id varchar, invoice_line varchar,
        kit_item_id varchar, order_id varchar, order_line varchar, kit_qty decimal(18, 6)
    )
"""
TOLERANCES = """
    create table int_billing__tolerance as
    select 'BULK' as company_id, cast(0 as decimal(20, 8)) as qty_abs,
        cast(0 as decimal(20, 8)) as qty_pct
"""
SETTINGS = """
    create table int_control__billing_setting as
    select 2 as early_days, 30 as late_days, 60 as sum_parts
"""
DAYS = """
    create table int_billing__business_day as
    select 'BULK' as company_id, date,
        count(*) filter (where extract(isodow from date) < 6) over (order by date) as day_number
    from (
        select cast(date '2024-12-01' + cast(n as integer) as date) as date
        from range(600) as numbers(n)
    )
"""
TABLES_BEFORE = (LINES, EXPECTED, INVOICED, RETURN_CREDITS, KITS, TOLERANCES, SETTINGS, DAYS)


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """The allocation against U, at the size asked for and at a quarter of it for the growth."""
    asked = rows or 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        for home, size in ((small, asked // 4), (large, asked)):
            home.mkdir()
            apart(_generate, home, size)
        quarter = apart(_match, small)
        unit = apart(_unit, large)
        whole = apart(_match, large)
        told = apart(_told, large)
    growth = round(math.log(whole["cpu"] / quarter["cpu"]) / math.log(4), 3)
    return [
        line("shipments against invoices, CPU", whole["cpu"], "s", rows=asked,
             peer=unit["cpu"], peer_name="U", target=3.3),
        line("the same, wall", whole["seconds"], "s", rows=asked,
             peer=unit["seconds"], peer_name="U"),
        line("the same, peak memory", whole["peak"], "GB", rows=asked, target=5.0),
        line("growth of cost with size, exponent", growth, "", rows=asked, target=1.1),
        line("lines matched with other goods than their own", told["shifted"], "lines", rows=asked,
             target=0),
        line("lines that were never billed and are not open", told["hidden"], "lines", rows=asked,
             target=0),
        line("billed lines that are open", told["lost"], "lines", rows=asked),
        *(line(f"share matched by {level}", told[level], "%", rows=asked)
          for level in ("M1", "M2", "M3", "M4")),
    ]  # fmt: skip


def _generate(home: Path, rows: int) -> dict[str, float]:
    """Both sides as the tables before matching, and who belongs to whom."""
    from pipelines.warehouse.database import connect

    with connect(home / "warehouse.duckdb", settings=_settings(home)) as connection:
        connection.sql(STORY.format(rows=rows))
        for statement in TABLES_BEFORE:
            connection.sql(statement)
        connection.sql(
            f"copy (select md5(cast(i as varchar)) as expected_billing_id, is_missing, i as line,"
            " case when kind = 'M4' then min(i) over (partition by kind, block // 5) else i end"
            f" as first_line, kind from lines) to '{home}/truth.parquet' (format parquet)"
        )
        connection.sql(
            "create table kept as select invoice_id, invoice_line, i from int_billing__invoice_line"
        )
        connection.sql(f"copy kept to '{home}/invoices.parquet' (format parquet)")
        connection.sql("drop table kept")
        connection.sql("alter table int_billing__invoice_line drop column i")
        connection.sql("drop table story")
        connection.sql("drop table lines")
    return {}


def _unit(home: Path) -> dict[str, float]:
    """U: scan, sort and write of the rows of both sides."""
    from pipelines.warehouse.database import connect

    def work() -> None:
        for table, key in (
            ("int_billing__expected_line", "shipment_id, shipment_line"),
            ("int_billing__invoice_line", "invoice_id, invoice_line"),
        ):
            connection.sql(
                f"copy (select * from {table} order by company_id, {key})"
                f" to '{home}/{table}.parquet' (format parquet, compression zstd)"
            )

    database = home / "warehouse.duckdb"
    with connect(database, read_only=True, settings=_settings(home)) as connection:
        return measured(work)


def _match(home: Path) -> dict[str, float]:
    """The tables of matching by dbt, the manifest parsed before."""
    from pipelines.warehouse.dbt_build import DbtBuild
    from pipelines.warehouse.project import manifest_object

    manifest_object()
    build = DbtBuild(home / "warehouse.duckdb", threads=2, memory_limit=MEMORY)
    made: list[Any] = []
    figures = measured(
        lambda: made.extend(
            build.build("--exclude-resource-type", "unit_test", "test", "--select", *TABLES)
        )
    )
    broken = [node.words for node in made if node.failed]
    assert broken == [], broken
    for node in made:
        print(f"  {node.name:<32} {node.seconds:8.1f} s")
    return figures


def _told(home: Path) -> dict[str, float]:
    """What stands with whom, held against what was generated."""
    from pipelines.warehouse.database import connect

    with connect(home / "warehouse.duckdb", read_only=True) as connection:
        connection.sql(
            "create temp view joined as select truth.*, matches.match_level, invoices.i"
            f" from read_parquet('{home}/truth.parquet') as truth"
            " left join int_billing__match as matches using (expected_billing_id)"
            f" left join read_parquet('{home}/invoices.parquet') as invoices"
            " using (invoice_id, invoice_line)"
        )
        (shifted, hidden, lost, lines) = connection.sql(
            "select count(*) filter (where i is not null and i <> first_line),"
            " count(*) filter (where is_missing and i is not null),"
            " count(*) filter (where not is_missing and i is null), count(*) from joined"
        ).fetchone()
        levels = dict(
            connection.sql("select match_level, count(*) from joined group by 1").fetchall()
        )
    shares = {
        level: round(100 * levels.get(level, 0) / lines, 2) for level in ("M1", "M2", "M3", "M4")
    }
    return {"shifted": shifted, "hidden": hidden, "lost": lost, **shares}


def _settings(home: Path) -> dict[str, str]:
    return {"memory_limit": MEMORY, "threads": "2", "temp_directory": str(home / "spill")}
