"""Runs the forecast on the build, brings its answers in by the front door, keeps its models."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import polars as pl

from forecasting.planning import Inputs, plan
from pipelines.computed import read_table, write_computed
from pipelines.warehouse.database import attach_computed, connect
from pipelines.workspace import Workspace

DEMAND_TABLES = {
    "demand": "fct_demand",
    "lead_times": "stg_demand__lead_time",
    "policies": "int_policy__replenishment",
    "items": "dim_item",
    "positions": "int_planning__position",
    "economics": "int_planning__economics",
    "lanes": "int_policy__lane",
    "payment": "int_planning__payment_days",
    "events": "int_demand__planned_event",
    "readings": "int_demand__reading",
}


@dataclass(frozen=True, slots=True)
class Computed:
    """Rows of each computed table, and what the run says of its models."""

    rows: dict[str, int]
    verdict: str


def compute_forecast(workspace: Workspace) -> Computed:
    """What an earlier build computed is replaced; trained models are kept and used again."""
    given = Inputs(**{name: read_table(workspace, table) for name, table in DEMAND_TABLES.items()})
    with connect(workspace.build_database, read_only=True) as connection:
        as_of = connection.sql("select as_of_at from ingest.run_parameter").fetchone()[0]
    library = _kept_models(workspace)
    before = set(library)
    planned = plan(given, as_of=as_of.date(), library=library)
    _keep_models(workspace, {key: library[key] for key in library if key not in before})
    _keep_verdict(workspace, planned.verdict, planned.frames["forecast_accuracy"])
    files = {
        name: [write_computed(workspace, name, frame)] for name, frame in planned.frames.items()
    }
    attach_computed(workspace.build_database, files)
    return Computed({name: frame.height for name, frame in planned.frames.items()}, planned.verdict)


def _kept_models(workspace: Workspace) -> dict[str, str]:
    """Models by the content they were trained on: a daily run trains only what is new."""
    folder = workspace.backtests / "models"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.json"))}


def _keep_models(workspace: Workspace, models: dict[str, str]) -> None:
    folder = workspace.backtests / "models"
    folder.mkdir(parents=True, exist_ok=True)
    for key, text in models.items():
        scratch = folder / f".{key}.writing"
        scratch.write_text(text, encoding="utf-8")
        os.replace(scratch, folder / f"{key}.json")


def _keep_verdict(workspace: Workspace, verdict: str, accuracy: pl.DataFrame) -> None:
    """Which forecaster went out in which run, beside its backtest, for those who watch drift."""
    versions = accuracy["forecast_version"].unique().to_list()
    if not versions:
        return
    folder = workspace.backtests / versions[0]
    folder.mkdir(parents=True, exist_ok=True)
    accuracy.write_csv(folder / "accuracy.csv")
    (folder / "verdict.json").write_text(
        json.dumps({"forecast_version": versions[0], "verdict": verdict}, indent=1), "utf-8"
    )
