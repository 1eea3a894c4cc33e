"""Runs the forecast on the build, brings its answers in by the front door, keeps its models."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forecasting.planning import Inputs, Planned, plan
from pipelines.computed import read_table, write_computed
from pipelines.faults import DataFault
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
# What a past origin may be asked: stock and prices of then are not in the build, demand is.
OF_AN_ORIGIN = ("forecast", "forecast_quantile", "forecast_accuracy")


@dataclass(frozen=True, slots=True)
class Computed:
    """Rows of each computed table, and what the run says of its models."""

    rows: dict[str, int]
    verdict: str
    version: str = ""


def compute_forecast(workspace: Workspace) -> Computed:
    """What an earlier build computed is replaced; trained models are kept and used again."""
    with connect(workspace.build_database, read_only=True) as connection:
        as_of = connection.sql("select as_of_at from ingest.run_parameter").fetchone()[0]
    planned = _planned(workspace, as_of.date())
    _keep_version(workspace, planned)
    files = {
        name: [write_computed(workspace, name, frame)] for name, frame in planned.frames.items()
    }
    attach_computed(workspace.build_database, files)
    return _counted(planned, planned.frames)


def retrain(workspace: Workspace, origin: date) -> Computed:
    """Train and judge on what was known by the origin; keep the models and their card."""
    planned = _planned(workspace, origin)
    _keep_version(workspace, planned)
    return _counted(planned, ())


def score_origin(workspace: Workspace, origin: date) -> Computed:
    """What would have been forecast at the end of that day, kept beside the others."""
    planned = _planned(workspace, origin)
    folder = workspace.backtests / "origins" / origin.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    for name in OF_AN_ORIGIN:
        scratch = folder / f".{name}.parquet"
        planned.frames[name].write_parquet(scratch, compression="zstd")
        os.replace(scratch, folder / f"{name}.parquet")
    _write_json(folder / "card.json", {**planned.card, "verdict": planned.verdict})
    return _counted(planned, OF_AN_ORIGIN)


def _planned(workspace: Workspace, as_of: date) -> Planned:
    """One study of the demand; models trained on the way are kept, known ones used again."""
    if not workspace.build_database.exists():
        raise DataFault(f"{workspace.root}: nothing has been built yet. Next: `tieout run`.")
    given = Inputs(**{name: read_table(workspace, table) for name, table in DEMAND_TABLES.items()})
    library = _kept_models(workspace)
    before = set(library)
    planned = plan(given, as_of=as_of, library=library)
    _keep_models(workspace, {key: library[key] for key in library if key not in before})
    return planned


def _counted(planned: Planned, tables: Iterable[str]) -> Computed:
    rows = {name: planned.frames[name].height for name in tables}
    return Computed(rows, planned.verdict, str(planned.card.get("forecast_version", "")))


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


def _keep_version(workspace: Workspace, planned: Planned) -> None:
    """Which forecaster went out in which version, its data, parameters and backtest."""
    version = planned.card.get("forecast_version")
    if not version:
        return
    folder = workspace.backtests / str(version)
    folder.mkdir(parents=True, exist_ok=True)
    planned.frames["forecast_accuracy"].write_csv(folder / "accuracy.csv")
    _write_json(folder / "card.json", {**planned.card, "verdict": planned.verdict})


def _write_json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
