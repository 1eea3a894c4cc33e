from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from forecasting.explain import reason
from forecasting.reorder import forecast_and_reorder, study
from forecasting.tables import FORECAST, REORDER
from models.contracts import COMPUTED
from tests.unit.forecasting.frames import FIRST, demand, items, lead_times, policies

AS_OF = FIRST + timedelta(days=2000)
ALTERNATING = [1, 3] * 75
AGREED = lead_times(("agreed", "A", "L", 13.0))


def answers(frame: pl.DataFrame, **given: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    found = study(
        frame,
        given.get("lead_times", AGREED),
        given.get("policies", policies()),
        given.get("items", items("A")),
        as_of=AS_OF,
    )
    return forecast_and_reorder(found)


def reorder_of(frame: pl.DataFrame, **given: pl.DataFrame) -> dict[str, object]:
    return answers(frame, **given)[1].row(0, named=True)


def test_reorder_point_is_demand_over_lead_time_and_review_plus_safety():
    row = reorder_of(demand({("A", "L"): ALTERNATING}))
    deviation = np.std(ALTERNATING[-120:], ddof=1)
    safety = 1.6448536269514722 * np.sqrt(20) * deviation
    assert row["demand_mean_daily"] == Decimal("2.000000")
    assert float(row["safety_stock"]) == pytest.approx(safety, abs=1e-6)
    assert float(row["reorder_point"]) == pytest.approx(2 * (13 + 7) + safety, abs=1e-6)
    assert float(row["order_up_to"]) == pytest.approx(2 * (13 + 7) + safety + 14, abs=1e-6)
    assert row["reason"].startswith("Mean of the last")
    assert "2.00 a day x (13.0 days lead time + 7 days review) = 40.0, plus safety" in row["reason"]
    assert row["reason"].endswith("Lead time: agreed with 1 supplier(s) of this item here.")


def test_observed_lead_times_win_and_their_spread_counts():
    observed = lead_times(
        ("observed", "A", "L", 10), ("observed", "A", "L", 14), ("observed", "A", "L", 12),
        ("agreed", "A", "L", 30),
    )  # fmt: skip
    row = reorder_of(demand({("A", "L"): ALTERNATING}), lead_times=observed)
    assert (row["lead_time_days"], row["lead_time_sd_days"]) == (Decimal(12), Decimal(2))
    assert "3 receipts of this item here" in row["reason"]


def test_two_receipts_are_not_enough_to_know_a_spread():
    few = lead_times(
        ("observed", "A", "L", 10), ("observed", "A", "L", 14), ("agreed", "A", "", 21)
    )
    row = reorder_of(demand({("A", "L"): ALTERNATING}), lead_times=few)
    assert row["lead_time_days"] == 21


def test_without_lead_time_there_is_a_reason_and_no_figure():
    forecast, reorder = answers(demand({("A", "L"): ALTERNATING}), lead_times=AGREED.clear())
    row = reorder.row(0, named=True)
    assert row["reorder_point"] is None and row["order_up_to"] is None
    assert row["reason"] == "No advice: no lead time is known, neither observed nor agreed"
    assert forecast["horizon_days"].unique().to_list() == [28]


def test_short_history_gets_a_reason_and_no_figure():
    row = reorder_of(demand({("A", "L"): [2] * 27}))
    assert row["reorder_point"] is None
    assert row["reason"] == "No advice: 27 days of history, 28 needed"
    row = reorder_of(demand({("A", "L"): [2] * 28}))
    assert row["reorder_point"] is not None
    assert "Not tested on its own: history is short (28 days)" in row["reason"]


def test_an_item_that_no_longer_sells_needs_no_stock():
    row = reorder_of(demand({("A", "L"): [5] * 60 + [0] * 200}))
    assert (row["reorder_point"], row["safety_stock"]) == (0, 0)
    assert row["reason"].startswith("No demand")


def test_the_narrowest_policy_of_the_company_decides():
    rows = policies(
        {"service_target": 0.80},
        {"service_target": 0.81, "abc_class": "A"},
        {"service_target": 0.82, "item_id": "A"},
        {"service_target": 0.99, "item_id": "A", "valid_to": date(2001, 1, 1)},
        {"service_target": 0.98, "abc_class": "B"},
    )
    frame = demand({("A", "L"): ALTERNATING})
    row = reorder_of(frame, policies=rows)
    assert (row["service_target"], row["policy_id"]) == (Decimal("0.82"), "A||")
    own = policies({"service_target": 0.82, "item_id": "A"}, {"company_id": "X"})
    assert reorder_of(frame, policies=own)["policy_id"] == "||"


def test_without_any_policy_in_force_there_is_no_row():
    ended = policies({"valid_to": date(2001, 1, 1)})
    assert answers(demand({("A", "L"): ALTERNATING}), policies=ended)[1].is_empty()


def test_order_quantity_follows_cost_where_cost_is_known():
    dear = items("A", unit_cost=Decimal("40.00"))
    rows = policies({"order_cost": 30.0, "max_cover_days": 365})
    row = reorder_of(demand({("A", "L"): ALTERNATING}), policies=rows, items=dear)
    batch = float(row["order_up_to"] - row["reorder_point"])
    assert batch == pytest.approx(np.sqrt(2 * 30 * 730 / 10), abs=1e-5)
    capped = policies({"order_cost": 30.0, "max_cover_days": 40})
    row = reorder_of(demand({("A", "L"): ALTERNATING}), policies=capped, items=dear)
    assert row["order_up_to"] == 80


def test_a_cost_policy_without_unit_cost_says_so():
    rows = policies({"service_kind": "cost", "stockout_cost": 9.0})
    row = reorder_of(demand({("A", "L"): ALTERNATING}), policies=rows)
    assert row["reason"] == "No advice: the policy needs a unit cost, which is not known"


def test_a_cost_policy_says_the_ratio_it_reckons_and_not_the_target_beside_it():
    rows = policies({"service_kind": "cost", "stockout_cost": 9.0, "service_target": 0.5})
    row = reorder_of(
        demand({("A", "L"): ALTERNATING}), policies=rows, items=items("A", unit_cost=Decimal(40))
    )
    # held for 20 days a unit costs 0.25 x 40 x 20 / 365 = 0.548; 9 / 9.548 = 0.94
    assert "critical ratio 0.94" in row["reason"] and "0.50" not in row["reason"]


@pytest.mark.parametrize(
    ("kind", "target", "told"),
    [
        ("cycle_service", 0.98, "it kept cycle service 0.98 in 900 past intervals of low-volume"),
        ("cost", 0.995, "drawn on to critical ratio 0.9950 from what kept 0.98 in 900 past"),
        ("fill_rate", 0.99, "it kept fill rate 0.99 in 900 past intervals of low-volume lines"),
    ],
)
def test_beyond_what_the_past_can_tell_the_reason_says_so(kind, target, told):
    row = pl.DataFrame(
        {
            "history_days": 300, "demand_mean_daily": 2.0, "interval_days": 17.0,
            "lead_time_days": 10.0, "review_days": 7, "safety_stock": 9.0, "share": 0.994321,
            "expected": 34.0, "interval_sd": 8.5, "service_kind": kind, "target": target,
            "past_intervals": 900.0, "volume": "low", "z": 2.0, "demand_sd_daily": 2.0,
            "lead_time_sd_days": 1.0, "lead_time_basis": "observed", "forecaster": "croston",
            "rounds": 6, "segment": "smooth",
        }
    )  # fmt: skip
    assert told in row.select(reason(pl.lit(False), history_needed=28)).item()


def test_frames_keep_their_contract_and_their_order():
    frame = demand({("B", "L"): ALTERNATING, ("A", "M"): [2] * 30, ("A", "L"): [0, 9] * 200})
    times = lead_times(("agreed", "", "", 10.0))
    forecast, reorder = answers(frame, lead_times=times, items=items("A", "B"))
    assert dict(forecast.schema) == FORECAST and dict(reorder.schema) == REORDER
    for name, made in (("forecast", forecast), ("reorder", reorder)):
        assert COMPUTED[name].check(made).rejected.is_empty()
    assert reorder.select("item_id", "location_id").rows() == [("A", "L"), ("A", "M"), ("B", "L")]
    per_line = forecast.group_by("item_id", "location_id").agg(pl.col("is_champion").sum())
    assert per_line["is_champion"].to_list() == [1, 1, 1]


def test_same_input_in_any_order_gives_the_same_frames():
    frame = demand({(f"I{n}", "L"): [(n * day) % 7 for day in range(200)] for n in range(1, 9)})
    times, goods = lead_times(("agreed", "", "", 10.0)), items(*(f"I{n}" for n in range(1, 9)))
    once = answers(frame, lead_times=times, items=goods)
    again = answers(frame.sample(fraction=1, shuffle=True, seed=5), lead_times=times, items=goods)
    assert once[0].equals(again[0]) and once[1].equals(again[1])


def test_no_demand_gives_empty_frames_of_the_right_shape():
    forecast, reorder = answers(demand({("A", "L"): [0, 0]}))
    assert dict(forecast.schema) == FORECAST and forecast.is_empty()
    assert dict(reorder.schema) == REORDER and reorder.is_empty()
