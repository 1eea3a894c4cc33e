"""A check of the project as dbt compiled it, asked of rows made for it in a database in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from tests.warehouse.broken_rows import STATED, Row

RELATION = re.compile(r'"\w+"\."\w+"\."(\w+)"')
SAMPLES = {
    "VARCHAR": ("'a'", "'b'"),
    "DATE": ("'2026-03-31'", "'2026-03-30'"),
    "TIMESTAMP": ("'2026-03-31 12:00:00'", "'2026-03-30 12:00:00'"),
    "BOOLEAN": ("true", "false"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """Rows by table, and whether the check must find something in them."""

    rows: Mapping[str, tuple[Row, ...]]
    breaks: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A dbt test: its query, the table it is about, and what it was told."""

    name: str
    kind: str
    table: str
    sql: str
    arguments: Mapping[str, Any]

    @property
    def query(self) -> str:
        return RELATION.sub(r'"\1"', self.sql)

    @property
    def tables(self) -> list[str]:
        return sorted(set(RELATION.findall(self.sql)))


class Desk:
    """Tables of a built database, empty, under their names; rows come and go with each trial."""

    def __init__(self, built: str) -> None:
        self.memory = duckdb.connect()
        # views of the site name their tables by the database they were made in
        self.memory.execute(f"attach '{built}' as warehouse (read_only)")
        self.types: dict[str, dict[str, str]] = {}

    def columns(self, table: str) -> dict[str, str]:
        """Type of each column; the table is there, empty, after the first call."""
        if table not in self.types:
            self.memory.execute(f'create table "{table}" as from warehouse.main."{table}" limit 0')
            told = self.memory.execute(f'describe "{table}"').fetchall()
            self.types[table] = {row[0]: row[1] for row in told}
        return self.types[table]

    def sample(self, table: str, column: str, which: int = 0) -> str:
        """A value that the column may have: the first, or another one."""
        kind = self.columns(table)[column].split("(")[0].removesuffix(" WITH TIME ZONE")
        return SAMPLES.get(kind, ("1", "2"))[which]

    def found(self, check: Check, trial: Trial) -> int:
        """How many rows the check returns of the rows of a trial."""
        for table in check.tables:
            self.columns(table)
            self.memory.execute(f'delete from "{table}"')
        for table, rows in trial.rows.items():
            for row in rows:
                cells = ", ".join(row.values())
                self.memory.execute(f'insert into "{table}" ({", ".join(row)}) values ({cells})')
        return len(self.memory.execute(check.query).fetchall())


def trials(check: Check, desk: Desk) -> Iterator[Trial]:
    """What the check must let pass, and every way in which it must not."""
    if check.kind in ("holds", "agrees"):
        judged = STATED[check.name]
        yield Trial({check.table: (judged.holds,)}, breaks=False)
        for row in judged.breaks:
            yield Trial({check.table: (row,)}, breaks=True)
    elif check.kind == "relationships":
        yield from _references(check, desk)
    elif check.kind == "accepted_values":
        column, values = check.arguments["column_name"], check.arguments["values"]
        listed = tuple({column: f"'{value}'"} for value in values)
        yield Trial({check.table: listed}, breaks=False)
        yield Trial({check.table: ({column: "'a word of no list'"},)}, breaks=True)
    else:
        yield from _keys(check, desk)


def _keys(check: Check, desk: Desk) -> Iterator[Trial]:
    """Of a key: once is right, twice is not, and an empty part is not where that is asked."""
    told: Iterable[str] = check.arguments.get("columns") or [check.arguments["column_name"]]
    words = set(re.findall(r"\w+", " ".join(told)))  # a key may be told as an expression
    names = [name for name in desk.columns(check.table) if name in words]
    row = {name: desk.sample(check.table, name) for name in names}
    # the other rows of a table differ in one part of its key or another
    others = [{**row, name: desk.sample(check.table, name, 1)} for name in row]
    yield Trial({check.table: (row, *others)}, breaks=False)
    if check.kind != "not_null":
        yield Trial({check.table: (row, row)}, breaks=True)
    if check.kind != "unique":
        for name in row:
            yield Trial({check.table: ({**row, name: "null"},)}, breaks=True)


def _references(check: Check, desk: Desk) -> Iterator[Trial]:
    column, field = check.arguments["column_name"], check.arguments["field"]
    (parent,) = set(check.tables) - {check.table} or {check.table}
    here, there = (desk.sample(check.table, column, which) for which in (0, 1))
    yield Trial({check.table: ({column: here},), parent: ({field: here},)}, breaks=False)
    yield Trial({check.table: ({column: here},), parent: ({field: there},)}, breaks=True)
    yield Trial({check.table: ({column: here},)}, breaks=True)
