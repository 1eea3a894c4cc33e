"""XLSX sheets as text. The first row is the header, rows count as the spreadsheet shows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from pipelines.readers.tabular import ROW_NUMBER, Block, FileRefused, checked_names, no_broken_rows

if TYPE_CHECKING:
    from fastexcel import ExcelReader


def sheet_names(path: Path) -> list[str]:
    return list(_workbook(path).sheet_names)


def read_sheet(path: Path, sheet: str | None = None) -> Block:
    """One sheet, the first if none is named. A cell that shows a date alone is read as that date."""
    workbook = _workbook(path)
    name = sheet or workbook.sheet_names[0]
    if name not in workbook.sheet_names:
        raise FileRefused(
            f"{path.name}: sheet {name!r} is missing, found {', '.join(workbook.sheet_names)}.",
            "name the sheet in the mapping (sheet: ...) or deliver the workbook again.",
        )
    text = workbook.load_sheet(name, dtypes="string", header_row=0).to_polars()
    if not text.width:
        raise FileRefused(
            f"{path.name}: sheet {name!r} is empty, expected a header row.",
            "ask the sender to deliver the workbook again.",
        )
    text.columns = checked_names(text.columns, path.name)
    numbered = text.with_columns(
        pl.all().str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "${1}"),
        pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias(ROW_NUMBER),
    )
    is_filled = pl.any_horizontal(pl.exclude(ROW_NUMBER).is_not_null())
    return Block(numbered.filter(is_filled), no_broken_rows())


def _workbook(path: Path) -> ExcelReader:
    import fastexcel  # slow to load, and few files are workbooks

    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise FileRefused(
            f"{path.name}: cut off or damaged, the workbook cannot be read.",
            "ask the sender to deliver the file again.",
        ) from error
