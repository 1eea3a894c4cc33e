"""The forecast engine: demand in, reorder points out, by the front door of `computed`."""

from collections.abc import Iterator
from typing import Any

from dagster import MaterializeResult, multi_asset

from pipelines.defs.engines import engine_specs, told
from pipelines.defs.resources import WorkspaceResource
from pipelines.forecasts import DEMAND_TABLES, compute_forecast

SPECS = engine_specs(
    (
        "forecast",
        "reorder",
        "forecast_quantile",
        "forecast_accuracy",
        "forecast_reason",
        "transfer_plan",
        "financial_plan",
    ),
    DEMAND_TABLES.values(),
)


@multi_asset(name="forecast", specs=SPECS)
def computed_forecast(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Forecast demand over each protection interval; set reorder points, transfers and the plan."""
    computed = compute_forecast(tieout.workspace)
    yield from told(computed.rows, verdict=computed.verdict)
