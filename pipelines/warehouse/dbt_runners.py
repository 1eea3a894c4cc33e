"""dbt's runners of tables and checks, for statements that do not depend on the run.

dbt renders every statement anew for every run: it makes a context of some 500 macros for each node,
twice, and words some fifteen events about it for logs that are off. On a small company that takes
twice as long as DuckDB takes to build it. Nothing in the project depends on a workspace, so a
statement that dbt has rendered once is kept beside the manifest and handed back to it; a check is
then one query. What is selected, in which order, and what becomes of a failure is dbt's own.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from dbt.artifacts.resources.types import NodeType
from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.graph.nodes import TestNode
from dbt.events.types import NodeFinished
from dbt.task.build import BuildTask
from dbt.task.run import ModelRunner
from dbt.task.test import TestResultData, TestRunner
from dbt_common.events.base_types import BaseEvent
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager, get_event_manager


class Statements:
    """Node -> the statement dbt rendered for it, in a file beside the manifest.

    A statement names the database, so each name has a file of its own.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.by_node: dict[str, str] = {}
        if file.exists():
            self.by_node = json.loads(file.read_text(encoding="utf-8"))

    def keep(self, rendered: Mapping[str, str]) -> None:
        """Add what is new; the file is replaced whole, so a killed process leaves the one before."""
        if rendered.keys() <= self.by_node.keys():
            return
        self.by_node |= rendered
        handle, scratch = tempfile.mkstemp(dir=self.file.parent, prefix=".statements-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(self.by_node, file)
        os.replace(scratch, self.file)


@lru_cache(maxsize=4)
def statements(manifest_folder: Path, database_name: str) -> Statements:
    """Kept statements for databases of a name; a process reads them once."""
    return Statements(manifest_folder / f"statements-{database_name}.json")


@contextmanager
def with_kept(kept: Statements) -> Iterator[None]:
    """Have `dbt build` take the statements that are kept, and speak of finished nodes alone."""
    before = dict(BuildTask.RUNNER_MAP), get_event_manager()
    KeptModel.told = KeptCheck.told = kept.by_node
    BuildTask.RUNNER_MAP |= {NodeType.Model: KeptModel, NodeType.Test: KeptCheck}
    ctx_set_event_manager(OnlyFinished())
    try:
        yield
    finally:
        BuildTask.RUNNER_MAP.update(before[0])
        ctx_set_event_manager(before[1])


class OnlyFinished(EventManager):
    """Passes on that a node is done, and no other event."""

    def fire_event(self, e: BaseEvent, *arguments: Any, **named: Any) -> None:
        """Word the event for whoever listens, where it is the one they listen for."""
        if isinstance(e, NodeFinished):
            super().fire_event(e, *arguments, **named)


class KeptModel(ModelRunner):
    """Makes a table or a view from its kept statement."""

    told: ClassVar[Mapping[str, str]] = {}

    def compile(self, manifest: Manifest) -> Any:
        """The node with its statement."""
        return _with_statement(self.node, self.told) or super().compile(manifest)


class KeptCheck(TestRunner):
    """Asks a check by one query."""

    told: ClassVar[Mapping[str, str]] = {}

    def compile(self, manifest: Manifest) -> Any:
        """The node with its statement."""
        return _with_statement(self.node, self.told) or super().compile(manifest)

    def execute_data_test(self, data_test: TestNode, manifest: Manifest) -> TestResultData:
        """Number of rows that break the check, and whether that is too many; dbt's own wording."""
        config = data_test.config
        limit = f"limit {config.limit}" if config.limit is not None else ""
        query = (
            f"select {config.fail_calc}, {config.fail_calc} {config.warn_if},"
            f" {config.fail_calc} {config.error_if}"
            f" from (\n{data_test.compiled_code}\n{limit}) as dbt_internal_test"
        )
        connections = self.adapter.connections
        with connections.exception_handler(query):
            found = connections.get_thread_connection().handle.cursor().execute(query).fetchone()
        failures, should_warn, should_error = found
        return TestResultData(
            failures=failures,
            should_warn=should_warn,
            should_error=should_error,
            adapter_response={},
        )


def _with_statement(node: Any, told: Mapping[str, str]) -> Any | None:
    """A node as rendering leaves it; None where its statement is not kept."""
    if node.unique_id not in told:
        return None
    node.compiled_code = told[node.unique_id]
    node.compiled = True
    node.extra_ctes_injected = True
    return node
