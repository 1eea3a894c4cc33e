"""The published tables, as one viewer may read them.

Readers open `published/current/serve.duckdb` and nothing else: the database that is being built is
nobody's to read. `current` is a link to a version folder; when it points elsewhere, the next
question opens the new version, while questions under way finish on the one they began with.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from reporting.access.roles import Role, Viewer, literal, quoted, scope, sees_table

WHOLE_VIEW = Viewer(role=Role.ADMIN, granted_by="reads as the operator")


class NothingPublished(RuntimeError):
    """There is no published version to read yet."""


@dataclass(frozen=True, slots=True)
class Version:
    """One published version: its name, what it was asked for and how far its data reaches."""

    name: str
    as_of_at: datetime | None
    watermark_at: datetime | None
    run_at: datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table, with its DuckDB type."""

    name: str
    type: str

    @property
    def is_number(self) -> bool:
        return self.type.startswith(("DECIMAL", "BIGINT", "INTEGER", "HUGEINT", "DOUBLE"))

    @property
    def is_date(self) -> bool:
        return self.type == "DATE"

    @property
    def is_time(self) -> bool:
        return self.type.startswith("TIMESTAMP")

    @property
    def is_truth(self) -> bool:
        return self.type == "BOOLEAN"


@dataclass(slots=True)
class _Opened:
    """An in-memory database whose views show one viewer's part of one version."""

    folder: Path
    version: Version
    connection: duckdb.DuckDBPyConnection
    columns: dict[str, tuple[Column, ...]]


@dataclass(slots=True)
class Published:
    """Answers questions about the current version, for one viewer."""

    folder: Path
    viewer: Viewer = WHOLE_VIEW
    _opened: _Opened | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def frame(self, query: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """Run a query over the tables this viewer sees; decimals stay decimals.

        Tables are named without a schema, parameters as `$name`.
        """
        cursor = self._current().connection.cursor()
        try:
            result = cursor.sql(query, params=dict(parameters) if parameters else None)
            return result.pl() if result is not None else pl.DataFrame()
        finally:
            cursor.close()

    def rows(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The answer as one dictionary per row."""
        return self.frame(query, parameters).to_dicts()

    def one(self, query: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The answer of a query that gives exactly one row."""
        (row,) = self.rows(query, parameters)
        return row

    def version(self) -> Version:
        """The version now open."""
        return self._current().version

    def tables(self) -> tuple[str, ...]:
        """Names of the tables this viewer may read, in this version."""
        return tuple(sorted(self._current().columns))

    def columns(self, table: str) -> tuple[Column, ...]:
        """Columns of a table this viewer may read; none for a table that is not there."""
        return self._current().columns.get(table, ())

    def missing(self, table: str, columns: Sequence[str] = ()) -> str | None:
        """Why a figure from these columns cannot be shown; None when it can."""
        if not sees_table(self.viewer, table):
            return f"not shown to the role {self.viewer.role}"
        present = {column.name for column in self.columns(table)}
        if not present:
            return f"not available: needs table {table}"
        absent = [name for name in columns if name not in present]
        if not absent:
            return None
        if set(absent) <= self._hidden_columns(table):
            return f"not shown to the role {self.viewer.role}"
        return f"not available: needs {', '.join(absent)} in table {table}"

    def _hidden_columns(self, table: str) -> set[str]:
        """Columns that the version has and this viewer may not see."""
        opened = self._current()
        shown = {column.name for column in opened.columns.get(table, ())}
        return set(_served_columns(opened.connection.cursor()).get(table, ())) - shown

    def _current(self) -> _Opened:
        with self._lock:
            folder = current_folder(self.folder)
            if self._opened is None or self._opened.folder != folder:
                # The old connection is let go, not closed: a question may still be reading it.
                self._opened = _open(folder, self.viewer)
            return self._opened


def current_folder(published: Path) -> Path:
    """The version folder that `current` points to now; a version folder is its own answer."""
    if (published / "serve.duckdb").is_file():
        return published.resolve()
    folder = (published / "current").resolve()
    if not (folder / "serve.duckdb").is_file():
        raise NothingPublished(
            f"{published}: no published version. Expected current/serve.duckdb; `tieout run` makes it."
        )
    return folder


def _open(folder: Path, viewer: Viewer) -> _Opened:
    connection = duckdb.connect(":memory:")
    connection.sql("set TimeZone = 'UTC'")
    connection.sql("set threads = 2")
    connection.sql(f"attach {literal(str(folder / 'serve.duckdb'))} as served (read_only)")
    columns: dict[str, tuple[Column, ...]] = {}
    for table, present in _served_columns(connection).items():
        select = scope(viewer, table, [column.name for column in present.values()])
        if select is None:
            continue
        connection.sql(f"create view {quoted(table)} as {select}")
        described = connection.sql(f"describe {quoted(table)}").fetchall()
        columns[table] = tuple(Column(name=row[0], type=row[1]) for row in described)
    return _Opened(
        folder=folder,
        version=_read_version(folder, connection, tuple(columns)),
        connection=connection,
        columns=columns,
    )


def _served_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Column]]:
    """Tables of the version with their columns, whoever looks."""
    found: dict[str, dict[str, Column]] = {}
    listed = connection.sql(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where database_name = 'served' and schema_name = 'main'"
        " order by table_name, column_index"
    ).fetchall()
    for table, name, type_name in listed:
        found.setdefault(table, {})[name] = Column(name=name, type=type_name)
    return found


def _read_version(
    folder: Path, connection: duckdb.DuckDBPyConnection, tables: Sequence[str]
) -> Version:
    """What `run.json` says; where it is silent, what the tables themselves carry."""
    file = folder / "run.json"
    run = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    as_of, watermark = _instant(run.get("as_of_at")), _instant(run.get("watermark_at"))
    for table in tables:
        if as_of is not None and watermark is not None:
            break
        names = {row[0] for row in connection.sql(f"describe {quoted(table)}").fetchall()}
        if {"as_of_at", "watermark_at"} <= names:
            found = connection.sql(
                f"select max(as_of_at), max(watermark_at) from {quoted(table)}"
            ).fetchone()
            if found is not None:
                as_of, watermark = as_of or found[0], watermark or found[1]
    return Version(
        name=str(run.get("version", folder.name)),
        as_of_at=as_of,
        watermark_at=watermark,
        run_at=_instant(run.get("run_at")),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
