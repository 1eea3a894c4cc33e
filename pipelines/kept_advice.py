"""Advice that runs handed over, one Parquet file a run, so that later runs hold it to account.

A file is named by the moment of its figures and by what the run was asked; a run reads only advice
of moments before its own, so a run asked again stands on the same advice as the first time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from models.contracts import KEPT
from pipelines.answers import held_to
from pipelines.worklog.rounds import published_run
from pipelines.workspace import Workspace

TABLE = "handed_advice"
STAMP = "%Y%m%dT%H%M%S"
READ = ("mart_reorder", "mart_forecast")
# The segment is told per quantile, alike for all of them.
QUERY = """
    with forecasts as (

        select
            company_id, item_id, location_id,
            min(segment) as segment,
            min(forecast_version) as forecast_version
        from mart_forecast
        where is_protection_interval
        group by company_id, item_id, location_id

    )

    select
        reorders.company_id, reorders.item_id, reorders.location_id,
        reorders.as_of_at, reorders.policy_version,
        forecasts.forecast_version, reorders.forecaster, forecasts.segment,
        reorders.reorder_point, reorders.order_up_to, reorders.order_qty,
        reorders.advised_order_qty, reorders.override_ids,
        reorders.position as position_qty, reorders.forecast_mean, reorders.horizon_days,
        reorders.review_days, reorders.service_target
    from mart_reorder as reorders
    left join forecasts
        on
            reorders.company_id = forecasts.company_id
            and reorders.item_id = forecasts.item_id
            and reorders.location_id = forecasts.location_id
    order by reorders.company_id, reorders.item_id, reorders.location_id
"""


def advice_before(workspace: Workspace, as_of_at: datetime) -> list[Path]:
    """Files of advice given for moments before this one, oldest first."""
    return [path for path in _files(workspace) if path.name < as_of_at.strftime(STAMP)]


def advice_digest(files: Sequence[Path]) -> str:
    """Short hash of the advice a run stands on; nothing for none."""
    if not files:
        return ""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def keep_advice(workspace: Workspace, *, now: datetime) -> int:
    """Keep what the published version advises; how many rows that was.

    The same request keeps its advice once. A run that looks back, to a moment before advice that
    was given later, keeps nothing: nobody acts on it.
    """
    current, run = workspace.current, published_run(workspace)
    if not all((current / f"{table}.parquet").exists() for table in READ):
        return 0
    stamp = datetime.fromisoformat(run["as_of_at"]).strftime(STAMP)
    path = _folder(workspace) / f"{stamp}-{run['request'][:12]}.parquet"
    later = [kept for kept in _files(workspace) if kept.name[: len(stamp)] > stamp]
    if later or path.exists():
        return 0
    with duckdb.connect() as connection:
        connection.sql("set TimeZone = 'UTC'")
        for table in READ:
            connection.sql(
                f"create view {table} as select * from read_parquet('{current / table}.parquet')"
            )
        advice = connection.sql(QUERY).pl()
    given = advice.with_columns(
        pl.lit(run["request"]).alias("request"),
        pl.lit(now).dt.convert_time_zone("UTC").dt.cast_time_unit("us").alias("handed_at"),
    )
    accepted = held_to(KEPT[TABLE], given)
    scratch = path.with_name(f".{path.name}")
    accepted.write_parquet(scratch, compression="zstd")
    os.replace(scratch, path)
    return accepted.height


def _folder(workspace: Workspace) -> Path:
    folder = workspace.backtests / "advice"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _files(workspace: Workspace) -> list[Path]:
    return sorted(
        path for path in _folder(workspace).glob("*.parquet") if not path.name.startswith(".")
    )
