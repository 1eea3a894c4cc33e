"""The whole room on a few lines of demand: nothing later matters, the same again, the parts add up."""

import re
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy import stats

from forecasting.demand import Panel
from forecasting.effects import effects, ranked_inputs
from forecasting.features import FeatureBuilder, Questions
from forecasting.financial_plan import Month, Units, months_after, plan_rows
from forecasting.gradient import Settings, train
from forecasting.planned import NO_EVENTS, NO_READINGS, without_leaks
from forecasting.planning import Inputs, Planned, plan
from forecasting.rhythm import DAILY
from forecasting.signals import Layer, Signal
from tests.unit.forecasting.frames import FIRST, demand, items, lead_times, policies

DAYS = 305  # up to the end of a month: the next one is thirty days, a horizon of the forecast
AS_OF = FIRST + timedelta(days=DAYS - 1)
PLANNED = ("forecast_qty", "revenue_amount", "cogs_amount", "cash_in_amount", "cash_out_amount")
PLACES = [(f"I{n}", "L") for n in range(40)]


def inputs(frame: pl.DataFrame) -> Inputs:
    keys = pl.DataFrame({"company_id": "X", "item_id": [i for i, _ in PLACES], "location_id": "L"})
    return Inputs(
        demand=frame,
        lead_times=lead_times(("agreed", "", "", 10.0)),
        policies=policies(),
        items=items(*(item for item, _ in PLACES)),
        positions=keys.with_columns(on_hand_qty=pl.lit(20.0), position_qty=pl.lit(20.0)),
        economics=keys.with_columns(unit_price=pl.lit(10.0), unit_cost=pl.lit(6.0)),
        lanes=pl.DataFrame(),
        payment=pl.DataFrame({"company_id": ["X"], "days_to_receive": [30], "days_to_pay": [20]}),
        events=pl.DataFrame(schema=NO_EVENTS),
        readings=pl.DataFrame(schema=NO_READINGS),
    )


def series(days: int) -> dict[tuple[str, str], list[int | None]]:
    rng = np.random.default_rng(5)
    drawn = {place: rng.poisson(1 + n / 4, DAYS + 40).tolist() for n, place in enumerate(PLACES)}
    return {place: line[:days] for place, line in drawn.items()}


@pytest.fixture(scope="module")
def planned() -> Planned:
    return plan(inputs(demand(series(DAYS))), as_of=AS_OF)


def test_nothing_dated_after_the_origin_changes_a_figure(planned):
    poisoned = series(DAYS + 40)
    for line in poisoned.values():
        line[DAYS:] = [9999] * 40
    again = plan(inputs(demand(poisoned)), as_of=AS_OF)
    assert all(frame.equals(again.frames[name]) for name, frame in planned.frames.items())


def test_same_input_gives_the_same_frames_and_kept_models_answer_alike(planned):
    library: dict[str, str] = {}
    once = plan(inputs(demand(series(DAYS)).reverse()), as_of=AS_OF, library=library)
    kept = dict(library)
    again = plan(inputs(demand(series(DAYS))), as_of=AS_OF, library=library)
    assert kept and library == kept, "the second run trained nothing"
    for name, frame in planned.frames.items():
        assert frame.equals(once.frames[name]) and frame.equals(again.frames[name])


def test_capability_37_the_quantile_in_the_reason_gives_the_reorder_point_by_hand(planned):
    told = re.compile(r"quantile (\S+) of demand with mean (\S+) and deviation (\S+), negative")
    for row in planned.frames["reorder"].iter_rows(named=True):
        found = told.search(row["reason"])
        assert found is not None, row["reason"]
        share, mean, deviation = (float(figure) for figure in found.groups())
        shape, chance = mean**2 / (deviation**2 - mean), mean / deviation**2
        covered = stats.nbinom.ppf(share, shape, chance)
        usual = float(row["demand_mean_daily"]) * 17
        assert float(row["reorder_point"]) == pytest.approx(max(covered, usual), abs=1e-4)


def test_capability_36_baselines_stand_beside_the_model_and_a_loser_does_not_go_out(planned):
    table = planned.frames["forecast_accuracy"]
    assert {"gradient", "moving_average", "croston", "exponential_smoothing"} <= set(
        table["forecaster"]
    )
    assert table["wape"].null_count() == 0 and table["bias"].null_count() == 0
    champions = table.filter("is_champion")["forecaster"].unique().to_list()
    used = planned.frames["reorder"]["forecaster"].unique().to_list()
    assert set(used) <= set(champions)
    assert "gradient model goes out for" in planned.verdict


