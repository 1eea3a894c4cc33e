"""The pack as a workbook: a summary whose cells are formulas over the sheets behind it.

Every formula cell also carries its value, so that a preview that does not calculate shows it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reporting.display import day, moment
from reporting.pack.gather import Pack, Section
from reporting.table_words import table_words
from reporting.wording import column_label
from reporting.workbook import AMOUNT, COUNT, Formats, created_at, options, print_setup, write_table

TOP = 3


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a section's rows stand on its sheet."""

    section: Section
    first: int
    last: int

    def range(self, column: str) -> str | None:
        """The cells of a column, as a formula names them; None when there is none to name."""
        from xlsxwriter.utility import xl_range_abs

        names = [one.name for one in self.section.columns]
        if column not in names or self.section.frame is None or not self.section.frame.height:
            return None
        place = names.index(column)
        return f"'{self.section.name}'!{xl_range_abs(self.first, place, self.last, place)}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A figure of the summary; without a value it is not available."""

    name: str
    currency: str
    looks: str
    value: Decimal | int | None
    formula: str | None
    said: str


def render_workbook(pack: Pack) -> bytes:
    """Summary, Unbilled, Exceptions, Tie-out, Feeds and Measures."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options()) as book:
        book.set_properties(
            {
                "title": f"Reconciliation pack {pack.company} {pack.period}".strip(),
                "comments": f"version {pack.version.name}",
                "created": created_at(pack.version),
            }
        )
        formats = Formats(book)
        summary = book.add_worksheet("Summary")
        placed = {
            section.name: _sheet(book, formats, pack, section)
            for section in (
                pack.unbilled,
                pack.exceptions,
                pack.tie_out,
                pack.feeds,
                pack.measures,
            )
        }
        _summary(summary, formats, pack, placed)
    return buffer.getvalue()


def _sheet(book: Any, formats: Formats, pack: Pack, section: Section) -> _Placed:
    """One sheet: what it is, where it comes from, then its table."""
    sheet = book.add_worksheet(section.name)
    title = table_words(section.table).title
    sheet.write_string(0, 0, title, formats.get(bold=True, font_size=14))
    scope = " ".join(part for part in (pack.company, pack.period) if part)
    sheet.write_string(1, 0, f"{scope}; version {pack.version.name}", formats.get(italic=True))
    print_setup(sheet, title=f"{title}: {scope}", source=f"tieout, version {pack.version.name}")
    if section.frame is None:
        sheet.write_string(TOP, 0, section.missing or "not available", formats.get())
        return _Placed(section, TOP, TOP)
    end = write_table(sheet, formats, section.columns, section.frame, top=TOP)
    return _Placed(section, TOP + 1, end - 1)


def _summary(sheet: Any, formats: Formats, pack: Pack, placed: dict[str, _Placed]) -> None:
    plain, bold = formats.get(), formats.get(bold=True)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 10)
    sheet.set_column(3, 3, 46)
    sheet.write_string(
        0, 0, f"Reconciliation pack: {pack.company_name}", formats.get(bold=True, font_size=16)
    )
    line = 2
    for name, text in (
        ("Company", pack.company),
        ("Fiscal period", pack.period + ("" if pack.is_period_over else " (not over yet)")),
        ("Data as of (UTC)", _when(pack.version.as_of_at)),
        ("Data reaches to (UTC)", _when(pack.version.watermark_at)),
        ("Version", pack.version.name),
        ("Policies", pack.policies or "not stated"),
        ("Feeds", "; ".join(f"{feed}: {said}" for feed, said in pack.troubles.items()) or "all in"),
    ):
        sheet.write_string(line, 0, name, plain)
        sheet.write_string(line, 1, text, bold)
        line += 1
    head = formats.get(bold=True, bg_color="#E8EDF2", bottom=1)
    line += 1
    for place, heading in enumerate(("Figure", "Amount or count", "Currency", "What it counts")):
        sheet.write_string(line, place, heading, head)
    for one in _lines(pack, placed):
        line += 1
        _write_line(sheet, formats, line, one)
    print_setup(
        sheet,
        title=f"Reconciliation pack {pack.company} {pack.period}",
        source=f"tieout, version {pack.version.name}",
    )


def _write_line(sheet: Any, formats: Formats, line: int, one: _Line) -> None:
    plain, looks = formats.get(), formats.get(num_format=one.looks)
    sheet.write_string(line, 0, one.name, plain)
    sheet.write_string(line, 2, one.currency, plain)
    sheet.write_string(line, 3, one.said, plain)
    if one.value is None:
        sheet.write_string(line, 1, "not available", formats.get(align="right"))
    elif one.formula is None:
        sheet.write_number(line, 1, one.value, looks)
    else:
        sheet.write_formula(line, 1, one.formula, looks, one.value)


def _lines(pack: Pack, placed: dict[str, _Placed]) -> list[_Line]:
    """The figures of the pack, most of them as formulas over its sheets."""
    unbilled, exceptions, feeds = placed["Unbilled"], placed["Exceptions"], placed["Feeds"]
    lines = [
        _count_line(unbilled, "Shipped, not billed"),
        *_sum_lines(unbilled, "Shipped, not billed", "open_amount", "open amount of the lines"),
        _count_line(exceptions, "Open exceptions"),
        *_sum_lines(
            exceptions, "Open exceptions", "exposure_amount", "at stake, as sizes", are_sizes=True
        ),
        _count_line(placed["Tie-out"], "Accounts in the period"),
    ]
    for figure in pack.figures:
        if figure.name == "ledger":
            said = figure.missing or f"{figure.counted}, {figure.note}; groups count once"
            amounts = figure.amounts or (None,)
            lines += [
                _Line(
                    figure.title,
                    one.currency if one else "",
                    AMOUNT,
                    one.amount if one else None,
                    None,
                    said,
                )
                for one in amounts
            ]
    for column in ("rows_read", "rows_accepted", "rows_rejected", "rows_repeated"):
        lines += _sum_lines(feeds, "Feeds", column, column_label(column), looks=COUNT)
    return lines


def _count_line(placed: _Placed, name: str) -> _Line:
    frame = placed.section.frame
    if frame is None:
        return _Line(name, "", COUNT, None, None, placed.section.missing or "")
    cells = placed.range(placed.section.columns[0].name)
    formula = f"=ROWS({cells})" if cells else "=0"
    return _Line(name, "", COUNT, frame.height, formula, f"rows on sheet {placed.section.name}")


def _sum_lines(
    placed: _Placed,
    name: str,
    column: str,
    said: str,
    *,
    are_sizes: bool = False,
    looks: str = AMOUNT,
) -> list[_Line]:
    """One sum per currency: amounts of different currencies are not added."""
    cells, currencies = placed.range(column), placed.range("currency")
    frame = placed.section.frame
    if frame is None or cells is None:
        return []
    names = frame["currency"].fill_null("").unique().sort().to_list() if currencies else [""]
    lines = []
    for currency in names:
        own = frame if not currencies else frame.filter(frame["currency"].fill_null("") == currency)
        values = own[column].drop_nulls()
        value = sum((abs(v) if are_sizes else v for v in values), start=Decimal(0))
        figures = f"ABS({cells})" if are_sizes else cells
        test = f'*({currencies}="{currency}")' if currencies else ""
        lines.append(_Line(name, currency, looks, value, f"=SUMPRODUCT({figures}{test})", said))
    return lines


def _when(at: Any) -> str:
    return f"{day(at)} {moment(at)[-5:]}" if at else "not known"
