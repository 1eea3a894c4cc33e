"""What planners were promised, each on a company whose answer is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from forecasting.demand import panel
from forecasting.features import FeatureBuilder, Questions
from forecasting.gradient import Settings, train
from forecasting.planned import NO_EVENTS, NO_READINGS, signals_of
from forecasting.planning import Inputs, Planned, plan
from forecasting.rhythm import DAILY
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


def inputs(asked: pl.DataFrame, names: list[str]) -> Inputs:
    keys = pl.DataFrame({"company_id": "X", "item_id": names, "location_id": "L"})
    return Inputs(
        demand=asked,
        lead_times=lead_times(("agreed", "", "", 10.0)),
        policies=policies({"service_target": 0.95}),
        items=items(*names, category="tools"),
        positions=keys.with_columns(on_hand_qty=pl.lit(20.0), position_qty=pl.lit(20.0)),
        economics=keys.with_columns(unit_price=pl.lit(10.0), unit_cost=pl.lit(6.0)),
        lanes=pl.DataFrame(),
        payment=pl.DataFrame({"company_id": ["X"], "days_to_receive": [30], "days_to_pay": [20]}),
        events=pl.DataFrame(schema=NO_EVENTS),
        readings=pl.DataFrame(schema=NO_READINGS),
    )


@pytest.fixture(scope="module")
def planned() -> Planned:
    asked = series()
    return plan(inputs(demand(asked), [item for item, _ in asked]), as_of=AS_OF)


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


def told(kind: str, start: int, known: int, value: float | None = None, days: int = 7) -> dict:
    """An event of all lines that starts some days after the origin and was known before or after."""
    return {
        "company_id": "X", "event_type": kind, "start_date": AS_OF + timedelta(days=start),
        "end_date": AS_OF + timedelta(days=start + days - 1),
        "known_from_date": AS_OF + timedelta(days=known), "item_id": None, "location_id": None,
        "category": None, "value": value,
    }  # fmt: skip


KINDS = (
    "promotion", "holiday", "competitor_stockout", "store_close", "store_open", "launch", "delist",
    "other",
)  # fmt: skip


def test_capability_34_every_kind_of_event_counts_from_when_it_was_known():
    asked = demand({("A", "L"): [4] * DAYS}).with_columns(price=pl.lit(10.0))
    lines = panel(asked, as_of=AS_OF)
    events = [told(kind, start=3, known=-1) for kind in KINDS]
    unheard = [told(kind, start=3, known=1) for kind in KINDS]
    line, origin, ahead = np.array([0]), np.array([DAYS - 1]), np.array([5])
    for rows, expected in ((events, 1.0), (unheard, None)):
        frame = pl.DataFrame(rows, schema=NO_EVENTS)
        signals = {
            one.name: one for one in signals_of(lines, asked, frame, None, items("A"), as_of=AS_OF)
        }
        if expected is None:
            assert set(signals) == {"price_paid"}, "what is announced tomorrow is not known today"
            continue
        assert set(signals) == {*KINDS, "price_paid"}
        for kind in KINDS:
            assert signals[kind].at(line, origin, origin + ahead).tolist() == [expected]
            assert signals[kind].at(line, origin - 5, origin + ahead).tolist() == [0.0]


def discounts(*, ahead: float | None, unheard: float | None = None) -> pl.DataFrame:
    """Three days of promotion in eight, 10 or 40 per cent off, every other one saying nothing of its
    depth; then one ahead, and one that is announced only tomorrow."""
    past = [
        told("promotion", -start, -start - 7, (10.0, None, 40.0, None)[n % 4], days=3)
        for n, start in enumerate(range(DAYS - 20, 16, -8))
    ]
    coming = [told("promotion", 1, -1, ahead, days=3)]
    late = [] if unheard is None else [told("promotion", 1, 1, unheard, days=3)]
    return pl.DataFrame([*past, *coming, *late], schema=NO_EVENTS)


def test_capability_34_a_deeper_promotion_is_forecast_higher_where_history_shows_it():
    lift = np.ones(DAYS)
    for event in discounts(ahead=None).to_dicts():
        begin = (event["start_date"] - FIRST).days
        lift[begin : begin + 3] = {None: 1.8, 10.0: 1.3, 40.0: 3.0}[event["value"]]
    rng = np.random.default_rng(4)
    names = [f"I{n:02}" for n in range(20)]
    asked = demand({(name, "L"): rng.poisson(6 * lift).tolist() for name in names})
    lines = panel(asked, as_of=AS_OF)

    def built(events: pl.DataFrame) -> FeatureBuilder:
        told_of = signals_of(lines, asked, events, None, items(*names), as_of=AS_OF)
        return FeatureBuilder(lines, DAILY, signals=told_of)

    line, origin = (part.ravel() for part in np.meshgrid(np.arange(20), np.arange(60, DAYS - 4, 3)))
    first = np.ones_like(line)
    model = train(
        built(discounts(ahead=None)), Questions(line, origin, first, first * 3),
        Settings(trees=60, leaves=8),
    )  # fmt: skip
    now = Questions(np.arange(20), np.full(20, DAYS - 1), np.ones(20, int), np.full(20, 3))
    said = {
        depth: model.predict(built(discounts(ahead=depth)), now).mean() for depth in (10.0, 40.0)
    }
    assert said[40.0] > 1.5 * said[10.0]
    names_of, unsaid = built(discounts(ahead=None)).features(now)
    depth, there = (names_of.index(f"promotion{one}_ahead") for one in ("_depth", ""))
    assert np.isnan(unsaid[:, depth]).all(), "what was not stated is not guessed"
    assert unsaid[:, there].tolist() == [1.0] * 20
    poisoned = built(discounts(ahead=None, unheard=90.0)).features(now)[1]
    assert np.array_equal(poisoned, unsaid, equal_nan=True)


def test_capability_34_what_a_competitors_empty_shelf_brings_is_learnt_and_told_with_its_rank():
    """One week in five the competitor is out of stock, as it was seen a day before: twice the demand."""
    weeks = [told("competitor_stockout", -start, -start - 1) for start in range(DAYS - 20, 16, -35)]
    lift = np.ones(DAYS)
    for event in weeks:
        begin = (event["start_date"] - FIRST).days
        lift[begin : begin + 7] = 2.0
    rng = np.random.default_rng(5)
    names = [f"I{n:02}" for n in range(20)]
    given = inputs(demand({(name, "L"): rng.poisson(6 * lift).tolist() for name in names}), names)
    given = replace(
        given, events=pl.DataFrame(weeks, schema=NO_EVENTS), lead_times=lead_times(("agreed", "", "", 0.0))
    )  # fmt: skip
    card = plan(given, as_of=AS_OF).card
    (effect,) = card["effects"]
    assert effect["input"] == "competitor_stockout_ahead"
    least, *_, most = effect["readings"]
    assert least["reading"] == 0 and most["times"] > 1.4 * least["times"]
    ranks = {one["input"]: one["rank"] for one in card["models"][-1]["inputs"]}
    assert ranks["competitor_stockout_ahead"] <= 3


def test_capability_34_promotions_of_one_depth_are_there_or_not():
    asked = demand({("A", "L"): [4] * DAYS})
    lines = panel(asked, as_of=AS_OF)
    events = [told("promotion", start, -60, 15.0) for start in (-40, 3)]
    events.append(told("promotion", 30, -50))
    frame = pl.DataFrame(events, schema=NO_EVENTS)
    signals = signals_of(lines, asked, frame, None, items("A"), as_of=AS_OF)
    assert [one.name for one in signals] == ["promotion"]


def test_capability_34_an_announced_price_stands_against_what_was_paid_of_late():
    asked = demand({("A", "L"): [4] * DAYS}).with_columns(price=pl.lit(10.0))
    lines = panel(asked, as_of=AS_OF)
    announced = [
        told("price_change", 1, -2, 9.0, days=30),
        told("price_change", 1, -1, 8.0, days=30),
    ]
    frame = pl.DataFrame(announced, schema=NO_EVENTS)
    (price,) = signals_of(lines, asked, frame, None, items("A"), as_of=AS_OF)
    line, origin = np.array([0, 0]), np.array([DAYS - 1, DAYS - 8])
    found = price.features(line, origin, np.array([1, 8]), np.array([7, 14]))
    assert found["price_paid_change"][0] == pytest.approx(0.8), "the later announcement holds"
    assert np.isnan(found["price_paid_change"][1]), "a week before, nobody had announced it"
    assert found["price_paid_lately"].tolist() == [10.0, 10.0]


def test_capability_34_readings_of_every_name_are_taken_in_and_the_unknowable_is_not():
    asked = demand({("A", "L"): [4] * DAYS})
    lines = panel(asked, as_of=AS_OF)
    names = ("web_sessions", "temperature", "cpi")
    day_after = AS_OF + timedelta(days=1)
    rows = [
        ("X", name, when, known, is_forecast, None, None, value)
        for name in names
        for when, known, is_forecast, value in (
            (AS_OF, AS_OF, False, 20.0), (day_after, AS_OF, True, 25.0),
            (day_after, day_after, False, 99.0), (day_after, AS_OF, False, 98.0),
        )
    ]  # fmt: skip
    readings = pl.DataFrame(rows, schema=NO_READINGS, orient="row")
    signals = {
        one.name: one for one in signals_of(lines, asked, None, readings, items("A"), as_of=AS_OF)
    }
    assert set(signals) == set(names)
    line, origin = np.array([0, 0]), np.array([DAYS - 1, DAYS - 1])
    for signal in signals.values():
        assert signal.at(line, origin, origin + np.array([0, 1])).tolist() == [20.0, 25.0]
