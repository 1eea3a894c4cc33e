"""The rows behind a figure: which table, which of its rows, in what order.

A selection lives in the address of the page, so that a figure, a bookmark and an export mean the
same rows. `?status=open` keeps rows with that value, `?status=open&status=new` with either,
`?status.not=resolved` those without it, `.has` those that contain a text, `.from` and `.to` bound
a figure or a day (both included), and `?period=latest` keeps each company's last fiscal period.
An empty value means "not given". Where a row names an item, what is known of the item can be asked
for too, as in `?category=Safety`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

import polars as pl

from reporting.access.roles import quoted
from reporting.conditions import Condition, condition_sql
from reporting.published import Column, Published
from reporting.table_words import table_words
from reporting.wording import RUN_COLUMNS, column_label

COMPANY = "company"
PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of one table."""

    table: str
    conditions: tuple[Condition, ...] = ()
    latest_period: bool = False

    def where(self, column: str, *values: str, operation: str = "is") -> Selection:
        """The same rows, kept by one more condition."""
        more = Condition(column, operation, values)
        if more in self.conditions:
            return self
        return Selection(self.table, (*self.conditions, more), self.latest_period)

    def within(self, column: str, first: date, last: date) -> Selection:
        """The same rows, kept by a first and a last day."""
        lower = self.where(column, first.isoformat(), operation="from")
        return lower.where(column, last.isoformat(), operation="to")

    def query_string(self) -> str:
        """The selection as the part of an address behind the question mark."""
        pairs = []
        for condition in self.conditions:
            name = COMPANY if condition.column == "company_id" else condition.column
            suffix = "" if condition.operation == "is" else f".{condition.operation}"
            pairs += [(f"{name}{suffix}", value) for value in condition.values]
        if self.latest_period:
            pairs.append((PERIOD, "latest"))
        return urlencode(pairs)

    def address(self) -> str:
        """The page that shows these rows."""
        query = self.query_string()
        return f"/rows/{self.table}" + (f"?{query}" if query else "")

    def export_address(self, kind: str) -> str:
        """The file that holds these rows."""
        query = self.query_string()
        return f"/export/{self.table}.{kind}" + (f"?{query}" if query else "")


class NoSuchRows(LookupError):
    """The address names a table or a column that this viewer cannot read."""


def selection(
    table: str,
    company: str | None = None,
    equal: Mapping[str, str] | None = None,
    *,
    latest_period: bool = False,
) -> Selection:
    """A selection written in code; the name `x.not` keeps rows whose `x` differs."""
    given = {**({"company_id": company} if company else {}), **(equal or {})}
    conditions = tuple(
        Condition(name.removesuffix(".not"), "not" if name.endswith(".not") else "is", (value,))
        for name, value in given.items()
    )
    return Selection(table=table, conditions=conditions, latest_period=latest_period)


def read_address(table: str, query_string: str) -> Selection:
    """The selection that an address asks for, not yet held against the table."""
    collected: dict[tuple[str, str], list[str]] = {}
    latest = False
    for name, value in parse_qsl(query_string.lstrip("?"), keep_blank_values=True):
        if name == PERIOD and value == "latest":
            latest = True
            continue
        column, _, operation = name.partition(".")
        column = "company_id" if column == COMPANY else column
        collected.setdefault((column, operation or "is"), []).append(value)
    return Selection(
        table=table,
        conditions=tuple(
            Condition(column, operation, tuple(values))
            for (column, operation), values in collected.items()
        ),
        latest_period=latest,
    )


def ordered_columns(published: Published, table: str) -> tuple[Column, ...]:
    """Columns in reading order: the ones a person needs first, those of the run last."""
    columns = {column.name: column for column in published.columns(table)}
    first = [name for name in table_words(table).first if name in columns]
    last = [name for name in RUN_COLUMNS if name in columns]
    middle = [name for name in columns if name not in first and name not in last]
    return tuple(columns[name] for name in [*first, *middle, *last])


def where_clause(
    published: Published, chosen: Selection, *, more: Sequence[str] = ()
) -> tuple[str, dict[str, Any]]:
    """SQL and parameters of a selection; refuses what the viewer cannot read."""
    columns = {column.name for column in published.columns(chosen.table)}
    if not columns:
        raise NoSuchRows(published.missing(chosen.table) or f"no table {chosen.table}")
    parts = list(more)
    parameters: dict[str, Any] = {}
    for number, condition in enumerate(chosen.conditions):
        found = condition_sql(published, chosen.table, condition, f"v{number}")
        if found is None:
            asked = condition.column
            if condition.operation != "is":
                asked += f".{condition.operation}"
            raise NoSuchRows(f"{table_words(chosen.table).title} cannot be filtered by '{asked}'.")
        parts.append(found[0])
        parameters.update(found[1])
    if chosen.latest_period:
        if not {"company_id", "fiscal_year", "fiscal_period"} <= columns:
            raise NoSuchRows(f"{table_words(chosen.table).title} has no fiscal periods.")
        parts.append(
            "(company_id, fiscal_year * 100 + fiscal_period) in (select company_id,"
            f" max(fiscal_year * 100 + fiscal_period) from {quoted(chosen.table)}"
            " group by company_id)"
        )
    return (" where " + " and ".join(parts)) if parts else "", parameters


def count_rows(published: Published, chosen: Selection) -> int:
    """How many rows a selection has."""
    where, parameters = where_clause(published, chosen)
    found = published.one(f"select count(*) as n from {quoted(chosen.table)}{where}", parameters)
    return int(found["n"])


def has_rows(published: Published, chosen: Selection) -> bool:
    """Whether a selection has any row; faster than counting them."""
    where, parameters = where_clause(published, chosen)
    found = published.rows(f"select 1 as n from {quoted(chosen.table)}{where} limit 1", parameters)
    return bool(found)


def fetch_rows(
    published: Published,
    chosen: Selection,
    *,
    sort: Sequence[tuple[str, bool]] = (),
    start: int = 0,
    end: int | None = None,
) -> pl.DataFrame:
    """Rows `start` to `end` of a selection; `sort` is columns with "is it descending".

    Without an order asked for, the rows that matter most come first. Every column follows in the
    order, so that pages never overlap.
    """
    columns = ordered_columns(published, chosen.table)
    names = [column.name for column in columns]
    where, parameters = where_clause(published, chosen)
    largest = [(name, True) for name in table_words(chosen.table).largest if name in names]
    order = [
        f"{quoted(name)} {'desc' if is_descending else 'asc'} nulls last"
        for name, is_descending in [one for one in sort if one[0] in names] or largest
    ]
    limit = "" if end is None else f" limit {max(0, end - start)} offset {max(0, start)}"
    picked = ", ".join(quoted(name) for name in names)
    by = ", ".join([*order, *(quoted(name) for name in names)])
    return published.frame(
        f"select {picked} from {quoted(chosen.table)}{where} order by {by}{limit}", parameters
    )


def in_words(chosen: Selection) -> list[str]:
    """The conditions of a selection as short phrases."""
    joiner = {"is": "is", "not": "is not", "has": "has", "from": "from", "to": "to"}
    phrases = [
        f"{column_label(condition.column)} {joiner.get(condition.operation, '')} "
        + " or ".join(value if value else "not given" for value in condition.values)
        for condition in chosen.conditions
    ]
    return [*phrases, *(["last fiscal period of each company"] if chosen.latest_period else [])]
