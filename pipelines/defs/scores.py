"""The scores: lines, disputes and closed exceptions in, orders to look in out; rules read none."""

from collections.abc import Iterator
from typing import Any

from dagster import MaterializeResult, multi_asset

from pipelines.defs.engines import engine_specs, told
from pipelines.defs.resources import WorkspaceResource
from pipelines.scores import SCORE_ANSWERS, SCORE_TABLES, compute_scores

SPECS = engine_specs(SCORE_ANSWERS, SCORE_TABLES)


@multi_asset(name="scores", specs=SPECS)
def computed_scores(tieout: WorkspaceResource) -> Iterator[MaterializeResult[Any]]:
    """Learn from the company's own past what to look at first, and say how good that is."""
    computed = compute_scores(tieout.workspace)
    yield from told(computed.rows, verdict=computed.verdict)
