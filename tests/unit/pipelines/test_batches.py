"""Batches that the suites judge together, whatever columns their senders added."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from pipelines.batches import read_batches


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_column_that_one_file_alone_has_stops_nothing(
    tmp_path: Path, order: tuple[int, int]
) -> None:
    plain, wider = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pl.DataFrame({"id": ["1"], "amount": [5]}).write_parquet(plain)
    pl.DataFrame({"id": ["2"], "_unknown_columns": ["{}"], "amount": [6]}).write_parquet(wider)
    read = read_batches([(plain, wider)[place] for place in order])
    assert read.columns == ["id", "amount"]
    assert sorted(read["amount"]) == [5, 6]
