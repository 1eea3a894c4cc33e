"""What a run found, in one page a controller understands; read from what is published."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipelines.faults import DataFault
from pipelines.feeds import left_out_files
from pipelines.workspace import Workspace

# The largest kinds of problems; the rest is a number, or the summary fills more than a screen.
SHOWN_FINDINGS = 10
FINDINGS = """
    select
        coalesce(leakage_category, '') as category,
        code,
        currency,
        count(*) as problems,
        sum(exposure_amount) as exposure
    from fct_exception
    where status <> 'resolved'
    group by 1, 2, 3
    order by category = '', category, code, currency
"""
FEEDS = """
    select
        status,
        count(distinct file_hash || file_name) as files,
        coalesce(sum(rows_read), 0) as rows_read,
        coalesce(sum(rows_accepted), 0) as rows_accepted,
        coalesce(sum(rows_rejected), 0) as rows_rejected,
        coalesce(sum(rows_repeated), 0) as rows_repeated,
        coalesce(sum(rows_filtered), 0) as rows_filtered
    from fct_feed_delivery
    group by status
    order by status
"""
REFUSED = """
    select file_name, feed, message from fct_feed_delivery
    where status = 'refused' order by file_name, feed
"""
UNBILLED = """
    select
        currency,
        count(*) as lines,
        count(distinct order_id) as orders,
        sum(open_qty) as units,
        sum(open_amount) as amount
    from mart_unbilled group by currency order by currency
"""
# Accounts under one caption are tied as one, so their rest counts once.
LEDGER = """
    with tied as (
        select
            company_id,
            currency,
            tie_group,
            count(*) as accounts,
            max(abs(group_unexplained_amount)) as unexplained,
            bool_or(is_above_materiality) as is_above
        from fct_gl_tieout
        where is_latest_period and status in ('agrees', 'explained', 'unexplained')
        group by company_id, currency, tie_group
    )
    select
        currency,
        cast(sum(accounts) as bigint) as accounts,
        coalesce(sum(unexplained), 0) as unexplained,
        coalesce(sum(unexplained) filter (where is_above), 0) as above_materiality
    from tied
    group by currency
    order by currency
"""
EARLIER = """
    select count(distinct (company_id, fiscal_year, fiscal_period)) as periods
    from fct_gl_tieout
    where status = 'unexplained' and not is_latest_period
    having count(*) > 0
