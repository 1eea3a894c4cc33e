"""Tables on Excel sheets: formats, frozen heading, filter, printed one page wide.

A sheet's numbers are binary, as Excel's are; every figure here has fewer than fifteen digits and
comes back as it was. Times carry no zone in Excel and are UTC, which their headings say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl

from reporting.display import AMOUNT_SCALES, EVIDENCE, decimal_scale, evidence
from reporting.published import Column, Version
from reporting.wording import code_label, column_label, is_code_column

HEAD = "#E8EDF2"
AMOUNT = "#,##0.00;[Red]-#,##0.00"
COUNT = "#,##0;[Red]-#,##0"
WIDTHS = (9, 44)
# Rows looked at to choose a column's width and decimals.
SAMPLE = 500


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "Arial", "font_size": 10} | properties
            )
        return self._made[key]


def options() -> dict[str, Any]:
    """Settings every workbook is opened with: text stays text, whatever it begins with."""
    return {
        "remove_timezone": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }


def created_at(version: Version) -> datetime:
    """The moment a file says it was made: the run's, so that equal rows give equal bytes."""
    return (version.as_of_at or datetime(2000, 1, 1)).replace(tzinfo=None)


def write_table(
    sheet: Any, formats: Formats, columns: Sequence[Column], frame: pl.DataFrame, *, top: int = 0
) -> int:
    """Write headings at line `top` and the rows below; returns the line after the last row."""
    head = formats.get(bold=True, bg_color=HEAD, bottom=1, text_wrap=True, valign="top")
    right = formats.get(
        bold=True, bg_color=HEAD, bottom=1, text_wrap=True, valign="top", align="right"
    )
    looks = [formats.get(**_look(column, frame[column.name])) for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column, frame[column.name]))
        sheet.write_string(
            top, place, column_label(column.name), right if column.is_number else head
        )
    # Row by row: a workbook that keeps only one row in memory needs them in this order.
    names = [column.name for column in columns]
    for line, values in enumerate(frame.select(names).iter_rows(), start=top + 1):
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            _write(sheet, line, place, column, value, looks[place])
    if columns:
        sheet.autofilter(top, 0, top + max(frame.height, 1), len(columns) - 1)
    sheet.freeze_panes(top + 1, min(2, len(columns)))
    sheet.repeat_rows(top)
    return top + 1 + frame.height


def print_setup(sheet: Any, *, title: str, source: str) -> None:
    """Landscape, one page wide, with what it is above and where it comes from below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header(f"&L&B{title.replace('&', '&&')}")
    sheet.set_footer(f"&L{source.replace('&', '&&')}&RPage &P of &N")


def _write(sheet: Any, line: int, place: int, column: Column, value: Any, looks: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(line, place, "yes" if value else "no", looks)
    elif isinstance(value, Decimal | int):
        sheet.write_number(line, place, value, looks)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, value.replace(tzinfo=None), looks)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), looks)
    else:
        text = str(value)
        if is_code_column(column.name):
            text = code_label(text)
        elif column.name == EVIDENCE:
            text = evidence(text)
        sheet.write_string(line, place, text, looks)


def _look(column: Column, values: pl.Series) -> dict[str, Any]:
    if column.is_time:
        return {"num_format": "yyyy-mm-dd hh:mm", "align": "left"}
    if column.is_date:
        return {"num_format": "yyyy-mm-dd", "align": "left"}
    if not column.is_number:
        return {}
    scale = decimal_scale(column)
    if scale in AMOUNT_SCALES:
        return {"num_format": AMOUNT}
    if scale == 0:
        return {"num_format": "0" if column.name.endswith(("_year", "_period")) else COUNT}
    decimals = _decimals(values)
    zeros = f"0.{'0' * decimals}" if decimals else "0"
    return {"num_format": f"#,##{zeros};[Red]-#,##{zeros}"}


def _decimals(values: pl.Series) -> int:
    """Most decimals that any value of a sample has."""
    texts = [f"{value:f}".partition(".")[2].rstrip("0") for value in values.drop_nulls()[:SAMPLE]]
    return max((len(text) for text in texts), default=0)


def _width(column: Column, values: pl.Series) -> int:
    longest = max((len(str(value)) for value in values.drop_nulls()[:SAMPLE]), default=0)
    if column.is_time:
        longest = 16
    heading = max(len(word) for word in column_label(column.name).split()) + 3
    return min(max(longest + 2, heading, WIDTHS[0]), WIDTHS[1])
