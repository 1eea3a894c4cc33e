"""The statements of the dbt project, told by dbt once and run over the rows of many small warehouses.

dbt takes longer to hand over a statement than DuckDB takes to run it over a few rows. The text it
hands over does not depend on the rows, so it is taken from one build of a site that has sent
nothing; every table and every check is then the one that a run of dbt makes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from pipelines.computed import COST_ANSWERS, COST_TABLES, compute_costs
from pipelines.warehouse.database import connect
from pipelines.warehouse.dbt_build import DbtBuild, NodeOutcome
from pipelines.warehouse.project import manifest_document
from pipelines.workspace import Workspace
from tests.warehouse.small_warehouse import prepare

ENGINE = {f"source.tieout.computed.{answer}" for answer in COST_ANSWERS}


class ProjectSql:
    """The statements of a build of an empty site that lies in a folder."""

    def __init__(self, home: Path) -> None:
        self.database = Workspace(home).build_database
        told = json.loads((home / "outcomes.json").read_text(encoding="utf-8"))
        self.outcomes = [NodeOutcome(**outcome) for outcome in told]

    @classmethod
    def tell(cls, home: Path) -> None:
        """Have dbt build an empty site in a folder."""
        made = DbtBuild(prepare(home, {}), threads=2, memory_limit="2GB").run()
        text = json.dumps([asdict(outcome) for outcome in made])
        (home / "outcomes.json").write_text(text, encoding="utf-8")

    def built(self, database: Path, *select: str) -> duckdb.DuckDBPyConnection:
        """Build the tables and all before them, with their tests; the tables are then open to read.

        Where they stand on what stock is worth, the costing engine runs between the two phases.
        """
        with connect(database) as connection:
            self.sow(connection)
        wanted = self.with_all_before(select)
        if ENGINE & wanted:
            before = self.with_all_before((*COST_TABLES, *select)) - self._after_engine
            self._run(database, before)
            compute_costs(Workspace(database.parents[1]))
            wanted -= before
        self._run(database, wanted)
        return connect(database, read_only=True)

    def _run(self, database: Path, nodes: set[str]) -> None:
        """Make the tables of a phase, then ask every check whose tables are all there."""
        with connect(database) as connection:
            connection.sql("set preserve_insertion_order = false")
            for node in self._in_order:
                if node in nodes and node.startswith("model."):
                    connection.execute(self._statements[node])
            there = {
                f"model.tieout.{name}"
                for (name,) in connection.sql(
                    "select table_name from information_schema.tables where table_schema = 'main'"
                ).fetchall()
            }
            broken = [
                f"check {node}: {failing[0]}"
                for node, check in self._checks.items()
                if self._tables_of(node) & nodes and self._tables_of(node) <= there
                if (failing := connection.sql(check).fetchone()) is not None
            ]
        assert broken == [], broken

    def sow(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Copy what dbt reads from the seed files."""
        connection.sql(f"attach '{self.database}' as told (read_only)")
        for outcome in self.outcomes:
            if outcome.kind == "seed":
                connection.sql(f"create table main.{outcome.name} as from told.main.{outcome.name}")
        connection.sql("detach told")

    @cached_property
    def _statements(self) -> dict[str, str]:
        """Model -> what dbt runs to make it, contract and all."""
        run = self.database.parent / "dbt" / "run" / "tieout"
        nodes = manifest_document()["nodes"]
        return {
            node: (run / nodes[node]["original_file_path"]).read_text(encoding="utf-8")
            for node in (outcome.unique_id for outcome in self.outcomes)
            if node.startswith("model.")
        }

    @cached_property
    def _checks(self) -> Mapping[str, str]:
        """Test -> the query that finds the rows that break it; none for a test that only warns."""
        return {
            outcome.unique_id: outcome.sql
            for outcome in self.outcomes
            if outcome.kind == "test" and outcome.is_blocking
        }

    @cached_property
    def _in_order(self) -> list[str]:
        """All nodes, each behind those it reads."""
        return list(TopologicalSorter(manifest_document()["parent_map"]).static_order())

    def _tables_of(self, check: str) -> set[str]:
        parents = manifest_document()["parent_map"][check]
        return {node for node in parents if node.startswith("model.")}

    def with_all_before(self, tables: Iterable[str]) -> set[str]:
        """Nodes of the tables and of all that they are made from."""
        return _reached((f"model.tieout.{table}" for table in tables), "parent_map")

    @cached_property
    def _after_engine(self) -> set[str]:
        return _reached(ENGINE, "child_map")


def _reached(start: Iterable[str], relation: str) -> set[str]:
    """Nodes and all that the manifest's relation leads to from them."""
    neighbours = manifest_document()[relation]
    waiting, seen = list(start), set[str]()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += neighbours.get(node, [])
    return seen


Built = Callable[..., duckdb.DuckDBPyConnection]
