"""The scores: lines, disputes and closed exceptions in, orders to look in out; rules read none."""

from collections.abc import Iterator
from typing import Any

from dagster import AssetKey, AssetSpec, MaterializeResult, multi_asset

from pipelines.defs.resources import WorkspaceResource
from pipelines.scores import SCORE_ANSWERS, SCORE_TABLES, compute_scores

SPECS = [
    AssetSpec(
        AssetKey(["computed", table]),
        group_name="engines",
        kinds={"python"},
        deps=[AssetKey(name) for name in SCORE_TABLES],
    )
    for table in SCORE_ANSWERS
]


@multi_asset(name="scores", specs=SPECS)
def computed_scores(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Learn from the company's own past what to look at first, and say how good that is."""
    computed = compute_scores(tieout.workspace)
    for table, rows in computed.rows.items():
        yield MaterializeResult(
            asset_key=AssetKey(["computed", table]),
            metadata={"rows": rows, "verdict": computed.verdict},
        )