"""
REORDER = (
    "select count(*) as items, count(*) filter (where order_qty > 0) as to_order from mart_reorder"
)


def published_rows(current: Path, query: str, *tables: str) -> list[dict[str, Any]]:
    """Rows of a query over published tables; none where one of its tables is not published."""
    if any(not (current / f"{table}.parquet").exists() for table in tables):
        return []
    with duckdb.connect() as connection:
        connection.sql("set TimeZone = 'UTC'")
        for table in tables:
            connection.sql(f"create view {table} as from read_parquet('{current / table}.parquet')")
        answer = connection.sql(query)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def run_summary(workspace: Workspace) -> dict[str, Any]:
    """Everything the summary says, as plain data."""
    current = workspace.current
    if not (current / "run.json").exists():
        raise DataFault(f"{workspace.root}: nothing is published yet. Run: tieout run")
    run = json.loads((current / "run.json").read_text(encoding="utf-8"))
    left_out = left_out_files(workspace)
    return {
        "workspace": str(workspace.root),
        "version": run["version"],
        "as_of_at": run["as_of_at"],
        "watermark_at": run["watermark_at"],
        "feeds": published_rows(current, FEEDS, "fct_feed_delivery"),
        "refused": published_rows(current, REFUSED, "fct_feed_delivery")
        + [row for row in left_out if row["is_refused"]],
        "not_taken": [row for row in left_out if not row["is_refused"]],
        "findings": published_rows(current, FINDINGS, "fct_exception"),
        "unbilled": published_rows(current, UNBILLED, "mart_unbilled"),
        "ledger": published_rows(current, LEDGER, "fct_gl_tieout"),
        "earlier_unexplained": published_rows(current, EARLIER, "fct_gl_tieout"),
        "reorder": published_rows(current, REORDER, "mart_reorder"),
        "tables": {name: rows for name, rows in run["rows"].items()},
    }


def run_exit_code(summary: dict[str, Any]) -> int:
    """0 ties, 1 unexplained above materiality, 3 a delivered file was refused."""
    if summary["refused"]:
        return 3
    above = sum((row["above_materiality"] for row in summary["ledger"]), Decimal(0))
    return 1 if above else 0


def print_summary(
    summary: dict[str, Any],
    *,
    as_json: bool,
    workspace: Path,
    beside_findings: Callable[[], None] | None = None,
) -> None:
    """Print the summary as words, or as one JSON document; `beside_findings` prints after them."""
    from pipelines.commands import console

    if as_json:
        console.print_json(summary)
        return
    as_of, reach = (summary[name][:16].replace("T", " ") for name in ("as_of_at", "watermark_at"))
    console.out.print(f"As of {as_of} UTC; the data reaches to {reach} UTC\n")
    _print_loaded(summary)
    _print_found(summary)
    if beside_findings is not None:
        beside_findings()
        console.out.print()
    _print_where(summary, workspace)


def _print_loaded(summary: dict[str, Any]) -> None:
    from pipelines.commands import console

    header = ["status", "files", "read", "accepted", "rejected", "repeated", "filtered"]
    rows = [
        [row["status"], row["files"], *(int(row[f"rows_{name}"]) for name in header[2:])]
        for row in summary["feeds"]
    ]
    console.print_table("Loaded", header, rows)
    for refused in summary["refused"]:
        console.out.print(f"refused: {refused['message']}")
    if summary["not_taken"]:
        console.out.print(
            f"{len(summary['not_taken']):,} files in landing that nothing takes; "
            "`tieout status` names them and says what to do"
        )
    console.out.print()


def _print_found(summary: dict[str, Any]) -> None:
    from pipelines.commands import console

    findings = summary["findings"]
    largest = sorted(findings, key=lambda row: (-row["exposure"], row["code"], row["currency"]))
    rows = [
        [row["category"] or "-", row["code"], row["problems"], row["exposure"], row["currency"]]
        for row in findings
        if row in largest[:SHOWN_FINDINGS]
    ]
    header = ["category", "problem", "count", "amount", ""]
    console.print_table("Found", header, rows or [["-", "nothing open", 0, Decimal(0), ""]])
    if len(findings) > len(rows):
        console.out.print(f"and {len(findings) - len(rows)} more kinds: `tieout exceptions list`")
    console.out.print()
    for row in summary["unbilled"]:
        console.out.print(
            f"Shipped, not billed: {row['lines']:,} lines, {console.words(row['units'])} units, "
            f"{console.words(row['amount'])} {row['currency']} in {row['orders']:,} orders"
        )
    for row in summary["ledger"]:
        console.out.print(
            f"Ledger: {row['accounts']:,} accounts compared, unexplained "
            f"{console.words(row['unexplained'])} {row['currency']}"
        )
    for row in summary["earlier_unexplained"]:
        console.out.print(
            f"Ledger: {row['periods']:,} earlier periods hold amounts that nothing explains yet"
        )
    for row in summary["reorder"]:
        console.out.print(
            f"Reorder: {row['to_order']:,} of {row['items']:,} items are at or under their point"
        )
    console.out.print()


def _print_where(summary: dict[str, Any], workspace: Path) -> None:
    from pipelines.commands import console

    console.out.print("Where")
    for label, folder in (
        ("tables", "published/current"),
        ("files handed back", "handback"),
        ("reports", "reports"),
        ("rejected rows", "quarantine"),
    ):
        console.out.print(f"  {label:<18} {workspace / folder}")
    console.out.print("\nNext")
    for command, purpose in (
        ("serve", "look at it in a browser"),
        ("exceptions list", "what to fix first"),
        ("dev", "the run, table by table, in Dagster"),
    ):
        console.out.print(f"  .venv/bin/tieout {command} --workspace {workspace}  # {purpose}")
