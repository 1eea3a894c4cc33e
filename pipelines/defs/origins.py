"""Forecasts by origin: models trained once a week, scores of every day, each kept and repeatable.

The daily close forecasts for its own moment; these jobs train ahead of it and fill in origins that
nobody stood at, so that accuracy can be followed from day to day.
"""

from datetime import timedelta
from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetSelection,
    DailyPartitionsDefinition,
    DefaultScheduleStatus,
    MaterializeResult,
    WeeklyPartitionsDefinition,
    asset,
    build_schedule_from_partitioned_job,
    define_asset_job,
)

from pipelines.defs.resources import WorkspaceResource
from pipelines.forecasts import DEMAND_TABLES, Computed, retrain, score_origin

GROUP = "origins"
FIRST = "2000-01-01"
# A week ends with its Sunday: rows to learn from change once a week, so models live for one.
WEEKS = WeeklyPartitionsDefinition(start_date=FIRST, day_offset=1)
DAYS = DailyPartitionsDefinition(start_date=FIRST)
BUILT = [AssetKey(table) for table in DEMAND_TABLES.values()]


@asset(name="trained_models", group_name=GROUP, partitions_def=WEEKS, deps=BUILT, kinds={"python"})
def trained_models(
    context: AssetExecutionContext, tieout: WorkspaceResource
) -> MaterializeResult[Any]:
    """Train and judge on what was known by the Sunday of the week; keep models, data, metrics."""
    sunday = context.partition_time_window.end.date() - timedelta(days=1)
    return _told(retrain(tieout.workspace, sunday))


@asset(
    name="scored_origin",
    group_name=GROUP,
    partitions_def=DAYS,
    deps=[*BUILT, trained_models],
    kinds={"python"},
)
def scored_origin(
    context: AssetExecutionContext, tieout: WorkspaceResource
) -> MaterializeResult[Any]:
    """Forecast as at the end of the day, from what was known then; keep it beside the others."""
    return _told(score_origin(tieout.workspace, context.partition_time_window.start.date()))


def _told(computed: Computed) -> MaterializeResult[Any]:
    return MaterializeResult(
        metadata={
            "forecast_version": computed.version or "none",
            "verdict": computed.verdict,
            **computed.rows,
        }
    )


weekly_retrain = define_asset_job(
    "weekly_retrain",
    selection=AssetSelection.assets(trained_models),
    description="Train the forecast's models on the week that ended, and keep them.",
)
daily_score = define_asset_job(
    "daily_score",
    selection=AssetSelection.assets(scored_origin),
    description="Forecast as at the end of a day, with the models of its week.",
)
every_monday = build_schedule_from_partitioned_job(
    weekly_retrain, name="every_monday", hour_of_day=3, default_status=DefaultScheduleStatus.STOPPED
)
every_night = build_schedule_from_partitioned_job(
    daily_score, name="every_night", hour_of_day=6, default_status=DefaultScheduleStatus.STOPPED
)
assets = [trained_models, scored_origin]
jobs = [weekly_retrain, daily_score]
schedules = [every_monday, every_night]
