"""Batches of the sample company before the expectation suites: as the demo judged them."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from expectations import SUITE_FEEDS
from expectations.runner import validate_batches


def test_the_batches_look_like_their_brothers(demo_workspace: Path) -> None:
    said = json.loads((demo_workspace / "logs" / "expectations.json").read_text(encoding="utf-8"))
    assert said.keys() == set(SUITE_FEEDS)
    for feed, broken_by_batch in said.items():
        assert broken_by_batch, feed
        assert set(map(tuple, broken_by_batch.values())) == {()}, feed


def test_a_month_that_came_five_times_does_not(demo_workspace: Path, tmp_path: Path) -> None:
    lines = pl.read_parquet(demo_workspace / "raw" / "billing_order_line" / "*.parquet")
    july = lines.filter(pl.col("order_at").dt.month() == 7)
    again = {"billing_order_line": pl.concat([lines, *[july] * 4])}
    verdicts = validate_batches(again, docs_dir=tmp_path)
    assert [verdict.expectation for verdict in verdicts if not verdict.success] == [
        "rows per month of order_at are 0.25 to 4 times the months before"
    ]
