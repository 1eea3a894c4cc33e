from datetime import timedelta

import numpy as np
import pytest

from forecasting.backtest import backtest, pinball
from forecasting.baselines import DailyDemand, forecasters, quantile
from forecasting.demand import Panel, panel
from forecasting.segments import segments
from tests.unit.forecasting.frames import FIRST, demand

AFTER_ALL = FIRST + timedelta(days=2000)


def panel_of(*series: list[int | None]) -> Panel:
    lines = panel(demand({(f"I{n}", "L"): s for n, s in enumerate(series)}), as_of=AFTER_ALL)
    assert lines is not None
    return lines


def test_pinball_weighs_the_two_sides_by_the_share():
    assert pinball(np.array([10.0]), np.array([8.0]), 0.9).tolist() == pytest.approx([1.8])
    assert pinball(np.array([8.0]), np.array([10.0]), 0.9).tolist() == pytest.approx([0.2])


def test_segments_of_syntetos_and_boylan():
    steady, wild = [5] * 140, [1, 9] * 70
    rare, rare_and_wild = [4, 0, 0, 0] * 35, [1, 0, 0, 0, 30, 0, 0, 0] * 18
    lines = panel_of(steady, wild, rare, rare_and_wild[:140], [0] * 100 + [2] * 40)
    assert segments(lines).tolist() == ["smooth", "erratic", "intermittent", "lumpy", "new"]


def test_no_forecaster_looks_past_its_origin():
    seen = list(range(1, 401))
    changed = seen[:300] + [9999] * 100
    origins, horizons = np.array([299]), np.array([20])
    for name in forecasters(panel_of(seen)):
        before = forecasters(panel_of(seen))[name](origins, horizons)
        after = forecasters(panel_of(changed))[name](origins, horizons)
        np.testing.assert_array_equal(before.mean, after.mean)
        np.testing.assert_array_equal(before.variance, after.variance)


def test_baselines_say_what_their_names_say():
    year = [2] * 364 + [8] * 60
    named = forecasters(panel_of(year))
    origins, horizons = np.array([len(year) - 1]), np.array([10])
    assert named["moving_average"](origins, horizons).mean.tolist() == [8]
    assert named["long_average"](origins, horizons).mean.tolist() == [5]
    assert named["seasonal_naive"](origins, horizons).mean.tolist() == [2]
    assert 6 < named["exponential_smoothing"](origins, horizons).mean[0] < 8


def test_seasonal_forecasters_are_silent_without_a_year():
    named = forecasters(panel_of([3] * 200))
    for name in ("seasonal_naive", "seasonal_window_average"):
        assert np.isnan(named[name](np.array([199]), np.array([10])).mean[0])


def test_censored_days_do_not_bias_the_mean():
    rng = np.random.default_rng(7)
    true = rng.poisson(6, size=(40, 200))
    series = [[None if rng.random() < 0.1 else int(q) for q in line] for line in true]
    mean = forecasters(panel_of(*series))["long_average"](
        np.full(40, 199), np.full(40, 14)
    ).mean  # fmt: skip
    assert abs(mean.mean() / true[:, -120:].mean() - 1) <= 0.02


def test_champion_is_who_forecasts_the_segment_best_over_at_least_three_rounds():
    rng = np.random.default_rng(3)
    steady = [[int(q) for q in rng.poisson(9, 500)] for _ in range(12)]
    lines = panel_of(*steady)
    tested = backtest(lines, forecasters(lines), np.full(12, 14))
    assert (tested.rounds == 6).all()
    assert set(tested.champion) <= {"long_average", "exponential_smoothing", "moving_average"}
    naive = tested.by_segment.filter(forecaster="seasonal_naive")
    assert naive.height == 1, "the seasonal naive is always in the table"
    best = tested.by_segment.filter("is_champion")
    assert best["pinball_scaled"][0] == min(
        tested.by_segment.filter("is_candidate")["pinball_scaled"]
    )


def test_a_forecaster_that_is_mostly_silent_is_no_candidate():
    lines = panel_of([4] * 500)

    def clairvoyant_but_shy(origins, horizons):
        return DailyDemand(np.where(origins > 480, 4.0, np.nan), np.zeros(len(origins)))

    named = {"moving_average": forecasters(lines)["moving_average"], "shy": clairvoyant_but_shy}
    tested = backtest(lines, named, np.array([14]))
    assert tested.champion.tolist() == ["moving_average"]
    assert tested.by_segment.filter(forecaster="shy")["is_candidate"].to_list() == [False]


def test_quantiles_do_not_cross_and_are_not_negative():
    rng = np.random.default_rng(1)
    mean, variance = rng.uniform(0, 20, 300), rng.uniform(0, 400, 300)
    median, upper = quantile(mean, variance, 0.5), quantile(mean, variance, 0.9)
    assert (median >= 0).all() and (median <= upper).all()
    assert quantile(np.array([0.0]), np.array([3.0]), 0.9).tolist() == [0]
