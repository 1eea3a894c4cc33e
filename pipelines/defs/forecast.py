"""The forecast engine: demand in, reorder points out, by the front door of `computed`."""

from collections.abc import Iterator
from typing import Any

from dagster import AssetKey, AssetSpec, MaterializeResult, multi_asset

from pipelines.defs.resources import WorkspaceResource
from pipelines.forecasts import DEMAND_TABLES, compute_forecast

SPECS = [
    AssetSpec(
        AssetKey(["computed", table]),
        group_name="engines",
        kinds={"python"},
        deps=[AssetKey(name) for name in DEMAND_TABLES.values()],
    )
    for table in (
        "forecast",
        "reorder",
        "forecast_quantile",
        "forecast_accuracy",
        "forecast_reason",
        "transfer_plan",
        "financial_plan",
    )
]


@multi_asset(name="forecast", specs=SPECS)
def computed_forecast(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Forecast demand over each protection interval; set reorder points, transfers and the plan."""
    computed = compute_forecast(tieout.workspace)
    for table, rows in computed.rows.items():
        yield MaterializeResult(
            asset_key=AssetKey(["computed", table]),
            metadata={"rows": rows, "verdict": computed.verdict},
        )
