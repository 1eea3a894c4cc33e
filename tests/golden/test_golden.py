"""Files in, accepted and rejected rows out, each expected frame beside its input.

`pytest tests/golden --update-golden` writes the expected files anew; review what changed.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines.ingest import load_mapping
from tests.small_site import SmallSite

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/mapping.yaml"))
CLOCK = datetime(2026, 4, 1, tzinfo=UTC)


def produced(case: Path, folder: Path) -> dict[str, str]:
    """Every table of a case as CSV, without columns that hold nothing and without hashes."""
    site = SmallSite(folder, [load_mapping(case / "mapping.yaml")])
    shutil.copytree(case / "landing", folder / "landing")
    site.run(clock=CLOCK)
    tables = sorted({row["feed"] for row in site.deliveries().to_dicts()})
    frames = {table: site.rows(table) for table in tables}
    counts = [
        "feed",
        "file_name",
        "rows_read",
        "rows_accepted",
        "rows_rejected",
        "rows_repeated",
        "rows_filtered",
    ]
    frames["deliveries"] = site.deliveries().select(*counts, "status")
    frames["rejected"] = site.rejected().select(
        "feed", "file_name", "row_number", "business_key", "reasons", "raw_text"
    )
    return {name: _filled(frame).write_csv() for name, frame in frames.items() if len(frame)}


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    left_out = {"_batch_id", "_row_hash", "_batch_seq"}
    kept = [c for c in frame.columns if c not in left_out and frame[c].null_count() < len(frame)]
    return frame.select(kept)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_comes_out_is_what_is_expected(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found = produced(case, tmp_path)
    expected = case / "expected"
    if request.config.getoption("--update-golden", default=False):
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for name, text in found.items():
            (expected / f"{name}.csv").write_text(text, encoding="utf-8")
    assert found == {path.stem: path.read_text(encoding="utf-8") for path in expected.glob("*.csv")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_expected_files_stay_small_enough_to_read(case: Path) -> None:
    assert all(
        len(path.read_text().splitlines()) < 50 for path in (case / "expected").glob("*.csv")
    )
