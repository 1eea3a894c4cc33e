"""Reports: the reconciliation pack of the published version."""

from typing import Any

from dagster import AssetKey, MaterializeResult, asset

from pipelines.defs.resources import WorkspaceResource
from reporting.pack import write_pack


@asset(
    key=["reports", "pack"],
    deps=[AssetKey("published")],
    group_name="reports",
    kinds={"excel", "html"},
)
def reconciliation_pack(tieout: WorkspaceResource) -> MaterializeResult[Any]:
    """Write the pack of the published version as HTML and XLSX."""
    files = write_pack(tieout.workspace.current, tieout.workspace.reports)
    return MaterializeResult(metadata={"files": ", ".join(path.name for path in files)})
