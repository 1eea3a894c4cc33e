"""Publish: readers see a new version only when everything before it held."""

from collections.abc import Sequence
from typing import Any

from dagster import AssetKey, AssetsDefinition, MaterializeResult, asset

from pipelines.build import publish_build
from pipelines.defs.resources import WorkspaceResource


def published_asset(tables: Sequence[AssetKey]) -> AssetsDefinition:
    """The published version, after every promised table."""

    @asset(name="published", deps=list(tables), group_name="published", kinds={"duckdb", "parquet"})
    def published(tieout: WorkspaceResource) -> MaterializeResult[Any]:
        """Write the version beside the others and turn the pointer."""
        rows = publish_build(tieout.workspace, now=tieout.workspace.now())
        return MaterializeResult(metadata={"tables": len(rows), "rows": sum(rows.values())})

    return published
