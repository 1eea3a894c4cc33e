"""What a run told Dagster through kept connections is what Dagster's own storage reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from dagster import AssetCheckResult, AssetCheckSpec, DagsterInstance, MaterializeResult, asset
from dagster import materialize as run_of
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.commands.run import dagster_home
from pipelines.defs.run_history import KeptConnections
from pipelines.workspace import Workspace


@asset(check_specs=[AssetCheckSpec("counted", asset="table")])
def table():
    """One table with one check, as a build has hundreds."""
    return MaterializeResult(
        metadata={"rows": 3}, check_results=[AssetCheckResult(passed=True, check_name="counted")]
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Dagster keeps the runs of a workspace."""
    folder = dagster_home(Workspace(tmp_path))
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    return folder


def test_two_runs_are_read_by_dagsters_own_storage_event_by_event(home: Path) -> None:
    with DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, KeptConnections)
        runs = [run_of([table], instance=instance).run_id for _ in range(2)]
        told = [instance.all_logs(run) for run in runs]
    with DagsterInstance.get() as again:
        own = SqliteEventLogStorage(str(home / "history" / "runs"))
        own.register_instance(again)
        assert [own.get_logs_for_run(run) for run in runs] == told
        assert min(map(len, told)) > 10
        record = own.get_asset_records([table.key])[0].asset_entry
        assert record.last_run_id == runs[1]
        assert record.last_materialization is not None


def test_a_history_that_was_wiped_begins_anew(home: Path) -> None:
    with DagsterInstance.get() as instance:
        run = run_of([table], instance=instance).run_id
        instance.event_log_storage.wipe()
        assert instance.all_logs(run) == []
        later = run_of([table], instance=instance).run_id
        assert len(instance.all_logs(later)) > 10
