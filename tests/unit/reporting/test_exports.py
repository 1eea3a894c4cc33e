"""Files hold the rows of the page, exactly, and run nothing in the program that opens them."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reporting import exports
from reporting.access import Role, Viewer
from reporting.exports import as_csv, as_workbook, sheet_name
from reporting.published import Published
from reporting.rows import NoSuchRows, read_address


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_a_csv_holds_every_selected_row_with_exact_amounts(published_sample: Path) -> None:
    chosen = read_address("mart_unbilled", "company=NORTH")
    rows = read_csv(as_csv(Published(published_sample), chosen))
    assert len(rows) == 11
    assert sum(Decimal(row["open_amount"]) for row in rows) == Decimal("825.0000")


def test_a_text_that_would_run_as_a_formula_is_made_harmless(published_sample: Path) -> None:
    chosen = read_address("fct_exception", "company=SOUTH")
    (row,) = read_csv(as_csv(Published(published_sample), chosen))
    assert row["code"] == "'=SUM(A1)"
    negative = read_address("fct_gl_tieout", "account_code=4000")
    (row,) = read_csv(as_csv(Published(published_sample), negative))
    assert row["actual_amount"] == "-930.0000"


def test_a_workbook_holds_numbers_as_numbers_under_words(published_sample: Path) -> None:
    chosen = read_address("mart_unbilled", "company=NORTH")
    content = as_workbook(Published(published_sample), chosen)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    head = [cell.value for cell in sheet[1]]
    place = head.index("Open amount")
    values = [row[place].value for row in sheet.iter_rows(min_row=2)]
    assert sum(Decimal(str(value)) for value in values) == Decimal(825)
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref is not None
    # one page wide is what Excel takes for granted, as many pages long as need be
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_workbook_keeps_text_that_looks_like_a_formula_as_text(published_sample: Path) -> None:
    content = as_workbook(Published(published_sample), read_address("fct_exception", ""))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_same_rows_give_the_same_bytes(published_sample: Path) -> None:
    chosen = read_address("fct_exception", "")
    for make in (as_csv, as_workbook):
        assert make(Published(published_sample), chosen) == make(
            Published(published_sample), chosen
        )


@pytest.mark.parametrize("make", [as_csv, as_workbook])
def test_a_file_holds_no_column_that_its_reader_may_not_see(published_sample: Path, make) -> None:
    published = Published(published_sample, Viewer(Role.SALES))
    with pytest.raises(NoSuchRows):
        make(published, read_address("fct_gl_tieout", ""))
    content = as_csv(published, read_address("fct_stock_position", "")).decode()
    assert "value_amount" not in content
    assert "1200" not in content


def test_sheet_names_are_ones_that_excel_takes() -> None:
    assert sheet_name("Ledger: a/b [c] which is far too long to be one") == (
        "Ledger  a b  c  which is far to"
    )


def test_a_workbook_that_holds_only_the_first_rows_says_so(
    published_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "WORKBOOK_ROWS", 5)
    content = as_workbook(Published(published_sample), read_address("mart_unbilled", ""))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet.max_row == 6
    assert "first 5 rows" in sheet.oddFooter.left.text
    assert exports.workbook_label(14) == "Excel, first 5"
    assert exports.workbook_label(5) == "Excel"
