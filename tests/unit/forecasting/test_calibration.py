"""Service comes as it was asked for, on days that were not learnt from; and stock-outs do not bias."""

from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from forecasting.calibration import FEWEST_INTERVALS, LEARNT_UP_TO, calibrated
from forecasting.censoring import without_silent_days
from forecasting.demand import Panel
from forecasting.dispersion import count_quantile, share_needed
from forecasting.held_out import DRAWS, WEEKS, HeldOut
from forecasting.own_spread import OwnSpread
from tests.unit.forecasting.frames import FIRST

LINES = 600


def drawn(rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    """Bursty demand around a mean that the forecast does not quite know."""
    true = np.maximum(1.15 * mean + 0.3, 0.01)
    return rng.negative_binomial(0.6, 0.6 / (0.6 + true)).astype(float)


@pytest.fixture(scope="module")
def held() -> tuple[HeldOut, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    now = rng.gamma(0.7, 12.0, LINES)
    means = now * rng.lognormal(0, 0.2, (WEEKS, LINES))
    came = np.stack([drawn(rng, means) for _ in range(DRAWS)], axis=1)
    later = np.stack([drawn(rng, now) for _ in range(40)])
    return HeldOut(means, came, np.ones_like(means)), now, later


@pytest.mark.parametrize("target", [0.90, 0.95, 0.98])
def test_quantiles_that_are_named_wrong_are_set_right_per_volume_class(held, target):
    past, now, later = held
    learnt = calibrated(past, now, np.ones(LINES), np.full(LINES, "X"))
    level = learnt.quantity(learnt.share(np.full(LINES, target)))
    for name in ("X|low", "X|middle", "X|high"):
        mine = learnt.volume == name
        assert np.mean(later[:, mine] <= level[mine]) == pytest.approx(target, abs=0.01)


def test_units_filled_are_what_a_fill_rate_asks_for(held):
    past, now, later = held
    learnt = calibrated(past, now, np.ones(LINES), np.full(LINES, "X"))
    share = learnt.share_for_fill(np.full(LINES, 0.97), now)
    short = np.maximum(later - learnt.quantity(share), 0.0).mean(axis=0)
    assert 1 - short.sum() / now.sum() == pytest.approx(0.97, abs=0.01)


def test_few_intervals_teach_nothing(held):
    past, now, _ = held
    few = (FEWEST_INTERVALS - 1) // WEEKS
    some = HeldOut(past.mean[:, :few], past.actual[:, :, :few], past.ratio[:, :few])
    learnt = calibrated(some, now[:few], np.ones(few), np.full(few, "X"))
    assert np.isnan(learnt.share(np.full(few, 0.95))).all() and not learnt.past


def test_beyond_what_the_past_can_tell_the_uncovered_share_shrinks_as_the_target_asks(held):
    past, now, _ = held
    odd = HeldOut(past.mean, past.actual.copy(), past.ratio)
    odd.actual[:, :, :3] *= 40  # three lines of six hundred were once asked for much more
    learnt, usual = (
        calibrated(one, now, np.ones(LINES), np.full(LINES, "X")) for one in (odd, past)
    )
    at, beyond = (learnt.share(np.full(LINES, one)) for one in (LEARNT_UP_TO, 0.995))
    assert 1 - beyond == pytest.approx((1 - at) / 4, abs=2e-6)
    mine = np.arange(LINES) > 2
    raised = (
        learnt.quantity(beyond)[mine] / usual.quantity(usual.share(np.full(LINES, 0.995)))[mine]
    )
    assert np.median(raised) < 1.5, "three odd lines do not lift the stock of all"


def test_demand_in_lots_spreads_more_than_demand_of_ones_and_is_stocked_for_it():
    rng = np.random.default_rng(6)
    lots = np.repeat([1, 10], 150)
    values = rng.poisson(np.full((300, 400), 2.0) / lots[:, None]) * lots[:, None] * 1.0
    keys = pl.DataFrame({"company_id": "X", "item_id": [str(n) for n in range(300)]})
    panel = Panel(keys, FIRST, values, np.zeros(300, dtype=np.int64))
    spread = OwnSpread(panel)
    ratio = spread.at(np.full(300, 399))
    assert ratio[lots == 1].mean() == pytest.approx(1.2, abs=0.3)
    assert ratio[lots == 10].mean() == pytest.approx(9.0, abs=1.0), "drawn to the usual"
    then = spread.at(np.full(300, 199))
    values[:, 200:] = 999.0
    assert np.array_equal(OwnSpread(panel).at(np.full(300, 199)), then), "nothing later is seen"
    came = values[:, :196].reshape(300, 28, 7).sum(axis=2).T[:26, None, :]
    past = HeldOut(np.full((26, 300), 14.0), came, np.broadcast_to(ratio, (26, 300)))
    learnt = calibrated(past, np.full(300, 14.0), ratio, np.full(300, "X"))
    level = learnt.quantity(learnt.share(np.full(300, 0.95)))
    assert np.median(level[lots == 10]) > 1.3 * np.median(level[lots == 1])
    for lot in (1, 10):
        covered = np.mean(came[:, 0, lots == lot] <= level[lots == lot])
        assert covered == pytest.approx(0.95, abs=0.025)


def test_share_needed_is_the_least_that_covers():
    mean, variance, came = np.array([3.0]), np.array([9.0]), np.array([7.0])
    share = share_needed(came, mean, variance)
    assert count_quantile(mean, variance, share).tolist() == [7]
    assert count_quantile(mean, variance, share - 1e-6).tolist() == [6]
    assert share_needed(np.array([0.0]), mean, variance).tolist() == [0]


def days_of_stock(orders_come_anyway: bool) -> tuple[pl.DataFrame, float]:
    """200 lines x 300 days, a tenth without stock; true mean per day beside."""
    rng = np.random.default_rng(8)
    wanted = rng.poisson(4, (200, 300)) * (rng.random((200, 300)) < 0.25)
    empty = rng.random(wanted.shape) < 0.1
    seen = wanted if orders_come_anyway else np.where(empty, 0, wanted)
    line, day = (part.ravel() for part in np.indices(wanted.shape))
    frame = pl.DataFrame(
        {
            "company_id": "X", "item_id": line.astype(str), "location_id": "L",
            "date": [FIRST + timedelta(days=int(one)) for one in day],
            "demand_qty": seen.ravel(), "in_stock_share": np.where(empty, 0.0, 1.0).ravel(),
            "is_censored": (empty & (seen == 0)).ravel(),
            "demand_basis": np.where(seen.ravel() > 0, "orders", "none"),
        }
    )  # fmt: skip
    return frame, float(wanted.mean())


@pytest.mark.parametrize("orders_come_anyway", [True, False])
def test_a_tenth_of_days_without_stock_moves_the_mean_by_two_per_cent_at_most(orders_come_anyway):
    frame, true = days_of_stock(orders_come_anyway)
    known = without_silent_days(frame)
    assert known["qty"].mean() == pytest.approx(true, rel=0.02)
    assert (known["qty"].null_count() == 0) == orders_come_anyway


def test_a_stock_out_that_the_source_reports_stays_censored():
    frame, _ = days_of_stock(True)
    reported = frame.with_columns(
        pl.when(pl.col("item_id") == "1").then(pl.lit("history")).otherwise("demand_basis")
        .alias("demand_basis")
    )  # fmt: skip
    line = without_silent_days(reported).filter(pl.col("item_id") == "1")
    assert line.filter("is_censored")["qty"].null_count() == line["is_censored"].sum() > 0
