"""What starts a run: something new in landing, once."""

from __future__ import annotations

from pathlib import Path

from dagster import RunRequest, SkipReason, build_sensor_context

from pipelines.defs.resources import WorkspaceResource
from pipelines.defs.schedules import landing_sensor
from pipelines.workspace import init_workspace


def test_capability_10_a_new_file_asks_for_one_run_and_the_same_landing_for_none(tmp_path: Path):
    workspace = init_workspace(tmp_path / "site")
    watch = landing_sensor()
    resource = WorkspaceResource(root=str(workspace.root))
    first = watch(build_sensor_context(), tieout=resource)
    assert isinstance(first, RunRequest)

    (workspace.landing / "wms_shipment__wms__A__20260331T100000.csv").write_text("shipment_id\n")
    changed = watch(build_sensor_context(cursor=first.run_key), tieout=resource)
    assert isinstance(changed, RunRequest) and changed.run_key != first.run_key

    same = watch(build_sensor_context(cursor=changed.run_key), tieout=resource)
    assert isinstance(same, SkipReason)
    assert watch.minimum_interval_seconds is not None and watch.minimum_interval_seconds <= 60
