"""Batch expectations as asset checks on the raw tables."""

from collections.abc import Iterator

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    multi_asset_check,
)

from pipelines.batches import expectation_feeds, judge_new_batches
from pipelines.defs.resources import WorkspaceResource

SPECS = [
    AssetCheckSpec(
        name="looks_like_its_brothers",
        asset=AssetKey(["raw", feed]),
        description="Volume, ranges and code mix of the batches delivered since the last run.",
    )
    for feed in expectation_feeds()
]


@multi_asset_check(name="expectations", specs=SPECS)
def batch_expectations(tieout: WorkspaceResource) -> Iterator[AssetCheckResult]:
    """Judge new batches with the expectation suites; a verdict warns and never blocks money."""
    for feed, verdict in judge_new_batches(tieout.workspace).items():
        yield AssetCheckResult(
            asset_key=AssetKey(["raw", feed]),
            check_name="looks_like_its_brothers",
            passed=verdict.passed,
            severity=AssetCheckSeverity.WARN,
            metadata={"judged": verdict.judged, "broken": verdict.broken},
        )
