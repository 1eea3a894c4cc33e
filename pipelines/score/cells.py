"""The SQL of one comparison: both sides at the grain of the key, stacked, grouped and counted.

Views `told` (the truth file, all text) and `published`, and the table `reach` (company_id,
as_of_date as text) stand ready; `cells` is what comes out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import duckdb

from pipelines.score.truths import Kind, Truth, Value

CLOCKS = ("date", "posting_date", "event_at")
HALF_A_CENT = "0.005"


def fill_cells(connection: duckdb.DuckDBPyConnection, truth: Truth, as_of_at: datetime) -> None:
    """Fill the table `cells`: key columns, and per value what is expected and what is actual."""
    told_at = next((name for name in CLOCKS if name in connection.table("told").columns), "")
    told = _side(truth, joined("told", clock(truth, told_at, as_of_at)), "expected")
    limit = clock(truth, truth.key.get(told_at, truth.clock), as_of_at)
    actual = _side(truth, joined("published", f"{limit} and ({truth.only})"), "actual")
    keys = ", ".join(truth.key)
    both = [
        (side, place) for side in ("expected", "actual") for place, _ in enumerate(truth.values)
    ]
    sides = ", ".join(
        f"max(value_{place}) filter (where side = '{side}') as {side}_{place}"
        for side, place in both
    )
    grouped = f"select {keys}, {sides} from ({told} union all {actual}) group by {keys}"
    if truth.when == "changes":
        cell = ", ".join(name for name in truth.key if name != "date")
        carried = ", ".join(
            f"last_value({side}_{place} ignore nulls) over days as {side}_{place}"
            for side, place in both
        )
        grouped = (
            f"select {keys}, {carried} from ({grouped}) window days as"
            f" (partition by {cell} order by date rows unbounded preceding)"
        )
    connection.sql(f"create table cells as {grouped}")


def _side(truth: Truth, rows: str, side: Literal["expected", "actual"]) -> str:
    """One side at the grain of the key, under the names of the truth file."""
    is_told = side == "expected"
    columns = {name: name if is_told else published for name, published in truth.key.items()}
    keys = ", ".join(f"{_key_value(name, column)} as {name}" for name, column in columns.items())
    last = is_told and truth.when == "last change"
    values = ", ".join(
        f"{_summed(value.truth if is_told else value.column, value.kind, last=last)} as value_{place}"
        for place, value in enumerate(truth.values)
    )
    places = ", ".join(str(place + 1) for place, _ in enumerate(columns))
    return f"select {keys}, '{side}' as side, {values} from ({rows}) group by {places}"


def _key_value(name: str, column: str) -> str:
    """A key column in one spelling for both sides: a moment as such, all else as text."""
    if name.endswith("_at"):
        return f"cast({column} as timestamptz)"
    return f"coalesce(cast({column} as varchar), '')"


def _summed(column: str, kind: Kind, *, last: bool) -> str:
    """A value at the grain of the key: summed, or what the last change left."""
    if kind == "word":
        text = f"cast({column} as varchar)"
        return f"string_agg(distinct {text}, ' ' order by {text})"
    number = f"cast({column} as decimal(24, 6))"
    total = f"arg_max({number}, date)" if last else f"coalesce(sum({number}), 0)"
    return total


def clock(truth: Truth, column: str, as_of_at: datetime) -> str:
    """Condition on rows that hold by the moment of the run; `true` where a side has no clock."""
    if not column or truth.when == "at end":
        return "true"
    if truth.when == "up to time":
        return f"cast({column} as timestamptz) <= timestamptz '{as_of_at.isoformat()}'"
    day = f"coalesce(reach.as_of_date, '{as_of_at.date().isoformat()}')"
    sign = "=" if truth.when == "on date" else "<="
    return f"cast({column} as varchar) {sign} {day}"


def joined(view: str, condition: str) -> str:
    return (
        f"select {view}.* from {view} left join reach on {view}.company_id = reach.company_id"
        f" where {condition}"
    )


def counts(place: int, value: Value, truth: Truth) -> str:
    """What became of the cells of one value, as one record."""
    expected, actual = f"expected_{place}", f"actual_{place}"
    both = f"({expected} is not null and {actual} is not null)"
    if value.kind == "word":
        counted, difference = f"coalesce({expected}, {actual}) is not null", "null"
        agrees = f"{expected} = {actual}"
    else:
        apart = f"abs(coalesce({actual}, 0) - coalesce({expected}, 0))"
        # the truth is in cents and was rounded once; what is published may be finer
        agrees = f"{apart} <= {HALF_A_CENT if value.kind == 'amount' else 0}"
        difference = f"max(case when {agrees} then 0 else {apart} end)"
        # nothing on one side and zero on the other is no cell, both zero is one that agrees
        zero = f"(coalesce({expected}, 0) <> 0 or coalesce({actual}, 0) <> 0)"
        either = f"coalesce({expected}, {actual}) is not null"
        counted = f"({zero} or {both})" if truth.absent_is_zero else either
    return (
        f"struct_pack(cells := count(*) filter (where {counted}),"
        f" equal := count(*) filter (where {counted} and {both} and {agrees}),"
        f" missing := count(*) filter (where {counted} and {actual} is null),"
        f" extra := count(*) filter (where {counted} and {expected} is null),"
        f" differing := count(*) filter (where {counted} and {both} and not ({agrees})),"
        f" largest_difference := {difference}) as counts_{place}"
    )
