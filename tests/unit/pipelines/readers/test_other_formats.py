"""Parquet keeps its types, a workbook gives text; both count rows as a person does."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from pipelines.readers.excel import read_sheet, sheet_names
from pipelines.readers.opening import ending, read_blocks
from pipelines.readers.parquet import read_parquet
from pipelines.readers.tabular import ROW_NUMBER, FileRefused, whole


def test_parquet_keeps_types_and_counts_from_one(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame({"x": [Decimal("1.50"), None, Decimal("2.25")], "y": [1, 2, 3]})
    frame.write_parquet(path)
    blocks = list(read_parquet(path, block_rows=2))
    assert [len(block.frame) for block in blocks] == [2, 1]
    read = whole(iter(blocks)).frame
    assert read.select("x", "y").equals(frame)
    assert read[ROW_NUMBER].to_list() == [1, 2, 3]


def test_an_empty_parquet_file_still_has_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame(schema={"x": pl.Int64}).write_parquet(path)
    assert whole(read_parquet(path)).frame.columns == ["x", ROW_NUMBER]


def test_a_parquet_file_without_footer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"x": range(1000)}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(FileRefused, match="cut off or damaged"):
        whole(read_parquet(path))


def test_a_sheet_is_text_with_the_rows_a_person_sees(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Items")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["code", "price", "since", "at"])
        sheet.write_string(1, 0, "007")
        sheet.write_number(1, 1, 3578.27)
        sheet.write_datetime(1, 2, datetime.combine(date(2026, 3, 31), datetime.min.time()), day)
        sheet.write_datetime(1, 3, datetime(2026, 3, 31, 13, 5), day)
        sheet.write_string(3, 0, "008")
        workbook.add_worksheet("Empty")
    assert sheet_names(path) == ["Items", "Empty"]
    frame = read_sheet(path, "Items").frame
    assert frame.rows() == [
        ("007", "3578.27", "2026-03-31", "2026-03-31 13:05:00", 2),
        ("008", None, None, None, 4),
    ]
    with pytest.raises(FileRefused, match="sheet 'Price' is missing, found Items, Empty"):
        read_sheet(path, "Price")
    with pytest.raises(FileRefused, match="sheet 'Empty' is empty"):
        read_sheet(path, "Empty")


def test_a_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(FileRefused, match="the workbook cannot be read"):
        read_sheet(path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("A.CSV", ".csv"), ("a.csv.gz", ".csv.gz"), ("a.Parquet", ".parquet"), ("a.pdf", None)],
)
def test_the_ending_says_which_reader(name: str, expected: str | None) -> None:
    assert ending(name) == expected


def test_reading_by_ending(tmp_path: Path) -> None:
    (tmp_path / "a.TSV").write_text("a\tb\n1\t2\n")
    assert whole(read_blocks(tmp_path / "a.TSV")).frame.columns == ["a", "b", ROW_NUMBER]
