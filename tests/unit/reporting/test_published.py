"""Readers read what is published, all of it from one version, and decimals stay decimals."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from reporting.access import Role, Viewer
from reporting.published import NothingPublished, Published
from tests.unit.reporting.published_sample import write_version


def test_amounts_come_as_decimals(published_sample: Path) -> None:
    frame = Published(published_sample).frame("select open_amount from mart_unbilled")
    assert frame.schema["open_amount"] == pl.Decimal(18, 4)
    assert frame["open_amount"].sum() == Decimal("900.0000")


def test_a_reader_sees_a_new_version_as_soon_as_the_pointer_turns(tmp_path: Path) -> None:
    write_version(tmp_path, "v-one")
    published = Published(tmp_path)
    assert published.version().name == "v-one"
    write_version(tmp_path, "v-two", without=("fct_gl_tieout",))
    assert published.version().name == "v-two"
    assert "fct_gl_tieout" not in published.tables()


def test_a_version_that_is_only_built_is_not_read(tmp_path: Path) -> None:
    home = write_version(tmp_path / "elsewhere", "v-one")
    (tmp_path / "published").mkdir()
    home.rename(tmp_path / "published" / ".building-v-one")
    with pytest.raises(NothingPublished, match="no published version"):
        Published(tmp_path / "published").tables()


def test_a_version_folder_can_be_read_by_itself(published_sample: Path) -> None:
    assert Published(published_sample / "current").version().name == "v-one"


def test_the_version_says_how_far_its_data_reaches(published_sample: Path) -> None:
    version = Published(published_sample).version()
    assert str(version.as_of_at) == "2026-03-20 18:00:00+00:00"
    assert str(version.watermark_at) == "2026-03-19 23:00:00+00:00"


def test_readers_cannot_write(published_sample: Path) -> None:
    with pytest.raises(Exception, match="read-only"):
        Published(published_sample).frame("delete from served.main.dim_item")


def test_what_is_missing_is_said_in_words(tmp_path: Path) -> None:
    write_version(tmp_path, without=("fct_gl_tieout",))
    published = Published(tmp_path)
    assert published.missing("fct_gl_tieout") == "not available: needs table fct_gl_tieout"
    assert (
        published.missing("mart_unbilled", ("open_amount", "colour"))
        == "not available: needs colour in table mart_unbilled"
    )
    assert published.missing("mart_unbilled", ("open_amount",)) is None
    sales = Published(tmp_path, Viewer(Role.SALES))
    assert sales.missing("fct_stock_position", ("value_amount",)) == "not shown to the role sales"


def test_reading_loads_neither_the_dashboard_nor_the_pipelines() -> None:
    code = (
        "import sys, reporting.published, reporting.pack, reporting.dashboard\n"
        "print([name for name in ('dash', 'plotly', 'matplotlib', 'pipelines', 'dagster')"
        " if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
