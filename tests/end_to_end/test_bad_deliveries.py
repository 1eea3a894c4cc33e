"""Odd deliveries on real data: loaded once, refused whole, or quarantined; good rows stand."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.conftest import tieout

SALES = "adventureworks_dw/FactInternetSales.parquet"
NOTHING = {name: Decimal("0.0000") for name in ("SalesAmount", "TaxAmt", "Freight")}


def rows(workspace: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of a query over the published database."""
    serve = workspace / "published" / "current" / "serve.duckdb"
    with duckdb.connect(str(serve), read_only=True) as connection:
        return connection.sql(query).fetchall()


def deliver_odd_files(landing: Path) -> None:
    """The same file again, cut off, short of its manifest, without a column, with three bad rows."""
    folder = landing / "adventureworks_dw"
    whole = landing / SALES
    sales = pl.read_parquet(whole)
    shutil.copy(whole, folder / "FactInternetSales_again.parquet")

    content = whole.read_bytes()
    (folder / "FactInternetSales_cut.parquet").write_bytes(content[: len(content) // 2])
    text = sales.head(50).write_csv()
    (folder / "FactInternetSales_cutrow.csv").write_text(text[: len(text) - 40], encoding="utf-8")

    sales.head(500).write_parquet(folder / "FactInternetSales_short.parquet")
    (landing / "control_feed_manifest__adventureworks_dw__AW__20140701T000000.csv").write_text(
        "feed_name,batch_id,produced_at,schema_version,row_count\n"
        "internet_sales,FactInternetSales_short.parquet,2014-07-01T00:00:00Z,1,600\n",
        encoding="utf-8",
    )
    sales.drop("SalesAmount").write_parquet(folder / "FactInternetSales_nocolumn.parquet")

    odd = sales.head(3).with_columns(
        pl.Series("SalesOrderNumber", [None, *sales["SalesOrderNumber"].to_list()[1:3]]),
        pl.Series("SalesOrderLineNumber", [7, None, 9], dtype=sales["SalesOrderLineNumber"].dtype),
        pl.Series("OrderQuantity", [1, 1, None], dtype=sales["OrderQuantity"].dtype),
        *[pl.lit(zero).cast(sales[name].dtype).alias(name) for name, zero in NOTHING.items()],
    )
    pl.concat([sales, odd]).write_parquet(folder / "FactInternetSales_more.parquet")


@pytest.fixture(scope="module")
def delivered(
    adventureworks_workspace: Path,
    built_once: Callable[..., Path],
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A copy of the AdventureWorks workspace after the odd files came in, and what the run said."""

    def make(home: Path) -> None:
        shutil.copytree(adventureworks_workspace, home, symlinks=True)
        deliver_odd_files(home / "landing")
        done = tieout("run", "--workspace", home, check=False)
        said = {"code": done.returncode, "out": done.stdout, "err": done.stderr}
        (home / "run.said").write_text(json.dumps(said), encoding="utf-8")

    home = built_once("odd_deliveries", make)
    said = json.loads((home / "run.said").read_text(encoding="utf-8"))
    return home, subprocess.CompletedProcess("run", said["code"], said["out"], said["err"])


def delivery(workspace: Path, name: str, feed: str = "billing_invoice_line") -> tuple[object, ...]:
    """Status and counts of one file for one table."""
    found = rows(
        workspace,
        f"""
        select status, rows_read, rows_accepted, rows_rejected, rows_repeated, message
        from fct_feed_delivery where file_name like '%{name}' and feed = '{feed}'
        """,
    )
    assert len(found) == 1, found
    return found[0]


def test_a_refused_file_makes_the_run_end_with_three(delivered: tuple) -> None:
    assert delivered[1].returncode == 3, delivered[1].stdout + delivered[1].stderr


def test_the_same_bytes_under_another_name_load_once(delivered: tuple) -> None:
    status, read, accepted, _, repeated, _ = delivery(delivered[0], "_again.parquet")
    assert (status, accepted) == ("repeated", 0)
    assert read == repeated == 60_398


def test_a_cut_off_parquet_file_is_refused_whole(delivered: tuple) -> None:
    status, _, accepted, _, _, message = delivery(delivered[0], "_cut.parquet")
    assert (status, accepted) == ("refused", 0)
    assert "cut off" in str(message)


def test_a_file_cut_in_the_middle_of_a_row_is_refused_whole(delivered: tuple) -> None:
    status, _, accepted, _, _, message = delivery(delivered[0], "_cutrow.csv")
    assert (status, accepted) == ("refused", 0)
    assert "cut off" in str(message)


def test_a_file_with_fewer_rows_than_its_manifest_is_refused_whole(delivered: tuple) -> None:
    status, _, accepted, _, _, message = delivery(delivered[0], "_short.parquet")
    assert (status, accepted) == ("refused", 0)
    assert "600" in str(message)
    assert "500" in str(message)


def test_a_file_without_a_required_column_is_refused_whole(delivered: tuple) -> None:
    status, _, accepted, _, _, message = delivery(delivered[0], "_nocolumn.parquet")
    assert (status, accepted) == ("refused", 0)
    assert "SalesAmount" in str(message)


def test_every_refusal_is_printed_with_its_next_step(delivered: tuple) -> None:
    printed = delivered[1].stdout
    for name in ("_cut.parquet", "_cutrow.csv", "_short.parquet", "_nocolumn.parquet"):
        lines = [line for line in printed.splitlines() if name in line]
        assert lines, name


def test_three_bad_rows_are_quarantined_with_reasons_and_the_rest_is_known(
    delivered: tuple,
) -> None:
    workspace = delivered[0]
    status, read, accepted, rejected, repeated, _ = delivery(workspace, "_more.parquet")
    assert (status, read, accepted, rejected, repeated) == ("loaded", 60_401, 0, 3, 60_398)
    quarantined = pl.concat(
        pl.read_parquet(path)
        for path in (workspace / "quarantine" / "billing_invoice_line").glob("*.parquet")
    )
    reasons = str(quarantined.to_dicts())
    for sentence in ("invoice_id is given", "invoice_line is given", "qty_billed is given"):
        assert sentence in reasons


def test_each_quarantined_line_is_an_exception(delivered: tuple) -> None:
    found = rows(
        delivered[0],
        "select count(*) from fct_exception where code = 'FEED_REJECT'"
        " and business_key like 'billing_invoice_line|%'",
    )
    assert found == [(3,)]


def test_totals_of_the_good_rows_are_unchanged(
    delivered: tuple, adventureworks_workspace: Path
) -> None:
    for query in (
        "select count(*), sum(open_qty), sum(open_amount) from mart_unbilled",
        "select count(*), sum(actual_qty), sum(actual_amount) from fct_invoice_line",
        "select count(*), sum(qty_base) from fct_stock_move",
        "select count(*), sum(actual_amount) from fct_journal_line",
    ):
        assert rows(delivered[0], query) == rows(adventureworks_workspace, query), query
