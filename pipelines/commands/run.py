"""`tieout run`: the main job, executed in this process through Dagster."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.commands.console import progress_bars
from pipelines.faults import DataFault, Fault, UsageFault
from pipelines.summary import print_summary, run_exit_code, run_summary
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult

AFTER_PUBLISH = ("handback", "reports")
DAGSTER_YAML = """\
telemetry: {{enabled: false}}
nux: {{enabled: false}}
event_log_storage:
  module: pipelines.defs.run_history
  class: KeptConnections
  config: {{base_dir: {history}}}
"""


def run_command(root: Path, *, as_of: str, as_json: bool) -> int:
    """Exit code of one run; prints its summary."""
    workspace = Workspace(root.resolve()).require()
    execute(workspace, as_of=as_of)
    summary = run_summary(workspace)
    print_summary(summary, as_json=as_json, workspace=root)
    return run_exit_code(summary)


def execute(workspace: Workspace, *, as_of: str = "") -> None:
    """Run the main job to its end; raises DataFault with the cause where it did not get there."""
    # before the imports, which take seconds: a wrong setting is said at once
    asked = run_config(workspace, parse_as_of(as_of))
    with workspace.writing(), progress_bars():
        os.environ["TIEOUT_WORKSPACE"] = str(workspace.root)
        os.environ["DAGSTER_HOME"] = str(dagster_home(workspace))
        from dagster import DagsterInstance

        from pipelines.definitions import build_definitions

        quicken_run_history()
        job = build_definitions(workspace.root).resolve_job_def("daily_close")
        with DagsterInstance.get() as instance:
            result = job.execute_in_process(
                instance=instance,
                raise_on_error=False,
                run_config=asked,
            )
            if not result.success:
                raise _fault_of(result)
            _keep_durations(workspace, result)


def parse_as_of(text: str) -> datetime | None:
    """`--as-of` as a moment in UTC; a date alone means its last second."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageFault(
            f"--as-of {text}: not an ISO date or time. Example: 2026-03-31T23:59:59Z"
        ) from None
    if len(text) == 10:
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def run_config(workspace: Workspace, as_of: datetime | None) -> dict[str, Any]:
    """What Dagster needs to know about this run."""
    resource = {"root": str(workspace.root), "as_of": as_of.isoformat() if as_of else ""}
    return {
        "resources": {"tieout": {"config": resource}},
        "loggers": {"console": {"config": {"log_level": workspace.settings.log_level}}},
    }


def quicken_run_history() -> None:
    """Let SQLite hand Dagster's events to the system without waiting for the disk.

    Waiting costs more than the tables themselves. A killed process loses nothing by it, and what a
    power cut could lose is the history shown in the UI: our own manifest keeps its own waiting.
    """
    from sqlalchemy import Engine, event

    def relax(connection: Any, _: Any) -> None:
        connection.execute("pragma synchronous = off")

    event.listen(Engine, "connect", relax)


def dagster_home(workspace: Workspace) -> Path:
    """Where Dagster keeps runs and events of this workspace, so that its UI shows them."""
    home = workspace.logs / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    history = json.dumps(str(home / "history" / "runs"))
    (home / "dagster.yaml").write_text(DAGSTER_YAML.format(history=history), encoding="utf-8")
    return home


def _keep_durations(workspace: Workspace, result: ExecuteInProcessResult) -> None:
    """Leave the seconds of every step where benchmarks and people find them."""
    seconds = {
        event.step_key: round(event.step_success_data.duration_ms / 1000, 3)
        for event in result.all_events
        if event.is_step_success
    }
    (workspace.logs / "last_run.json").write_text(json.dumps(seconds, indent=1), encoding="utf-8")


def _fault_of(result: ExecuteInProcessResult) -> Fault:
    """The first cause in words; the failing rows and tracebacks stay in the log."""
    for event in result.all_events:
        if not event.is_step_failure:
            continue
        failure: Any = event.event_specific_data
        error = failure.error
        while error is not None and error.cause is not None:
            error = error.cause
        words = str(error.message if error else "").strip()
        # a fault of ours is a sentence already; the name of its class says nothing to its reader
        words = re.sub(r"^pipelines\.faults\.\w+: ", "", words)
        if failure.user_failure_data is not None:
            words = str(failure.user_failure_data.description)
        kept = (
            "the new version is published, but what follows it is not written"
            if str(event.step_key).startswith(AFTER_PUBLISH)
            else "nothing was published; readers keep the version before"
        )
        return DataFault(
            f"{event.step_key} did not hold: {kept}.\n{words}\n"
            "Next: correct the cause and run again; `tieout dev` shows the run step by step."
        )
    return DataFault("the run failed before its first step; see its log in logs/.")
