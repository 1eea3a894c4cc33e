"""Published tables against the truth, cell by cell, in DuckDB: exact decimals, millions of cells.

Each side is summed to the key of the comparison; sides are stacked and grouped, so that a cell seen
on one side only is a difference and not a blank. A balance that is told by its changes is carried
forward on both sides and compared on every day on which either changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb

from pipelines.score.cells import clock, counts, fill_cells, joined
from pipelines.score.truths import TRUTHS, Truth, Value
from pipelines.warehouse.database import connect


@dataclass(frozen=True, slots=True)
class TableScore:
    """Cells of one published column, or why they could not be compared.

    cells = equal + missing (in the truth only) + extra (published only) + differing.
    largest_difference: |published - truth|, nothing being zero; none for words.
    """

    table: str
    column: str
    part: str
    truth: str
    status: Literal["compared", "not available"]
    reason: str = ""
    cells: int = 0
    equal: int = 0
    missing: int = 0
    extra: int = 0
    differing: int = 0
    largest_difference: Decimal | None = None


def score_tables(
    current: Path, key: Path, *, as_of_at: datetime, settings: Mapping[str, str] | None = None
) -> list[TableScore]:
    """Lines in the order of the truth files; only what holds by `as_of_at` counts on either side.

    current: folder of the published version; key: folder of the answer key; settings: of DuckDB.
    """
    return [
        score
        for truth in TRUTHS
        for score in _score_truth(truth, current, key, as_of_at, settings or {})
    ]


def _score_truth(
    truth: Truth, current: Path, key: Path, as_of_at: datetime, settings: Mapping[str, str]
) -> list[TableScore]:
    file, table = key / f"{truth.file}.csv", current / f"{truth.table}.parquet"
    if not table.exists():
        return _absent(truth, truth.values, f"{truth.table} is not built")
    if not file.exists():
        return _absent(truth, truth.values, f"the key has no {file.name}")
    with connect(Path(":memory:"), settings=settings) as connection:
        _reach(connection, current, as_of_at)
        rows = f"read_csv('{_quoted(file)}', header=true, all_varchar=true)"
        try:
            told = _view(connection, "told", truth.told_as, rows)
            rows = f"read_parquet('{_quoted(table)}')"
            published = _view(connection, "published", truth.published_as, rows)
        except duckdb.BinderException as error:  # a column of the select list is not there
            return _absent(truth, truth.values, str(error).splitlines()[0])
        reason = _unknown_columns(truth, told, published) or _other_end(
            connection, truth, key, as_of_at
        )
        if reason:
            return _absent(truth, truth.values, reason)
        known = tuple(
            value for value in truth.values if value.truth in told and value.column in published
        )
        lines = []
        if known:
            fill_cells(connection, replace(truth, values=known), as_of_at)
            lines = _lines(connection, replace(truth, values=known))
        for value in truth.values:
            if value not in known:
                lines += _absent(truth, (value,), _no_column(truth, value, published))
        return lines


def _view(connection: duckdb.DuckDBPyConnection, name: str, columns: str, source: str) -> set[str]:
    """Make a view; returns its columns."""
    connection.sql(f"create view {name} as select {columns} from {source}")
    return set(connection.table(name).columns)


def _reach(connection: duckdb.DuckDBPyConnection, current: Path, as_of_at: datetime) -> None:
    """Day that the clocks of each company showed at `as_of_at`, as text; UTC where it is unknown."""
    connection.sql("create table reach (company_id varchar, as_of_date varchar)")
    companies = current / "dim_company.parquet"
    if companies.exists():
        connection.sql(
            "insert into reach select company_id, cast(timezone(timezone, ?::timestamptz)::date as"
            f" varchar) from read_parquet('{_quoted(companies)}')",
            params=[as_of_at.isoformat()],
        )


def _unknown_columns(truth: Truth, told: set[str], published: set[str]) -> str:
    """Why nothing can be compared; empty where all columns of the key are there."""
    if absent := [name for name in truth.columns if name not in published]:
        return f"{truth.table} has no column {', '.join(sorted(set(absent)))}"
    needed = [*truth.key, *(["date"] if truth.when in ("on date", "last change") else [])]
    if absent := [name for name in needed if name not in told]:
        return f"{truth.file}.csv has no column {', '.join(absent)}"
    return ""


def _no_column(truth: Truth, value: Value, published: set[str]) -> str:
    if value.column not in published:
        return f"{truth.table} has no column {value.column}"
    return f"{truth.file}.csv has no column {value.truth}"


def _other_end(
    connection: duckdb.DuckDBPyConnection, truth: Truth, key: Path, as_of_at: datetime
) -> str:
    """Why a truth of one moment says nothing about this run; empty where it does."""
    facts = key / "facts.csv"
    if truth.when == "at end" and facts.exists():
        row = connection.sql(
            f"select value from read_csv('{_quoted(facts)}', header=true, all_varchar=true)"
            " where name = 'as_of' and cast(value as timestamptz) <> ?::timestamptz",
            params=[as_of_at.isoformat()],
        ).fetchone()
        return f"the key is as of {row[0]}" if row else ""
    if truth.when == "on date":
        row = connection.sql(
            f"select 1 from ({joined('told', clock(truth, 'date', as_of_at))}) limit 1"
        ).fetchone()
        return "" if row else "the key has no rows of the day of the run"
    return ""


def _lines(connection: duckdb.DuckDBPyConnection, truth: Truth) -> list[TableScore]:
    """One line per part and value of `cells`."""
    part = truth.part or "''"
    seen = ", ".join(
        f"count({side}_{place}) as {side}_{place}"
        for side in ("expected", "actual")
        for place, _ in enumerate(truth.values)
    )
    counted = ", ".join(counts(place, value, truth) for place, value in enumerate(truth.values))
    answer = connection.sql(
        f"select {part} as part, {counted}, {seen} from cells group by 1 order by 1"
    )
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]
    return [
        _line(truth, value, place, row)
        for row in rows or [{"part": ""}]
        for place, value in enumerate(truth.values)
    ]


def _line(truth: Truth, value: Value, place: int, row: Mapping[str, object]) -> TableScore:
    line = TableScore(truth.table, value.column, str(row["part"]), truth.file, "compared")
    if f"counts_{place}" not in row:
        return line
    if row[f"expected_{place}"] and not row[f"actual_{place}"]:
        named = f" of {row['part']}" if truth.part else ""
        reason = f"{truth.table} has no {value.column}{named}"
        return replace(line, status="not available", reason=reason)
    counted = row[f"counts_{place}"]
    assert isinstance(counted, dict)
    return replace(line, **counted)


def _absent(truth: Truth, values: Sequence[Value], reason: str) -> list[TableScore]:
    return [
        TableScore(truth.table, value.column, "", truth.file, "not available", reason)
        for value in values
    ]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
