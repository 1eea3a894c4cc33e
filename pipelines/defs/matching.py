"""The matching engine: payments and open items in, proposals out, by the front door of `computed`."""

from collections.abc import Iterator
from typing import Any

from dagster import AssetKey, AssetSpec, MaterializeResult, multi_asset

from pipelines.computed import CASH_TABLES, compute_cash
from pipelines.defs.resources import WorkspaceResource

SPECS = [
    AssetSpec(
        AssetKey(["computed", table]),
        group_name="engines",
        kinds={"python"},
        deps=[AssetKey(name) for name in CASH_TABLES],
    )
    for table in ("cash_proposal", "cash_verdict")
]


@multi_asset(name="matching", specs=SPECS)
def computed_cash(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Propose which open items the payments settle that nobody has applied."""
    for table, rows in compute_cash(tieout.workspace).items():
        yield MaterializeResult(asset_key=AssetKey(["computed", table]), metadata={"rows": rows})
