"""A picture of quantities: its series, their marks, and the rows each mark is made of.

Quantities are added only within one unit. Where the goods looked at are counted in several, the
scope names one of them and every selection is narrowed to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.published import Published
from reporting.rows import Selection, has_rows, selection

# Days and weeks that a picture reaches back at most; more are too thin to be told apart.
MOST_WEEKS = 156
# Series that a picture tells apart by colour; what is beyond is added up as "others".
MOST_SERIES = 7
NO_UNIT = "unit not given"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page looks at: companies, and the unit its quantities are in."""

    company: str | None = None
    unit: str = ""
    # Every unit that goods here are counted in, the most used first.
    units: tuple[str, ...] = ()

    def rows_of(self, table: str, equal: Mapping[str, str] | None = None) -> Selection:
        """Rows of a table that names items, in this scope."""
        opens = selection(table, self.company, equal)
        return opens.where("base_uom", self.unit) if len(self.units) > 1 else opens

    @property
    def unit_label(self) -> str:
        return unit_label(self.unit) if self.units else "base units"


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or point: where it stands, how much it is, which rows it is made of."""

    at: date | str
    quantity: Decimal
    opens: Selection
    # What the mark stands for, as in "week from 05 Jan 2026".
    label: str
    # Rows behind it, where the picture counts them.
    count: int | None = None
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """Marks of one colour; of two series with one `group` the second is hatched or dotted."""

    label: str
    group: str
    marks: tuple[Mark, ...]
    is_second: bool = False

    @property
    def total(self) -> Decimal:
        return sum((mark.quantity for mark in self.marks), Decimal(0))


@dataclass(frozen=True, slots=True)
class Picture:
    """Series under one title, or why they are not there."""

    title: str
    series: tuple[Series, ...] = ()
    unit: str = ""
    missing: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every mark stands for a time that the data covers whole."""
        return all(mark.is_complete for one in self.series for mark in one.marks)


def look_at(published: Published, company: str | None = None, unit: str | None = None) -> Scope:
    """The scope of a page; the unit asked for where goods have it, else the most used one."""
    units = _units(published, company)
    chosen = unit if unit is not None and unit in units else (units[0] if units else "")
    return Scope(company, chosen, units)


def unit_label(unit: str) -> str:
    """A unit as a page writes it."""
    return unit or NO_UNIT


def lacking(published: Published, opens: Selection, columns: Sequence[str]) -> str | None:
    """Why a picture of these rows cannot be drawn: no table, no column, or no rows."""
    if missing := published.missing(opens.table, columns):
        return missing
    if not has_rows(published, opens):
        return f"not available: needs rows in table {opens.table}"
    return None


def last_day(published: Published, latest: date) -> date:
    """Last day that the data covers: as-of or watermark, what is earlier; else its latest row."""
    version = published.version()
    known = [moment for moment in (version.as_of_at, version.watermark_at) if moment is not None]
    return min(known).date() if known else latest


def place_names(published: Published, company: str | None) -> dict[tuple[str, str], str]:
    """What places are called; the company is said where several are looked at."""
    if published.missing("dim_location", ("company_id", "location_id", "location_name")):
        return {}
    rows = published.rows(
        "select company_id, location_id, location_name,"
        " count(distinct company_id) over () > 1 as is_said from dim_location"
        " where $company is null or company_id = $company",
        {"company": company},
    )
    return {
        (row["company_id"], row["location_id"]): (row["location_name"] or row["location_id"])
        + (f" ({row['company_id']})" if row["is_said"] else "")
        for row in rows
    }


def _units(published: Published, company: str | None) -> tuple[str, ...]:
    """Base units of the items that have demand or stock, the one with most items first."""
    keys = ("company_id", "item_id")
    if published.missing("dim_item", (*keys, "base_uom")):
        return ()
    seen = [
        f"select company_id, item_id from {table}"
        for table in ("fct_demand", "fct_stock_position_daily", "fct_stock_position")
        if published.missing(table, keys) is None
    ]
    if not seen:
        return ()
    rows = published.rows(
        "select coalesce(item.base_uom, '') as unit"
        f" from dim_item as item semi join ({' union '.join(seen)}) as seen"
        " using (company_id, item_id)"
        " where $company is null or item.company_id = $company"
        " group by unit order by unit = '', count(*) desc, unit",
        {"company": company},
    )
    return tuple(row["unit"] for row in rows)
