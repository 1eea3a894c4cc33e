"""Odd deliveries beside real data: loaded once, refused whole, or quarantined; good rows stand.

The same run gives the figures that test_adventureworks holds against the published ones: no odd
file moved any of them.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import duckdb
import polars as pl
import pytest

pytestmark = pytest.mark.xdist_group("adventureworks")  # one run of it, and nobody waits


def rows(workspace: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of a query over the published database."""
    serve = workspace / "published" / "current" / "serve.duckdb"
    with duckdb.connect(str(serve), read_only=True) as connection:
        return connection.sql(query).fetchall()


@pytest.fixture(scope="module")
def delivered(adventureworks_workspace: Path) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The AdventureWorks workspace, odd files and all, and what its run said."""
    said = json.loads((adventureworks_workspace / "run.said").read_text(encoding="utf-8"))
    return adventureworks_workspace, subprocess.CompletedProcess(
        "run", said["code"], said["out"], said["err"]
    )


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
