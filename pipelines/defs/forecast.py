"""The forecast engine: demand in, reorder points out, by the front door of `computed`."""

from collections.abc import Iterator
from typing import Any

from dagster import AssetKey, AssetSpec, MaterializeResult, multi_asset

from pipelines.computed import DEMAND_TABLES, compute_forecast
from pipelines.defs.resources import WorkspaceResource

SPECS = [
    AssetSpec(
        AssetKey(["computed", table]),
        group_name="engines",
        kinds={"python"},
        deps=[AssetKey(name) for name in DEMAND_TABLES],
    )
    for table in ("forecast", "reorder")
]


@multi_asset(name="forecast", specs=SPECS)
def computed_forecast(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Forecast demand over each protection interval and set reorder points from policy."""
    for table, rows in compute_forecast(tieout.workspace).items():
        yield MaterializeResult(asset_key=AssetKey(["computed", table]), metadata={"rows": rows})
