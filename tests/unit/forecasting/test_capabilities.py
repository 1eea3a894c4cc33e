"""What planners were promised, each on a company whose answer is known."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from forecasting.planned import NO_EVENTS, NO_READINGS
from forecasting.planning import Inputs, Planned, plan
from tests.unit.forecasting.frames import FIRST, demand, items, lead_times, policies

DAYS, NEW_DAYS = 330, 14
AS_OF = FIRST + timedelta(days=DAYS - 1)
STOCK_OUT = range(250, 260)


def series() -> dict[tuple[str, str], list[int | None]]:
    """Forty steady lines, of which five were out of stock for ten days, and one two weeks old."""
    rng = np.random.default_rng(11)
    lines: dict[tuple[str, str], list[int | None]] = {}
    for n in range(40):
        asked: list[int | None] = rng.poisson(4, DAYS).tolist()
        if n < 5:
            asked = [None if day in STOCK_OUT else qty for day, qty in enumerate(asked)]
        lines[f"I{n:02}", "L"] = asked
    lines["NEW", "L"] = [0] * (DAYS - NEW_DAYS) + [4, 3, 5, 4, 4, 6, 3, 4, 5, 2, 4, 4, 3, 5]
    return lines


@pytest.fixture(scope="module")
def planned() -> Planned:
    asked = series()
    keys = pl.DataFrame({"company_id": "X", "item_id": [i for i, _ in asked], "location_id": "L"})
    given = Inputs(
        demand=demand(asked),
        lead_times=lead_times(("agreed", "", "", 10.0)),
        policies=policies({"service_target": 0.95}),
        items=items(*(item for item, _ in asked), category="tools"),
        positions=keys.with_columns(on_hand_qty=pl.lit(20.0), position_qty=pl.lit(20.0)),
        economics=keys.with_columns(unit_price=pl.lit(10.0), unit_cost=pl.lit(6.0)),
        lanes=pl.DataFrame(),
        payment=pl.DataFrame({"company_id": ["X"], "days_to_receive": [30], "days_to_pay": [20]}),
        events=pl.DataFrame(schema=NO_EVENTS),
        readings=pl.DataFrame(schema=NO_READINGS),
    )
    return plan(given, as_of=AS_OF)


def own_interval(planned: Planned, item: str) -> dict[float, float]:
    """Quantile -> demand over lead time and review of one line."""
    rows = planned.frames["forecast_quantile"].filter("is_protection_interval", item_id=item)
    return {float(row["quantile"]): float(row["forecast_qty"]) for row in rows.to_dicts()}


def test_capability_33_days_without_stock_are_marked_and_error_is_told_with_and_without(planned):
    table = planned.frames["forecast_accuracy"].filter("is_champion")
    around = table.filter((pl.col("demand_qty") - pl.col("recorded_qty")) > 0)
    assert around.height, "some origin stood before the days without stock"
    told = around.select(
        pl.col("absolute_error_qty").sum() / pl.col("demand_qty").sum(),
        pl.col("absolute_error_recorded_qty").sum() / pl.col("recorded_qty").sum(),
    ).row(0)
    assert told[0] < told[1], "a day without stock is no day without demand"
    untouched = table.filter(pl.col("demand_qty") == pl.col("recorded_qty"))
    assert untouched["wape"].to_list() == untouched["wape_recorded"].to_list()


def test_capability_35_a_line_of_two_weeks_is_forecast_by_its_like_with_a_wider_interval(planned):
    rows = planned.frames["forecast_quantile"].filter("is_protection_interval", item_id="NEW")
    assert rows["segment"].unique().to_list() == ["new"]
    assert rows["forecaster"].unique().to_list() == ["analogues"]
    new, known = own_interval(planned, "NEW"), own_interval(planned, "I20")
    assert new[0.5] == pytest.approx(17 * 4, rel=0.25)
    assert (new[0.95] - new[0.05]) / new[0.5] > (known[0.95] - known[0.05]) / known[0.5]
    row = planned.frames["reorder"].filter(item_id="NEW").row(0, named=True)
    assert row["reason"] == "No advice: 14 days of history, 28 needed"


def test_capability_37_a_reorder_point_is_the_z_formula_by_hand(planned):
    row = planned.frames["reorder"].filter(item_id="I20").row(0, named=True)
    days = float(row["lead_time_days"]) + row["review_days"]
    mean, deviation = float(row["demand_mean_daily"]), float(row["demand_sd_daily"])
    late = float(row["lead_time_sd_days"] or 0)
    safety = 1.6448536269514722 * np.sqrt(days * deviation**2 + mean**2 * late**2)
    assert float(row["safety_stock"]) == pytest.approx(safety, rel=1e-4)
    assert float(row["reorder_point"]) == pytest.approx(mean * days + safety, rel=1e-4)
    assert row["service_target"] == Decimal("0.95")
