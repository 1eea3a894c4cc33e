"""Rows as files: CSV with the promised column names, Excel with words people read."""

from __future__ import annotations

import io
import re

import polars as pl

from reporting.published import Published
from reporting.rows import Selection, fetch_rows, in_words, ordered_columns
from reporting.table_words import table_words
from reporting.workbook import Formats, created_at, options, print_setup, write_table

# Rows an Excel file is given: a sheet could hold ten times as many, but nobody waits for them.
WORKBOOK_ROWS = 100_000
# A text cell that begins so is run as a formula by spreadsheet programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PLAIN_NUMBER = r"^[+-]?[0-9][0-9.,]*$"


def as_csv(published: Published, chosen: Selection) -> bytes:
    """The rows as CSV: exact decimals, times in UTC."""
    frame = fetch_rows(published, chosen)
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(_harmless(name) for name in texts).write_csv().encode()


def as_workbook(published: Published, chosen: Selection) -> bytes:
    """The rows as an Excel workbook with headings in words."""
    import xlsxwriter

    frame = fetch_rows(published, chosen, end=WORKBOOK_ROWS)
    version = published.version()
    title = table_words(chosen.table).title
    source = "; ".join([f"version {version.name}", *in_words(chosen)])
    if frame.height == WORKBOOK_ROWS:
        source += f"; first {WORKBOOK_ROWS:,} rows"
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options() | {"constant_memory": True}) as book:
        book.set_properties({"title": title, "comments": source, "created": created_at(version)})
        sheet = book.add_worksheet(sheet_name(title))
        write_table(sheet, Formats(book), ordered_columns(published, chosen.table), frame)
        print_setup(sheet, title=title, source=source)
    return buffer.getvalue()


def workbook_label(rows: int) -> str:
    """What the button says; it does not promise more rows than the file holds."""
    return "Excel" if rows <= WORKBOOK_ROWS else f"Excel, first {WORKBOOK_ROWS:,}"


def sheet_name(title: str) -> str:
    """A title as a sheet name: short enough and without the letters Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31]


def _harmless(name: str) -> pl.Expr:
    """A text column whose cells no spreadsheet program runs as a formula."""
    text = pl.col(name)
    starts = pl.any_horizontal(*(text.str.starts_with(sign) for sign in FORMULA_STARTS))
    is_formula = starts & ~text.str.contains(PLAIN_NUMBER)
    return pl.when(is_formula).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(name)
