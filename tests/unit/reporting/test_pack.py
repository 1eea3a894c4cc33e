"""The pack: one per company, the same bytes for the same tables, every sum with its value."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reporting.pack import write_pack
from reporting.pack.gather import NoSuchPeriod
from tests.unit.reporting.published_sample import TABLES, write_version


def test_each_company_gets_a_page_and_a_workbook(published_sample: Path, tmp_path: Path) -> None:
    assert [file.name for file in write_pack(published_sample, tmp_path)] == [
        "reconciliation-pack-NORTH-2026-03.html",
        "reconciliation-pack-NORTH-2026-03.xlsx",
        "reconciliation-pack-SOUTH-2026-02.html",
        "reconciliation-pack-SOUTH-2026-02.xlsx",
    ]


def test_equal_tables_give_equal_files(published_sample: Path, tmp_path: Path) -> None:
    first = write_pack(published_sample, tmp_path / "first")
    second = write_pack(published_sample, tmp_path / "second")
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert not list(tmp_path.rglob("*.part"))


def test_the_page_needs_nothing_beside_it(published_sample: Path, tmp_path: Path) -> None:
    page, _ = write_pack(published_sample, tmp_path, company="NORTH")
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    outside = re.findall(r"""(?:src|href)\s*=\s*["'](?!#)[^"']+|@import|url\((?!#)[^)]*""", text)
    assert outside == []


def test_the_page_shows_the_figures_of_its_company_and_period(
    published_sample: Path, tmp_path: Path
) -> None:
    page, _ = write_pack(published_sample, tmp_path, company="NORTH")
    text = page.read_text(encoding="utf-8")
    for shown in ("North Trading", "2026-03 (not over yet)", "825.00 EUR", "1,602.75", "−50.00"):
        assert shown in text, shown
    assert "USD" not in text
    february, _ = write_pack(published_sample, tmp_path, company="NORTH", period="2026-02")
    assert "1,000.50" in february.read_text(encoding="utf-8")
    assert "not over yet" not in february.read_text(encoding="utf-8")


def test_a_period_that_is_not_there_is_refused(published_sample: Path, tmp_path: Path) -> None:
    with pytest.raises(NoSuchPeriod, match=r"no ledger period 2031-01.*2026-02, 2026-03"):
        write_pack(published_sample, tmp_path, company="NORTH", period="2031-01")


def test_every_formula_carries_the_value_its_rows_add_up_to(
    published_sample: Path, tmp_path: Path
) -> None:
    _, workbook = write_pack(published_sample, tmp_path, company="NORTH")
    formulas = openpyxl.load_workbook(workbook)["Summary"]
    values = openpyxl.load_workbook(workbook, data_only=True)["Summary"]
    found = {}
    for row in formulas.iter_rows():
        if row[1].data_type == "f":
            value = Decimal(str(values.cell(row[1].row, 2).value))
            found[row[0].value, row[3].value] = (row[1].value.split("(")[0], value)
    assert found["Shipped, not billed", "rows on sheet Unbilled"] == ("=ROWS", 11)
    assert found["Shipped, not billed", "open amount of the lines"] == ("=SUMPRODUCT", 825)
    assert found["Open exceptions", "at stake, as sizes"][1] == Decimal("26433.25")
    assert found["Accounts in the period", "rows on sheet Tie-out"][1] == 5
    said = {row[0].value: row[1].value for row in values.iter_rows()}
    assert said["Unexplained in the ledger"] == 90
    assert found["Feeds", "Rows rejected"][1] == 1


def test_sheets_print_one_page_wide_and_keep_their_heading(
    published_sample: Path, tmp_path: Path
) -> None:
    _, workbook = write_pack(published_sample, tmp_path, company="NORTH")
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == ["Summary", "Unbilled", "Exceptions", "Tie-out", "Feeds", "Measures"]
    for sheet in book:
        assert (sheet.page_setup.fitToWidth or 1) == 1, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "C5", sheet.title
        assert sheet.auto_filter.ref is not None, sheet.title
    measures = list(book["Measures"].iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in measures if row[0]] == ["Invoice error rate"]  # not by place
    assert str(book.properties.created) == "2026-03-20 18:00:00"


def test_a_pack_of_an_incomplete_version_says_what_it_needs(tmp_path: Path) -> None:
    kept = ("fct_feed_delivery", "dim_company")
    write_version(tmp_path / "published", without=tuple(set(TABLES) - set(kept)))
    files = write_pack(tmp_path / "published", tmp_path / "out", company="NORTH")
    assert [file.name for file in files] == [
        "reconciliation-pack-NORTH.html",
        "reconciliation-pack-NORTH.xlsx",
    ]
    text = files[0].read_text(encoding="utf-8")
    assert "not available: needs table mart_unbilled" in text
    sheet = openpyxl.load_workbook(files[1])["Tie-out"]
    assert sheet["A4"].value == "not available: needs table fct_gl_tieout"
