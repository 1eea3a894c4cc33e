"""Runs dbt in this process with the kept manifest, and says what each node did."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.warehouse.project import PROJECT_DIR, dbt_flags, manifest_folder, manifest_object

GOOD = {"success", "pass", "warn"}


@dataclass(frozen=True, slots=True)
class NodeOutcome:
    """What one table, seed or test did."""

    unique_id: str
    name: str
    kind: str
    status: str
    seconds: float
    failures: int
    message: str
    is_blocking: bool
    materialized: str = ""
    sql: str = ""

    @property
    def failed(self) -> bool:
        """True when the build may not be published because of this node."""
        return self.status not in GOOD and self.status != "skipped"

    @property
    def is_rendered(self) -> bool:
        """True when its statement is the project's alone: a unit test's holds rows of the test."""
        return self.kind in {"model", "test"} and self.status in GOOD and bool(self.sql)

    @property
    def words(self) -> str:
        """One sentence about a node that did not hold."""
        if self.kind == "test" and self.failures:
            return f"check {self.name}: {self.failures:,} rows break it"
        lines = [line.strip() for line in self.message.splitlines() if line.strip()]
        return f"{self.name}: {self.status}: {' '.join(lines[:3])}"


class DbtBuild:
    """One build of a part of the project into one database file."""

    def __init__(self, database: Path, *, threads: int, memory_limit: str) -> None:
        self.database = database
        self.threads = threads
        self.memory_limit = memory_limit

    def run(
        self,
        select: Iterable[str] = (),
        exclude: Iterable[str] = (),
        *,
        on_node: Callable[[str], None] | None = None,
    ) -> list[NodeOutcome]:
        """Outcome of every selected node, in the order in which dbt finished them."""
        # unit tests judge our code, not the user's data: the test suite runs them
        arguments = ["--exclude-resource-type", "unit_test"]
        if selected := list(select):
            arguments += ["--select", *selected]
        if excluded := list(exclude):
            arguments += ["--exclude", *excluded]
        return self.build(*arguments, on_node=on_node)

    def build(
        self, *arguments: str, on_node: Callable[[str], None] | None = None, verb: str = "build"
    ) -> list[NodeOutcome]:
        """Outcome of every node of `dbt build`, or of another verb, with arguments of dbt's own."""
        from dbt.cli.main import dbtRunner

        from pipelines.warehouse.dbt_runners import statements, with_kept

        self._tell_profile()
        kept = statements(manifest_folder(), self.database.stem)
        flags = [*dbt_flags(PROJECT_DIR, self.database.parent / "dbt"), "--no-write-json"]
        # no artifacts: the outcomes are taken from memory, the manifest is kept beside the project
        runner = dbtRunner(manifest=manifest_object(), callbacks=[_node_listener(on_node)])
        try:
            with with_kept(kept):
                outcome = runner.invoke([verb, *flags, "--threads", str(self.threads), *arguments])
        finally:
            release_database()
        if outcome.exception is not None:
            raise outcome.exception
        results: Any = outcome.result
        outcomes = [_node_outcome(result) for result in results]
        kept.keep({each.unique_id: each.sql for each in outcomes if each.is_rendered})
        return outcomes

    def _tell_profile(self) -> None:
        """profiles.yml reads these three; set here and nowhere else."""
        os.environ["TIEOUT_BUILD_DB"] = str(self.database)
        os.environ["TIEOUT_MEMORY_LIMIT"] = self.memory_limit
        os.environ["TIEOUT_THREADS"] = str(self.threads)


def _node_listener(on_node: Callable[[str], None] | None) -> Callable[[Any], None]:
    """Callback that names each node once it is done; dbt calls it from its own threads."""
    guard = threading.Lock()

    def listen(event: Any) -> None:
        if on_node is not None and event.info.name == "NodeFinished":
            with guard:
                on_node(event.data.node_info.node_name)

    return listen


def _node_outcome(result: Any) -> NodeOutcome:
    severity = getattr(result.node.config, "severity", "error")
    return NodeOutcome(
        unique_id=result.node.unique_id,
        name=result.node.name,
        kind=str(result.node.resource_type),
        status=str(result.status),
        seconds=float(result.execution_time),
        failures=int(result.failures or 0),
        message=str(result.message or ""),
        is_blocking=str(severity).lower() == "error",
        materialized=str(getattr(result.node.config, "materialized", None) or ""),
        sql=str(getattr(result.node, "compiled_code", None) or ""),
    )


def release_database() -> None:
    """Close dbt's connection: DuckDB gives a file to one writer, and the next step is another."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()
