"""The two moments at which a run meets the worklog: before it builds, and after it has published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import polars as pl

from models.contracts import WORKLOG
from pipelines.summary import published_rows
from pipelines.worklog.noting import DESCRIBED, to_note
from pipelines.worklog.store import checked_rows, open_worklog, worklog_frame
from pipelines.workspace import Workspace

FOUND = f"""
    select exception_id, company_id, is_found, status, {", ".join(DESCRIBED)}
    from fct_exception
"""
Noted = dict[str, list[dict[str, Any]]]


def noted_before(workspace: Workspace, request: str) -> Noted:
    """Rows of the worklog that take part in a run, by table.

    What the same request noted when it ran before is left out: it gives the same answer again.
    """
    return {
        table: [row for row in checked_rows(workspace.worklog, table) if row["request"] != request]
        for table in WORKLOG
    }


def worklog_frames(noted: Noted) -> dict[str, pl.DataFrame]:
    """The rows in the types of their contracts."""
    return {table: worklog_frame(table, rows) for table, rows in noted.items()}


def inputs_of(request: str, noted: Noted, advised: str = "") -> str:
    """Name of all that a version depends on: the request, what was noted and advised before it."""
    if not any(noted.values()) and not advised:
        return request
    written = json.dumps(noted, sort_keys=True)
    return hashlib.sha256(f"{request}|{written}|{advised}".encode()).hexdigest()


def published_run(workspace: Workspace) -> Mapping[str, Any]:
    """What the published version says of its run."""
    run: dict[str, Any] = json.loads((workspace.current / "run.json").read_text(encoding="utf-8"))
    return run


def note_run(workspace: Workspace, *, now: datetime) -> int:
    """Write down what the published version finds that is not noted yet; how many rows that was."""
    run = published_run(workspace)
    published = published_rows(workspace.current, FOUND, "fct_exception")
    with open_worklog(workspace.worklog) as worklog, worklog.adding():
        rows = to_note(
            published,
            worklog.rows("exception_event"),
            as_of_at=datetime.fromisoformat(run["as_of_at"]),
            noted_at=now,
        )
        return worklog.add("exception_event", rows, request=run["request"])
