"""Our baselines against statsforecast's: the same figure for the same history, to 1e-6."""

import numpy as np
import polars as pl
import pytest

from forecasting.baselines import LONG_WINDOW, SHORT_WINDOW, SMOOTHING, YEAR, forecasters
from forecasting.demand import Panel
from forecasting.intermittent import croston, imapa, syntetos_boylan, teunter_syntetos_babai
from tests.unit.forecasting.frames import FIRST

theirs = pytest.importorskip(
    "statsforecast.models", reason="statsforecast is not installed: pip install '.[bench]'"
)
DAYS, HORIZON = 500, 14


def histories() -> np.ndarray:
    """Frequent, rare and very rare demand, each from its first demand on."""
    rng = np.random.default_rng(11)
    often = np.array([0.9, 0.9, 0.3, 0.3, 0.05, 0.05])[:, None]
    values = rng.poisson(6, (6, DAYS)) * (rng.random((6, DAYS)) < often)
    values[:, 0] = 3
    return values.astype(np.float64)


def said_by(model: object, values: np.ndarray, horizon: int = HORIZON) -> list[float]:
    """Mean of a model's forecasts over the horizon, per line."""
    return [float(np.mean(model.forecast(y=line, h=horizon)["mean"])) for line in values]


@pytest.mark.parametrize(
    ("ours", "name", "settings"),
    [
        (croston, "CrostonClassic", {}),
        (syntetos_boylan, "CrostonSBA", {}),
        (teunter_syntetos_babai, "TSB", {"alpha_d": 0.1, "alpha_p": 0.1}),
    ],
)
def test_forecasters_of_rare_demand_say_what_statsforecast_says(ours, name, settings):
    values = histories()
    peer = said_by(getattr(theirs, name)(**settings), values)
    np.testing.assert_allclose(ours(values)[:, -1], peer, rtol=1e-6)


def test_imapa_says_what_statsforecast_says():
    values = histories()
    np.testing.assert_allclose(imapa(values), said_by(theirs.IMAPA(), values), rtol=1e-6)


def test_averages_and_the_same_days_a_year_ago_say_what_statsforecast_says():
    values = histories()
    panel = Panel(
        pl.DataFrame({"line": range(6)}), FIRST, values, np.zeros(6, dtype=np.int64)
    )  # fmt: skip
    named = forecasters(panel)
    origins, horizons = np.full(6, DAYS - 1), np.full(6, HORIZON)
    for name, model in {
        "moving_average": theirs.WindowAverage(window_size=SHORT_WINDOW),
        "long_average": theirs.WindowAverage(window_size=LONG_WINDOW),
        "seasonal_naive": theirs.SeasonalNaive(season_length=YEAR),
    }.items():
        mean = named[name](origins, horizons).mean
        np.testing.assert_allclose(mean, said_by(model, values), rtol=1e-6)


def test_exponential_smoothing_says_what_statsforecast_says_from_the_same_start():
    """Theirs starts at the first value, ours at the mean of the first weeks: start both there."""
    values = histories()
    opening = values[:, :SHORT_WINDOW].mean(axis=1, keepdims=True)
    panel = Panel(
        pl.DataFrame({"line": range(6)}), FIRST, values, np.zeros(6, dtype=np.int64)
    )  # fmt: skip
    ours = forecasters(panel)["exponential_smoothing"](np.full(6, DAYS - 1), np.full(6, HORIZON))
    peer = said_by(
        theirs.SimpleExponentialSmoothing(alpha=SMOOTHING), np.hstack([opening, values])
    )  # fmt: skip
    np.testing.assert_allclose(ours.mean, peer, rtol=1e-6)
