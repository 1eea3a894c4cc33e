"""The costing engine: value events in, entries and layers out, by the front door of `computed`."""

from collections.abc import Iterator
from typing import Any

from dagster import MaterializeResult, multi_asset

from pipelines.computed import COST_ANSWERS, COST_TABLES, compute_costs
from pipelines.defs.engines import engine_specs, told
from pipelines.defs.resources import WorkspaceResource

SPECS = engine_specs(COST_ANSWERS, COST_TABLES)


@multi_asset(name="costing", specs=SPECS)
def computed_costs(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Value every event of stock under the method of its policy, and under those compared."""
    yield from told(compute_costs(tieout.workspace))
