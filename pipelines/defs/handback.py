"""Handback: the files that go to the systems which act on our answers."""

from collections.abc import Iterator
from typing import Any

from dagster import AssetKey, AssetSpec, MaterializeResult, multi_asset

from pipelines.defs.resources import WorkspaceResource
from pipelines.handback import QUERIES, hand_back
from pipelines.kept_advice import keep_advice
from pipelines.ready_to_bill import READY
from pipelines.worklog.rounds import note_run

SPECS = [
    AssetSpec(
        AssetKey(["handback", name]),
        group_name="handback",
        deps=[AssetKey("published")],
        kinds={"csv"},
        skippable=True,
    )
    for name in (*QUERIES, READY)
]


@multi_asset(name="handback", specs=SPECS)
def handback_files(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Note what was found and advised, then write each file beside and move it into place whole."""
    workspace = tieout.workspace
    note_run(workspace, now=workspace.now())
    keep_advice(workspace, now=workspace.now())
    for handed in hand_back(workspace, now=workspace.now()):
        yield MaterializeResult(
            asset_key=AssetKey(["handback", handed.name]),
            metadata={"rows": handed.rows, "file": str(handed.path), "changed": handed.is_new},
        )
