"""New movement rows taken into a finished build without building it anew.

A batch of the day touches few of millions of movements. The rows that it can change are found by
their keys: its own rows, the rows linked to them or taking them back. For these alone the very
statements of the build run again, on a window of rows, and read everything else from the build;
what they give takes the place of what was there. Both ways run one SQL, so the result is that of
a full build, row by row.

What a batch can change without naming it is refused with a reason, and then a full build is due: a
code or a place that no movement named before, consigned goods (whose owner another row may tell).
The parameters of the run stay those of the build. Quantities alone are brought up to date: what they
are worth follows once the costing engine has valued the batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from models.contracts import CONTRACTS
from pipelines.faults import DataFault
from pipelines.warehouse import increment_sql as sql
from pipelines.warehouse.database import lake_rows
from pipelines.warehouse.dbt_build import NodeOutcome
from pipelines.warehouse.versions import note_versions_of

FEED = "wms_stock_movement"


class FullBuildNeeded(DataFault):
    """A batch changes more than the rows it can be seen to name."""


@dataclass(frozen=True, slots=True)
class Increment:
    """How far a batch reached: rows read and booked again, items and places counted anew."""

    rows_read: int
    cells: int


@dataclass(frozen=True, slots=True)
class Statement:
    """How a build keeps a table, and the SQL that made it."""

    is_table: bool
    text: str


def statements(outcomes: Iterable[NodeOutcome]) -> dict[str, Statement]:
    """Table or view -> its statement, in the order in which a build made them."""
    return {
        made.name: Statement(made.materialized == "table", made.sql)
        for made in outcomes
        if made.kind == "model" and made.sql
    }


def take_in(
    connection: duckdb.DuckDBPyConnection,
    nodes: Mapping[str, Statement],
    *,
    files: Sequence[Path],
    fresh: Sequence[Path],
) -> Increment:
    """Bring rows and positions of an open build up to what a full build over `files` would give.

    files: every batch of the movement feed; fresh: those of them that the build has not seen.
    Raises FullBuildNeeded, and leaves the build as it was.
    """
    connection.sql("begin transaction")
    try:
        done = _MovementIncrement(connection, nodes).run(files, fresh)
    except BaseException:
        connection.sql("rollback")
        raise
    connection.sql("commit")
    return done


class _MovementIncrement:
    """The steps of one batch; tables of the window live in DuckDB's temporary schema."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, nodes: Mapping[str, Statement]
    ) -> None:
        self._connection = connection
        self._nodes = nodes
        self._window: list[str] = []

    def run(self, files: Sequence[Path], fresh: Sequence[Path]) -> Increment:
        contract = CONTRACTS[FEED]
        lake = lake_rows(contract, files)
        self._do(f"create or replace view warehouse.raw.{FEED} as {lake}")
        self._do(f"create or replace temp table fresh as {lake_rows(contract, fresh)}")
        self._refuse_what_reaches_further()
        note_versions_of(self._connection, contract, keys="temp.fresh")
        self._do(sql.TOUCHED)
        self._read_again()
        self._tell_documents_again()
        self._count_again()
        return Increment(
            rows_read=self._count("temp.touched"),
            cells=self._count("temp.cells"),
        )

    def _refuse_what_reaches_further(self) -> None:
        for reason, query in sql.REFUSALS.items():
            found = self._connection.sql(f"{query} limit 1").fetchone()
            if found is not None:
                raise FullBuildNeeded(f"a full build is due: {reason}: {found[0]}")

    def _read_again(self) -> None:
        """What the touched rows say and whose they are, with the rows they are read beside."""
        for name, (source, key) in sql.CONTEXT.items():
            text = self._nodes[name].text if source == "statement" else source
            self._make(name, sql.AMONG.format(text=text, key=key), is_table=True)
        for name in sql.READING:
            self._make(name, self._nodes[name].text, is_table=self._nodes[name].is_table)
        self._do(sql.CELLS)
        for name in sql.KEPT_READINGS:
            self._replace(name, f"temp.main.{name}", sql.MOVEMENT_KEY, "temp.touched")
        self._window.clear()

    def _tell_documents_again(self) -> None:
        """Moves that documents say beside the movements; they look at all of the ledger."""
        if not self._count("warehouse.main.int_stock__document_line"):
            return
        told = "warehouse.main.int_stock__document_move"
        self._do(f"create or replace temp table old_told as from {told}")
        for name in sql.DOCUMENTS:
            kind = "table" if self._nodes[name].is_table else "view"
            self._do(f"create or replace {kind} warehouse.main.{name} as {self._nodes[name].text}")
        self._do(sql.DOCUMENT_CELLS)

    def _count_again(self) -> None:
        """Positions of every item and place that something moved in."""
        self._make("int_stock__leg", sql.LEGS.format(text=self._nodes["int_stock__leg"].text), True)
        for name in sql.POSITIONS:
            self._make(name, self._nodes[name].text, is_table=True)
            self._replace(name, f"temp.main.{name}", sql.CELL_KEY, "temp.cells")

    def _make(self, name: str, text: str, is_table: bool) -> None:
        """A table or view of the window; it reads the window where that has the table already."""
        for seen in self._window:
            text = text.replace(f'"warehouse"."main"."{seen}"', f'"temp"."main"."{seen}"')
        kind = "table" if is_table else "view"
        self._do(f"create or replace temp {kind} {name} as {text}")
        self._window.append(name)

    def _replace(self, table: str, rows: str, key: Sequence[str], keys: str) -> None:
        """Rows of the given keys in a table of the build give way to what the window made of them."""
        listed, same = ", ".join(key), " and ".join(f"old.{k} = gone.{k}" for k in key)
        self._do(
            f"delete from warehouse.main.{table} as old using (select distinct {listed} from {keys}) as gone"
            f" where {same}"
        )
        described = self._connection.sql(f"describe warehouse.main.{table}").fetchall()
        columns = ", ".join(row[0] for row in described)
        self._do(
            f"insert into warehouse.main.{table} by name select {columns} from {rows} as made"
            f" semi join {keys} as kept using ({listed})"
        )

    def _count(self, relation: str) -> int:
        found = self._connection.sql(f"select count(*) from {relation}").fetchone()
        assert found is not None, "a count has one row"
        return int(found[0])

    def _do(self, statement: str) -> None:
        for part in statement.split(";\n"):
            if part.strip():
                self._connection.execute(part)
