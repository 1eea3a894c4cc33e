"""One condition of an address, and the SQL it becomes.

A condition names a column of the table, or what is known of the row's item: `category=Safety`
holds on every table that names an item, although the category stands in `dim_item`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.access.roles import quoted
from reporting.published import Column, Published

OPERATIONS = ("is", "not", "has", "from", "to")
# Columns of `dim_item` that tables naming an item may be filtered by.
ITEM_COLUMNS = ("category", "abc_class", "item_type", "brand", "base_uom")


@dataclass(frozen=True, slots=True)
class Condition:
    """One column, one operation, the values it is held against."""

    column: str
    operation: str
    values: tuple[str, ...]


def condition_sql(
    published: Published, table: str, condition: Condition, name: str
) -> tuple[str, Mapping[str, str]] | None:
    """SQL and parameters of a condition; None for what the table cannot be filtered by.

    Values are parameters, cast to the column's own type; their names begin with `name`.
    """
    found = _subject(published, table, condition.column)
    if found is None or condition.operation not in OPERATIONS:
        return None
    column, subject = found
    given = {f"{name}_{i}": value for i, value in enumerate(condition.values) if value != ""}
    if condition.operation == "has":
        contains = [f"contains(lower(cast({subject} as varchar)), lower(${key}))" for key in given]
        return f"({' or '.join(contains) or 'true'})", given
    if condition.operation in ("from", "to"):
        return _bound_sql(column, subject, condition, given), given
    casts = [f"try_cast(${key} as {column.type})" for key in given]
    matches = f"{subject} in ({', '.join(casts)})" if casts else "false"
    is_blank = f"({subject} is null or cast({subject} as varchar) = '')"
    if condition.operation == "is":
        return (f"({matches} or {is_blank})" if "" in condition.values else matches), given
    differs = f"not coalesce({matches}, false)"
    return (f"({differs} and not {is_blank})" if "" in condition.values else differs), given


def _subject(published: Published, table: str, name: str) -> tuple[Column, str] | None:
    """The column a condition names, the table's own or its item's, and the SQL that reads it."""
    own = {column.name: column for column in published.columns(table)}
    if name in own:
        return own[name], quoted(name)
    of_item = {column.name: column for column in published.columns("dim_item")}
    if name not in ITEM_COLUMNS or not {"company_id", "item_id"} <= set(own):
        return None
    if not {"company_id", "item_id", name} <= set(of_item):
        return None
    # One row per company and item: max() tells the engine so, and picks nothing.
    return of_item[name], (
        f"(select max(item.{quoted(name)}) from dim_item as item"
        f" where item.company_id = {quoted(table)}.company_id"
        f" and item.item_id = {quoted(table)}.item_id)"
    )


def _bound_sql(column: Column, subject: str, condition: Condition, given: Mapping[str, str]) -> str:
    """A lower or upper bound; a moment held against a day counts as that whole day."""
    sign = ">=" if condition.operation == "from" else "<="
    parts = ["true"]
    for key, value in given.items():
        is_day = column.is_time and len(value) == len("2026-01-31")
        type_name = "DATE" if is_day else column.type
        held = f"cast({subject} as {type_name})" if is_day else subject
        parts.append(f"{held} {sign} try_cast(${key} as {type_name})")
    return "(" + " and ".join(parts) + ")"
