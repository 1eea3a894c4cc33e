"""The worklog of a workspace: one SQLite file to which rows are only added.

One transaction is the moment at which something is noted, so a process killed at any point leaves
it whole, and two people at once come one after the other. The file itself refuses changes and
deletions, and every row is sealed with a hash over itself and the row before: a row changed or
taken out with another tool breaks the chain, and the next run says so instead of believing it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from models.contracts import WORKLOG
from pipelines.faults import DataFault

FILE_NAME = "worklog.sqlite"
# What a row is sealed with stands beside its content, so that a new column breaks no old seal.
SCHEMA = """
create table if not exists {table} (
    seq integer primary key, subject text not null, request text not null, content text not null,
    seal text not null
);
create index if not exists {table}_subject on {table} (subject);
create unique index if not exists {table}_once on {table} (subject, request) where request <> '';
create trigger if not exists {table}_unchanged before update on {table}
    begin select raise(abort, 'rows of the worklog are never changed'); end;
create trigger if not exists {table}_kept before delete on {table}
    begin select raise(abort, 'rows of the worklog are never removed'); end;
"""
SUBJECT_OF = {"exception_event": "exception_id", "handed_line": "rtb_key"}

Row = Mapping[str, Any]


class Worklog:
    """Reads, and adds inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Everything added inside counts at once or not at all; nobody else adds meanwhile."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def add(self, table: str, rows: Sequence[Row], *, request: str = "") -> int:
        """How many rows were new. `request` names the run that asks: asked again, it adds nothing.

        A run may do several things to one exception, so what it does is part of the request.
        """
        newest = self._connection.execute(
            f"select seq, seal from {table} order by seq desc limit 1"
        ).fetchone()
        seq, seal = newest or (0, "")
        known = self._known(table, request) if request else set()
        added = []
        for row in rows:
            subject = str(row[SUBJECT_OF[table]])
            asked = f"{request}/{row.get('action', '')}" if request else ""
            if (subject, asked) in known:
                continue
            content = json.dumps(row, default=_plain, sort_keys=True, separators=(",", ":"))
            seq, seal = seq + 1, _sealed(seal, seq + 1, asked, content)
            added.append((seq, subject, asked, content, seal))
        self._connection.executemany(f"insert into {table} values (?, ?, ?, ?, ?)", added)
        return len(added)

    def _known(self, table: str, request: str) -> set[tuple[str, str]]:
        asked = self._connection.execute(
            f"select subject, request from {table} where request >= ? and request < ?",
            (f"{request}/", f"{request}0"),  # "0" is the character after "/"
        )
        return set(asked.fetchall())

    def rows(self, table: str, *, subject: str = "") -> list[dict[str, Any]]:
        """Rows in the order in which they were written, each with `seq` and `request`."""
        where, parameters = ("where subject = ?", (subject,)) if subject else ("", ())
        found = self._connection.execute(
            f"select seq, request, content from {table} {where} order by seq", parameters
        )
        return [
            {**json.loads(content), "seq": seq, "request": request.partition("/")[0]}
            for seq, request, content in found
        ]

    def broken_at(self, table: str) -> int | None:
        """Number of the first row that is not as it was written; none when all are."""
        seal = ""
        stored = self._connection.execute(f"select seq, request, content, seal from {table}")
        for expected, (seq, request, content, kept) in enumerate(
            sorted(stored.fetchall()), start=1
        ):
            seal = _sealed(seal, expected, request, content)
            if (seq, kept) != (expected, seal):
                return expected
        return None


@contextmanager
def open_worklog(folder: Path) -> Iterator[Worklog]:
    """The worklog in a folder, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as connection:
        connection.execute("pragma synchronous = full")
        for table in WORKLOG:
            connection.executescript(SCHEMA.format(table=table))
        yield Worklog(connection)


def checked_rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """All rows of a table; DataFault where one is not as it was written."""
    if not (folder / FILE_NAME).exists():
        return []
    with open_worklog(folder) as worklog:
        broken = worklog.broken_at(table)
        if broken is not None:
            raise DataFault(
                f"{folder / FILE_NAME}: row {broken} of {table} is not as it was written, or the"
                " one before it is gone. Somebody changed the file with another tool. Put back a"
                " copy from before that; nothing was published."
            )
        return worklog.rows(table)


def worklog_frame(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Rows in the types of their contract; a column that older rows lack is empty there."""
    types = WORKLOG[table].polars_types()
    columns = {}
    for name, kind in types.items():
        values = [row.get(name) for row in rows]
        if isinstance(kind, pl.Datetime):
            values = [None if value is None else _moment(value) for value in values]
        elif isinstance(kind, pl.Decimal):
            values = [None if value is None else Decimal(value) for value in values]
        columns[name] = pl.Series(name, values, dtype=kind)
    return pl.DataFrame(columns, schema=types)


def _sealed(before: str, seq: int, request: str, content: str) -> str:
    return hashlib.sha256(f"{before}|{seq}|{request}|{content}".encode()).hexdigest()


def _moment(value: str | datetime) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
