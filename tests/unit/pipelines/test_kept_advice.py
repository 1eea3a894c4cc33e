"""Advice is kept once a request, read by later moments alone, and never by the run that gave it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from models.contracts import KEPT
from pipelines.kept_advice import advice_before, advice_digest, keep_advice
from pipelines.workspace import Workspace

DAY = datetime(2026, 3, 31, 20, tzinfo=UTC)
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


def published(workspace: Workspace, *, days: int = 0, request: str = "a", qty: int = 5) -> None:
    """What a run leaves behind, as far as advice goes."""
    current = workspace.published / "current"
    current.mkdir(exist_ok=True)
    as_of = DAY + timedelta(days=days)
    run = {"as_of_at": as_of.isoformat(), "request": request * 20}
    (current / "run.json").write_text(json.dumps(run), encoding="utf-8")
    line = {"company_id": "C", "item_id": "I", "location_id": "L"}
    figures = {name: Decimal(qty) for name in ("reorder_point", "order_up_to", "order_qty")}
    more = {name: Decimal(3) for name in ("advised_order_qty", "position", "forecast_mean")}
    told = {
        "policy_version": "p", "forecaster": "croston", "override_ids": None,
        "horizon_days": 21, "review_days": 7, "service_target": Decimal("0.95"),
    }  # fmt: skip
    reorder = pl.DataFrame([{**line, **figures, **more, **told, "as_of_at": as_of}])
    reorder.cast({"override_ids": pl.String}).write_parquet(current / "mart_reorder.parquet")
    quantiles = [
        {**line, "segment": "smooth", "forecast_version": "v", "is_protection_interval": own}
        for own in (True, True, False)
    ]
    pl.DataFrame(quantiles).write_parquet(current / "mart_forecast.parquet")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    made.create()
    return made


def test_advice_is_kept_with_its_moment_request_and_segment(workspace: Workspace) -> None:
    published(workspace)
    assert keep_advice(workspace, now=NOON) == 1
    (file,) = advice_before(workspace, DAY + timedelta(seconds=1))
    kept = pl.read_parquet(file)
    assert kept.schema == pl.Schema(KEPT["handed_advice"].polars_types())
    row = kept.row(0, named=True)
    assert (row["as_of_at"], row["handed_at"], row["segment"]) == (DAY, NOON, "smooth")
    assert (row["order_qty"], row["advised_order_qty"], row["position_qty"]) == (5, 3, 3)


def test_the_same_request_keeps_its_advice_once(workspace: Workspace) -> None:
    published(workspace)
    keep_advice(workspace, now=NOON)
    before = advice_digest(advice_before(workspace, NOON))
    assert keep_advice(workspace, now=NOON + timedelta(hours=1)) == 0
    assert advice_digest(advice_before(workspace, NOON)) == before


def test_a_run_reads_no_advice_of_its_own_moment_or_a_later_one(workspace: Workspace) -> None:
    published(workspace)
    keep_advice(workspace, now=NOON)
    assert advice_before(workspace, DAY) == [] and advice_digest([]) == ""
    published(workspace, days=1, request="b")
    keep_advice(workspace, now=NOON)
    assert len(advice_before(workspace, DAY + timedelta(days=1))) == 1
    assert len(advice_before(workspace, DAY + timedelta(days=2))) == 2


def test_a_run_that_looks_back_keeps_nothing(workspace: Workspace) -> None:
    published(workspace, days=1)
    keep_advice(workspace, now=NOON)
    published(workspace, request="b")
    assert keep_advice(workspace, now=NOON) == 0


def test_new_data_for_the_same_moment_are_advice_of_their_own(workspace: Workspace) -> None:
    published(workspace)
    keep_advice(workspace, now=NOON)
    published(workspace, request="b", qty=9)
    assert keep_advice(workspace, now=NOON) == 1
    assert len(advice_before(workspace, DAY + timedelta(days=1))) == 2