def test_quantiles_rise_and_each_line_has_its_own_interval(planned):
    table = planned.frames["forecast_quantile"]
    key = ("item_id", "location_id", "horizon_days")
    falls = table.sort(*key, "quantile").with_columns(pl.col("forecast_qty").diff().over(key))
    assert falls["forecast_qty"].drop_nulls().cast(pl.Float64).min() >= 0
    own = table.filter("is_protection_interval")
    assert own["horizon_days"].unique().to_list() == [17]


def test_capability_38_thirty_day_payer_pays_next_month_and_units_tie_to_the_forecast():
    keys = pl.DataFrame({"company_id": ["X"], "item_id": ["I"], "location_id": ["L"]})
    months = [
        Month(date(2026, 1, 1), date(2026, 1, 31)),
        Month(date(2026, 2, 1), date(2026, 2, 28)),
    ]
    rows = plan_rows(
        keys, Units(np.array([[100.0, 0.0]]), np.zeros((1, 2))), months,
        economics=keys.with_columns(unit_price=pl.lit(10.0), unit_cost=pl.lit(6.0)),
        positions=keys.with_columns(position_qty=pl.lit(0.0)),
        reorders=keys.with_columns(reorder_point=pl.lit(0.0)),
        items=pl.DataFrame({"company_id": ["X"], "item_id": ["I"], "category": ["tools"]}),
        payment=pl.DataFrame({"company_id": ["X"], "days_to_receive": [30], "days_to_pay": [None]}),
        version="v",
    ).filter(pl.col("quantile") == 0.5).sort("period_start")  # fmt: skip
    assert rows["forecast_qty"].to_list() == [100, 0]
    assert rows["revenue_amount"].to_list() == [1000, 0] and rows["cogs_amount"].to_list() == [
        600,
        0,
    ]
    assert rows["cash_in_amount"].to_list() == [0, 1000]
    assert rows["cash_out_amount"].to_list() == [None, None], "no payment known is not zero"


def test_capability_38_totals_of_the_plan_tie_to_the_forecast_table(planned):
    """40 items at 10 each that cost 6; who buys pays 30 days later, we pay after 20."""
    half = pl.lit(0.5).cast(pl.Decimal(20, 8))
    told = planned.frames["forecast_quantile"].filter(pl.col("quantile") == half, horizon_days=30)
    units = told["forecast_mean"].cast(pl.Float64).sum()
    month, after, _ = (
        planned.frames["financial_plan"]
        .filter(pl.col("quantile") == half)
        .sort("period_start")
        .cast(dict.fromkeys(PLANNED, pl.Float64))
        .to_dicts()
    )
    assert told.height == len(PLACES) and (month["period_end"] - AS_OF).days == 30
    assert month["forecast_qty"] == pytest.approx(units, abs=1e-4)
    assert month["revenue_amount"] == pytest.approx(10 * units, abs=1e-3)
    assert month["cogs_amount"] == pytest.approx(6 * units, abs=1e-3)
    assert month["cash_in_amount"] == 0 and after["cash_in_amount"] == month["revenue_amount"]
    need = planned.frames["reorder"]["reorder_point"].cast(pl.Float64) - 20
    bought = 6 * (units + need.sum())
    assert after["cash_out_amount"] == pytest.approx(bought, abs=1e-3), "what stock does not cover"


def test_parts_of_every_quantile_add_up_to_the_plan():
    keys = pl.DataFrame({"company_id": "X", "item_id": ["I", "J"], "location_id": "L"})
    spread = Units(np.array([[50.0], [80.0]]), np.array([[25.0], [100.0]]))
    rows = plan_rows(
        keys, spread, months_after(date(2026, 1, 31), 1),
        economics=keys.with_columns(unit_price=pl.lit(10.0), unit_cost=pl.lit(6.0)),
        positions=keys.with_columns(position_qty=pl.lit(0.0)),
        reorders=keys.with_columns(reorder_point=pl.lit(0.0)),
        items=keys.with_columns(category=pl.col("item_id")),
        payment=pl.DataFrame({"company_id": ["X"], "days_to_receive": [0], "days_to_pay": [0]}),
        version="v",
    ).filter(pl.col("quantile") == 0.9)  # fmt: skip
    whole = 1300 + 1.2815515655446004 * 10 * np.sqrt(125)
    assert rows["revenue_amount"].sum() == pytest.approx(whole)


