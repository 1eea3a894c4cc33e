"""What a person asks for in the grid, as conditions and an order of the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reporting.access.roles import quoted
from reporting.conditions import Condition
from reporting.published import Published
from reporting.rows import Selection
from reporting.wording import code_label, is_code_column


def narrowed(
    published: Published, chosen: Selection, filter_model: Mapping[str, Any] | None
) -> Selection:
    """The selection with the grid's own column filters added."""
    more: list[Condition] = []
    for column, asked in (filter_model or {}).items():
        more += _conditions(published, chosen.table, column, asked)
    return Selection(chosen.table, (*chosen.conditions, *more), chosen.latest_period)


def order(sort_model: Sequence[Mapping[str, Any]] | None) -> list[tuple[str, bool]]:
    """Columns to sort by, each with "is it descending"."""
    return [(str(one["colId"]), one.get("sort") == "desc") for one in sort_model or ()]


def _conditions(
    published: Published, table: str, column: str, asked: Mapping[str, Any]
) -> list[Condition]:
    kind = asked.get("type", "")
    if kind == "blank":
        return [Condition(column, "is", ("",))]
    if asked.get("filterType") == "date":
        first = str(asked.get("dateFrom") or "")[:10]
        last = str(asked.get("dateTo") or "")[:10] if kind == "inRange" else first
        return [Condition(column, "from", (first,)), Condition(column, "to", (last,))]
    value, upper = str(asked.get("filter", "")), str(asked.get("filterTo", ""))
    if kind == "inRange":
        return [Condition(column, "from", (value,)), Condition(column, "to", (upper,))]
    operation = {
        "contains": "has",
        "equals": "is",
        "notEqual": "not",
        "greaterThanOrEqual": "from",
        "lessThanOrEqual": "to",
    }.get(kind, "is")
    if is_code_column(column) and asked.get("filterType") == "text":
        return [_code_condition(published, table, column, operation, value)]
    return [Condition(column, operation, (value,))]


def _code_condition(
    published: Published, table: str, column: str, operation: str, words: str
) -> Condition:
    """Codes are shown as words, so words are what people type: find the codes that read so."""
    if column not in {one.name for one in published.columns(table)}:
        return Condition(column, operation, (words,))
    found = published.rows(f"select distinct {quoted(column)} as code from {quoted(table)}")
    codes = [str(row["code"]) for row in found if row["code"]]
    sought = words.casefold()
    matching = tuple(
        code
        for code in codes
        if (sought in code_label(code).casefold() or sought in code.casefold())
        if operation == "has" or sought in (code_label(code).casefold(), code.casefold())
    )
    # No code reads so: a value that no row holds keeps the answer empty instead of whole.
    return Condition(column, "not" if operation == "not" else "is", matching or (words,))
