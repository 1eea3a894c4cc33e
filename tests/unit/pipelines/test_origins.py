"""Weekly training and daily scores: partitions by origin, kept with version, data and metrics."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from dagster import materialize

from forecasting.planned import NO_EVENTS, NO_READINGS
from pipelines.defs.origins import schedules, scored_origin, trained_models
from pipelines.defs.resources import WorkspaceResource
from pipelines.faults import DataFault
from pipelines.forecasts import DEMAND_TABLES, score_origin
from pipelines.warehouse.database import connect
from pipelines.workspace import Workspace, init_workspace
from tests.unit.forecasting.frames import FIRST, demand, items, lead_times, policies

LINES, DAYS = 40, 330
SUNDAY = date(2024, 11, 10)
LANES = {"company_id": pl.String, "from_location_id": pl.String, "to_location_id": pl.String}


def tables(tail: int | None = None) -> dict[str, pl.DataFrame]:
    """What a build holds of demand; `tail` is demanded every day after the Wednesday that follows."""
    rng = np.random.default_rng(3)
    kept = (SUNDAY - FIRST).days + 4
    series = {}
    for line in range(LINES):
        asked = rng.poisson(1 + line / 4, DAYS).tolist()
        series[f"I{line}", "L"] = asked if tail is None else asked[:kept] + [tail] * (DAYS - kept)
    keys = pl.DataFrame(
        {"company_id": "X", "item_id": [item for item, _ in series], "location_id": "L"}
    )
    return {
        "demand": demand(series),
        "lead_times": lead_times(("agreed", "", "", 10.0)),
        "policies": policies(),
        "items": items(*keys["item_id"]),
        "positions": keys.with_columns(on_hand_qty=pl.lit(20.0), position_qty=pl.lit(20.0)),
        "economics": keys.with_columns(unit_price=pl.lit(10.0), unit_cost=pl.lit(6.0)),
        "lanes": pl.DataFrame(schema=LANES),
        "payment": pl.DataFrame({"company_id": ["X"], "days_to_receive": [30], "days_to_pay": [9]}),
        "events": pl.DataFrame(schema=NO_EVENTS),
        "readings": pl.DataFrame(schema=NO_READINGS),
    }


def built(home: Path, tail: int | None = None) -> Workspace:
    workspace = init_workspace(home)
    with connect(workspace.build_database) as connection:
        for name, frame in tables(tail).items():
            connection.register("incoming", frame.to_arrow())
            connection.sql(f"create table {DEMAND_TABLES[name]} as select * from incoming")
            connection.unregister("incoming")
    return workspace


def made(workspace: Workspace, asset, partition: str) -> dict[str, object]:
    resources = {"tieout": WorkspaceResource(root=str(workspace.root))}
    done = materialize([asset], partition_key=partition, resources=resources, selection=[asset])
    (event,) = done.asset_materializations_for_node(asset.op.name)
    return {name: value.value for name, value in event.metadata.items()}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, dict[str, object]]:
    workspace = built(tmp_path_factory.mktemp("site"))
    return workspace, made(workspace, trained_models, (SUNDAY - timedelta(days=6)).isoformat())


def test_a_week_keeps_its_models_with_data_parameters_and_metrics(trained) -> None:
    workspace, told = trained
    card = json.loads(
        (workspace.backtests / str(told["forecast_version"]) / "card.json").read_text()
    )
    assert card["origin_date"] == SUNDAY.isoformat() and card["verdict"] == told["verdict"]
    assert card["data"]["lines"] == LINES and len(card["data"]["digest"]) == 64
    kept = {path.stem for path in (workspace.backtests / "models").glob("*.json")}
    assert card["models"] and {model["key"] for model in card["models"]} <= kept
    assert card["models"][0]["parameters"]["seed"] == 0
    assert {"gradient", "moving_average"} <= {row["forecaster"] for row in card["metrics"]}
    assert sum(row["is_champion"] for row in card["metrics"]) >= 1


def test_a_day_of_the_week_is_scored_with_the_models_of_its_sunday(trained) -> None:
    workspace, _ = trained
    kept = sorted((workspace.backtests / "models").glob("*.json"))
    wednesday = SUNDAY + timedelta(days=3)
    told = made(workspace, scored_origin, wednesday.isoformat())
    folder = workspace.backtests / "origins" / wednesday.isoformat()
    quantiles = pl.read_parquet(folder / "forecast_quantile.parquet")
    assert quantiles["origin_date"].unique().to_list() == [wednesday]
    assert told["forecast_quantile"] == quantiles.height > 0
    last = json.loads((folder / "card.json").read_text())["models"][-1]["key"]
    assert f"{last}.json" in {path.name for path in kept}, "the week's last model was trained anew"


def test_what_came_after_the_origin_changes_no_score(trained, tmp_path: Path) -> None:
    workspace, _ = trained
    wednesday = SUNDAY + timedelta(days=3)
    poisoned = built(tmp_path / "poisoned", tail=9999)
    for site in (workspace, poisoned):
        score_origin(site, wednesday)
    one, other = (
        (site.backtests / "origins" / wednesday.isoformat() / "forecast.parquet").read_bytes()
        for site in (workspace, poisoned)
    )
    assert one == other


def test_without_a_build_there_is_nothing_to_forecast(tmp_path: Path) -> None:
    with pytest.raises(DataFault, match="nothing has been built yet"):
        score_origin(init_workspace(tmp_path / "new"), SUNDAY)


def test_both_run_on_schedules_that_a_site_turns_on() -> None:
    assert [schedule.name for schedule in schedules] == ["every_monday", "every_night"]
