"""One build: a fresh database, dbt before and after the engines, a version to publish."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines import progress
from pipelines.faults import DataFault
from pipelines.feeds import agreements, ingest_frames, latest_watermark, raw_files
from pipelines.kept_advice import TABLE as ADVICE
from pipelines.kept_advice import advice_before, advice_digest
from pipelines.publish import publish
from pipelines.warehouse.database import RunParameters, connect, prepare_database
from pipelines.warehouse.dbt_build import DbtBuild, NodeOutcome
from pipelines.warehouse.project import manifest_document, project_fingerprint
from pipelines.warehouse.rules import raised_codes
from pipelines.worklog.rounds import inputs_of, noted_before, worklog_frames
from pipelines.workspace import Workspace

# Everything that reads what an engine computed, and the tests on it.
AFTER_ENGINES = "source:computed+"
ROOMS = ("models", "pipelines", "forecasting")


def prepare_build(workspace: Workspace, *, as_of: datetime | None) -> RunParameters:
    """Empty `next/` and lay a database over the accepted files.

    as_of: what the run was asked for, else how far the data reaches.
    Raises DataFault when nothing has been accepted yet.
    """
    files = raw_files(workspace)
    watermark = latest_watermark(workspace)
    if watermark is None:
        raise DataFault(
            f"{workspace.root}: no rows have been accepted, so there is nothing to reconcile. "
            "Put files into landing/ and see `tieout status` for those that were refused."
        )
    shutil.rmtree(workspace.next)
    workspace.next.mkdir()
    run = RunParameters(
        as_of_at=as_of or watermark,
        watermark_at=watermark,
        policy_version=_policy_version(files, agreements(workspace)),
    )
    request = _request(workspace, run, files)
    noted = noted_before(workspace, request)
    advised = advice_before(workspace, run.as_of_at)
    prepare_database(
        workspace.build_database,
        raw_files=files,
        ingest_frames=ingest_frames(workspace),
        worklog_frames=worklog_frames(noted),
        kept_files={ADVICE: advised},
        run=run,
    )
    state = {
        "as_of_at": run.as_of_at.isoformat(),
        "watermark_at": run.watermark_at.isoformat(),
        "policy_version": run.policy_version,
        "request": request,
        "inputs": inputs_of(request, noted, advice_digest(advised)),
    }
    (workspace.next / "run.json").write_text(json.dumps(state), encoding="utf-8")
    return run


def run_dbt(
    workspace: Workspace, *, select: Iterable[str] = (), exclude: Iterable[str] = ()
) -> list[NodeOutcome]:
    """Build and test the selected nodes; every failing node is in the outcomes."""
    settings = workspace.settings
    build = DbtBuild(
        workspace.build_database, threads=settings.threads, memory_limit=settings.memory_limit
    )
    count = progress.counter("tables and checks", _node_count(bool(list(select))))
    outcomes = build.run(select, exclude, on_node=count)
    phase = "after" if list(select) else "before"
    seconds = {outcome.name: round(outcome.seconds, 3) for outcome in outcomes}
    (workspace.next / f"seconds-{phase}-engines.json").write_text(json.dumps(seconds), "utf-8")
    return outcomes


def publish_build(workspace: Workspace, *, now: datetime) -> dict[str, int]:
    """Rows per table of the version that readers see from now on."""
    run: dict[str, Any] = json.loads((workspace.next / "run.json").read_text(encoding="utf-8"))
    stamp = datetime.fromisoformat(run["as_of_at"]).strftime("%Y%m%dT%H%M%S")
    return publish(
        workspace.build_database,
        workspace.published,
        version=f"{stamp}-{run['inputs'][:12]}",
        # a reader of the version can tell "nothing found" from "nobody looked"
        run={
            **run,
            "run_at": now.isoformat(),
            "exception_codes": raised_codes(manifest_document()),
        },
        keep=workspace.settings.keep_versions,
        on_table=progress.counter("publishing", 40),
    )


def row_counts(workspace: Workspace) -> dict[str, int]:
    """Rows of every table in the database being built."""
    with connect(workspace.build_database, read_only=True) as connection:
        tables = connection.sql(
            "select table_name from information_schema.tables where table_schema = 'main'"
            " and table_type = 'BASE TABLE'"
        ).fetchall()
        return {
            name: connection.sql(f"select count(*) from main.{name}").fetchone()[0]
            for (name,) in tables
        }


def _node_count(after_engines: bool) -> int:
    """How many nodes a phase has, near enough for a progress bar."""
    total = sum(
        1 for node in manifest_document()["nodes"].values() if node["resource_type"] != "operation"
    )
    return max(1, total // 20) if after_engines else total


def _policy_version(files: dict[str, list[Path]], agreed: bytes) -> str:
    """Short hash of every policy row in force: shipped defaults, the site's own, agreements."""
    digest = hashlib.sha256(project_fingerprint().encode() + agreed)
    for table in sorted(files):
        if table.startswith("policy_"):
            digest.update("".join(path.name for path in files[table]).encode())
    return digest.hexdigest()[:12]


def _request(workspace: Workspace, run: RunParameters, files: dict[str, list[Path]]) -> str:
    """Hash of what a run is asked: the rows, policies, the moment, and the code that answers.

    What people noted meanwhile is no part of it, so that a run asked again knows its own notes.
    """
    digest = hashlib.sha256(project_fingerprint().encode())
    digest.update(run.as_of_at.isoformat().encode())
    digest.update(str(workspace.settings.seed).encode())
    for table in sorted(files):
        digest.update(f"{table}:{','.join(path.name for path in files[table])};".encode())
    delivered = ingest_frames(workspace)["feed_delivery"]
    digest.update(delivered.write_csv().encode())
    digest.update(run.policy_version.encode())
    house = Path(__file__).resolve().parents[1]
    for room in ROOMS:
        for path in sorted((house / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
