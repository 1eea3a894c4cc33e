"""The Dagster code location: assembles what `defs/` defines, for one workspace."""

from __future__ import annotations

import os
from pathlib import Path

from dagster import Definitions, in_process_executor

from pipelines.defs import (
    checks,
    costing,
    forecast,
    handback,
    ingest,
    matching,
    origins,
    publish,
    reports,
    schedules,
    scores,
    warehouse,
)
from pipelines.defs.resources import WorkspaceResource
from pipelines.feeds import landing_sources
from pipelines.workspace import Workspace


def build_definitions(root: Path, *, as_of: str = "") -> Definitions:
    """Every asset, check, job and trigger over the workspace at `root`."""
    sources = landing_sources(Workspace(root))
    return Definitions(
        assets=[
            *ingest.landing_specs(sources),
            ingest.raw_assets(sources),
            *ingest.worklog_specs(),
            *ingest.kept_specs(),
            *warehouse.assets,
            costing.computed_costs,
            forecast.computed_forecast,
            *origins.assets,
            matching.computed_cash,
            scores.computed_scores,
            publish.published_asset(warehouse.table_keys()),
            handback.handback_files,
            reports.reconciliation_pack,
        ],
        asset_checks=[checks.batch_expectations],
        jobs=[schedules.daily_close, *origins.jobs],
        schedules=[schedules.every_morning, *origins.schedules],
        sensors=[schedules.landing_sensor()],
        resources={"tieout": WorkspaceResource(root=str(root), as_of=as_of)},
        # DuckDB has one writer, so the steps of a run share one process
        executor=in_process_executor,
    )


defs = build_definitions(Path(os.environ.get("TIEOUT_WORKSPACE", "workspace")).resolve())
