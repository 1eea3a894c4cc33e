"""The costing engine: value events in, entries and layers out, by the front door of `computed`."""

from collections.abc import Iterator
from typing import Any

from dagster import AssetKey, AssetSpec, MaterializeResult, multi_asset

from pipelines.computed import COST_ANSWERS, COST_TABLES, compute_costs
from pipelines.defs.resources import WorkspaceResource

SPECS = [
    AssetSpec(
        AssetKey(["computed", table]),
        group_name="engines",
        kinds={"python"},
        deps=[AssetKey(name) for name in COST_TABLES],
    )
    for table in COST_ANSWERS
]


@multi_asset(name="costing", specs=SPECS)
def computed_costs(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Value every event of stock under the method of its policy, and under those compared."""
    for table, rows in compute_costs(tieout.workspace).items():
        yield MaterializeResult(asset_key=AssetKey(["computed", table]), metadata={"rows": rows})