def test_capability_34_a_reading_of_the_future_is_refused_with_its_reason():
    day = date(2026, 3, 31)
    readings = pl.DataFrame(
        [
            ("X", "temperature", day, day, False),
            ("X", "temperature", day + timedelta(days=1), day, False),
            ("X", "temperature", day, day + timedelta(days=1), False),
            ("X", "temperature", day - timedelta(days=5), day - timedelta(days=6), False),
            ("X", "temperature", day + timedelta(days=3), day, True),
        ],
        schema=["company_id", "signal_name", "signal_date", "known_date", "is_forecast"],
        orient="row",
    )
    kept, refused = without_leaks(readings, as_of=day)
    assert kept["is_forecast"].to_list() == [False, True]
    assert refused["refused_because"].to_list() == [
        "a measurement dated after the origin",
        "known only after the origin",
        "a measurement that claims to be known before its day",
    ]


def test_capability_34_a_plan_counts_from_the_day_it_was_known_and_its_effect_is_learnt():
    rng = np.random.default_rng(1)
    heat = rng.uniform(0, 40, 500)
    values = rng.poisson(4 + 8 * (heat > 30), (30, 500)).astype(float)
    panel = Panel(
        pl.DataFrame({"line": range(30)}), FIRST, values[:, :450], np.zeros(30, dtype=np.int64)
    )
    known = (np.arange(500, dtype=np.int32) - 2)[None, :]
    builder = FeatureBuilder(
        panel, DAILY, signals=[Signal("temperature", (Layer(heat[None, :], known),))]
    )
    line, origin = (part.ravel() for part in np.meshgrid(np.arange(30), np.arange(60, 440, 7)))
    step = np.ones_like(line)
    model = train(builder, Questions(line, origin, step, step), Settings(trees=60, leaves=8))
    names, matrix = builder.features(Questions(line, origin, step, step))
    place = names.index("temperature_ahead")
    cold, hot = matrix.copy(), matrix.copy()
    cold[:, place], hot[:, place] = 20.0, 36.0
    assert model.predict_matrix(hot).mean() > 1.7 * model.predict_matrix(cold).mean()
    assert ranked_inputs(model)[0]["input"] == "temperature_ahead"
    (bent,) = effects(builder, model, Questions(line, origin, step, step))
    times = {one["reading"]: one["times"] for one in bent["readings"]}
    assert bent["meaning"] == "temperature in the days ahead" and len(times) == 10
    below, above = (
        [t for r, t in times.items() if low <= r <= high] for low, high in ((0, 29), (31, 40))
    )
    assert max(below) < 1 < 2 * max(below) < min(above), "the threshold at 30 shows in the table"
    late = Questions(line[:1], origin[:1], step[:1] * 5, step[:1] * 5)
    unseen = builder.features(late)[1][0, names.index("temperature_ahead")]
    assert np.isnan(unseen), "what is known two days ahead does not exist five days ahead"


def test_every_forecast_of_the_gradient_model_is_its_start_times_its_factors(planned):
    steps = planned.frames["forecast_reason"].cast({"factor": pl.Float64, "qty_after": pl.Float64})
    assert steps.height, "the gradient model decides for some lines"
    key = ("item_id", "location_id")
    told = steps.sort(*key, "step").group_by(key, maintain_order=True).agg(
        (pl.col("qty_after").first() * pl.col("factor").product()).alias("multiplied"),
        pl.col("qty_after").last().alias("last"),
    )  # fmt: skip
    own = (
        planned.frames["forecast_quantile"]
        .filter("is_protection_interval", pl.col("quantile") == pl.lit(0.5).cast(pl.Decimal(20, 8)))
        .select(*key, pl.col("forecast_mean").cast(pl.Float64), "forecaster")
    )
    both = told.join(own, on=key)
    assert both["forecaster"].unique().to_list() == ["gradient"]
    assert both["last"].to_list() == pytest.approx(both["forecast_mean"].to_list(), rel=1e-6)
    assert both["multiplied"].to_list() == pytest.approx(both["last"].to_list(), rel=1e-5)
