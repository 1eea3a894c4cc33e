"""New movement rows taken into a finished build without building it anew.

A batch of the day touches few of millions of movements. The rows that it can change are found by
their keys: its own rows, the rows linked to them or taking them back. For these alone the very
statements of the build run again, on a window of rows, and read everything else from the build;
what they give takes the place of what was there. Balances are then moved by the difference between
what these rows were and what they are, see balances.py. Rows come from one SQL on both ways, sums do
not depend on how they are added up, so the result is that of a full build, row by row.

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
from pipelines.warehouse import balances
from pipelines.warehouse import increment_sql as sql
from pipelines.warehouse.database import lake_rows
from pipelines.warehouse.dbt_build import NodeOutcome
from pipelines.warehouse.versions import note_versions_of

FEED = "wms_stock_movement"
_LEDGER, _TOLD = '"main"."int_stock__ledger_row"', '"main"."int_stock__document_move"'
_OWNED, _LEG = '"main"."int_stock__owned_movement"', '"main"."int_stock__leg"'


class FullBuildNeeded(DataFault):
    """A batch changes more than the rows it can be seen to name."""


@dataclass(frozen=True, slots=True)
class Increment:
    """How far a batch reached: rows read and booked again, items and places whose balance moved."""

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
        # table of the build -> the relation of the window that is read in its place
        self._window: dict[str, str] = {}

    def run(self, files: Sequence[Path], fresh: Sequence[Path]) -> Increment:
        contract = CONTRACTS[FEED]
        lake = lake_rows(contract, files)
        self._do(f"create or replace view warehouse.raw.{FEED} as {lake}")
        self._do(f"create or replace temp table fresh as {lake_rows(contract, fresh)}")
        self._refuse(sql.REFUSED_BEFORE)
        note_versions_of(self._connection, contract, keys="temp.fresh")
        self._do(sql.TOUCHED)
        self._read_again()
        self._refuse(sql.REFUSED_AFTER)
        self._tell_documents_again()
        self._balance_again()
        return Increment(
            rows_read=self._count("temp.touched"),
            cells=self._count(f"({balances.CELLS})"),
        )

    def _refuse(self, reasons: Mapping[str, str]) -> None:
        for reason, query in reasons.items():
            found = self._connection.sql(f"{query} limit 1").fetchone()
            if found is not None:
                raise FullBuildNeeded(f"a full build is due: {reason}: {found[0]}")

    def _read_again(self) -> None:
        """What the touched rows say and whose they are, with the rows they are read beside."""
        self._do(sql.HELD)
        self._window[f'"raw"."{FEED}"'] = "temp.fresh"
        for name, (source, only) in sql.BESIDE.items():
            text = self._text(name) if source == "statement" else source
            self._make(name, f"select told.* from ({text}) as told {only}", is_table=True)
        for name in sql.SAYING:
            self._make(name, self._text(name), is_table=self._nodes[name].is_table)
        self._do(sql.STANDING_BESIDE)
        self._window['"main"."int_stock__movement"'] = "temp.movement_window"
        for name in sql.READING:
            self._make(name, self._text(name), is_table=self._nodes[name].is_table)
        self._window.clear()
        before = {_OWNED: "temp.owned_before"}
        self._do(
            f"create or replace temp view ledger_before as {self._text('int_stock__ledger_row', before)}"
        )
        self._do(
            f"create or replace temp table leg_before as {self._legs('ledger_before', 'none_told')}"
        )
        self._do(sql.TAKE_PLACE)
        self._do(
            f"create or replace temp table leg_after as {self._legs('ledger_after', 'none_told')}"
        )

    def _tell_documents_again(self) -> None:
        """Moves that documents say beside the movements; they look at all of the ledger."""
        told = "warehouse.main.int_stock__document_move"
        self._do(f"create or replace temp table told_before as from {told}")
        if self._count("warehouse.main.int_stock__document_line"):
            for name in sql.DOCUMENTS:
                kind = "table" if self._nodes[name].is_table else "view"
                self._do(
                    f"create or replace {kind} warehouse.main.{name} as {self._nodes[name].text}"
                )
        self._do(sql.TOLD_CHANGES)

    def _balance_again(self) -> None:
        """Positions and daily balances that something came to or went from."""
        for side in ("before", "after"):
            legs = self._legs("no_row", f"told_only_{side}")
            self._do(f"insert into leg_{side} by name {legs}")
            text = self._text("int_stock__position", {_LEG: f"temp.leg_{side}"})
            self._do(f"create or replace temp table position_{side} as {text}")
        self._do(balances.LEGS_TURNED)
        days = self._text("int_stock__position_day", {_LEG: "temp.leg_turned"})
        self._do(f"create or replace temp table day_turned as {days}")
        self._do(balances.POSITION)
        if self._count("temp.position_lost"):
            self._count_lost_again()
        self._do(balances.DAY)

    def _count_lost_again(self) -> None:
        """Positions whose first or last moment has gone, from all there is of their items."""
        self._do(balances.OWNED_OF_LOST)
        rows = self._text("int_stock__ledger_row", {_OWNED: "temp.owned_of_lost"})
        self._do(f"create or replace temp view ledger_of_lost as {rows}")
        self._do(
            f"create or replace temp view leg_of_lost as {self._legs('ledger_of_lost', 'told_of_lost')}"
        )
        counted = self._text("int_stock__position", {_LEG: "temp.leg_of_lost"})
        self._do(balances.POSITION_OF_LOST.format(counted=counted))

    def _legs(self, ledger: str, told: str) -> str:
        """What rows of the ledger and moves told by documents add and take, by the build's statement."""
        return self._text("int_stock__leg", {_LEDGER: f"temp.{ledger}", _TOLD: f"temp.{told}"})

    def _text(self, name: str, instead: Mapping[str, str] | None = None) -> str:
        """A statement of the build; it reads the given relations, else the window's, where it has them."""
        text = self._nodes[name].text
        for table, relation in {**self._window, **(instead or {})}.items():
            text = text.replace(f'"warehouse".{table}', relation)
        return text

    def _make(self, name: str, text: str, is_table: bool) -> None:
        """A table or view of the window, which is read from now on in place of the build's."""
        kind = "table" if is_table else "view"
        self._do(f"create or replace temp {kind} {name} as {text}")
        self._window[f'"main"."{name}"'] = f"temp.{name}"

    def _count(self, relation: str) -> int:
        found = self._connection.sql(f"select count(*) from {relation}").fetchone()
        assert found is not None, "a count has one row"
        return int(found[0])

    def _do(self, statement: str) -> None:
        for part in statement.split(";\n"):
            if part.strip():
                self._connection.execute(part)
