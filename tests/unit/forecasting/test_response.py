"""What past periods with like plans tell, reckoned by hand; nothing later than the origin counts."""

import numpy as np
import pytest

from forecasting.response import DECAY, PRIOR, response
from forecasting.signals import Layer, Signal

LONG_AGO = np.int32(-1000)


def _signal(name, values, *, known=None, band=0.5, is_relative=False, before=0):
    cells = np.array(values, dtype=float)
    since = np.full(cells.shape, LONG_AGO) if known is None else np.array(known, dtype=np.int32)
    rows = np.arange(len(cells))
    return Signal(
        name, (Layer(cells, since),), rows, is_relative=is_relative, band=band, before=before
    )


def _asked(values, signals, *, origin, step=1):
    one = np.array([step])
    told = response(
        np.array(values, dtype=float), signals, np.array([0]), np.array([origin]), one, one
    )
    return float(told["alike_plans"][0]), float(told["alike_plans_known"][0])


def test_a_period_weighs_by_how_near_its_plan_lies_and_how_long_ago_it_was():
    deal = _signal("deal", [[1, 0, 0, 1]], band=0.5)
    alike, told = _asked([[20, 10, 10]], [deal], origin=2)
    far = np.exp(-0.5 * (1 / 0.5) ** 2)
    age = DECAY ** np.array([2, 1, 0])
    came = np.log1p([20, 10, 10])
    usual = (age * came).sum() / age.sum()
    near = age * np.array([1, far, far])
    assert told == pytest.approx(np.log(near.sum() + 1e-3))
    assert alike == pytest.approx(
        ((near * came).sum() + PRIOR * usual) / (near.sum() + PRIOR) - usual
    )
    assert alike > 0.2, "it sold more in deals, and a deal is asked for"


def test_prices_are_near_by_their_ratio():
    price = [[100, 50, 100, 100, 104]]
    relative = _signal("price", price, band=0.06, is_relative=True)
    cheap = _signal("price", [[100, 50, 100, 100, 51]], band=0.06, is_relative=True)
    sold = [[10, 30, 10, 10]]
    assert _asked(sold, [relative], origin=3)[0] < 0
    assert _asked(sold, [cheap], origin=3)[0] > 0.5


def test_nothing_after_the_origin_is_looked_at_and_no_plan_before_it_was_known():
    deal = _signal("deal", [[1, 0, 1, 0, 0, 1]])
    before = _asked([[20, 10, 20, 10, np.nan, np.nan]], [deal], origin=3, step=2)
    after = _asked([[20, 10, 20, 10, 9999, 9999]], [deal], origin=3, step=2)
    assert before == after
    told_later = _signal("deal", [[1, 0, 1, 0, 0, 1]], known=[[-9, -9, -9, -9, -9, 5]])
    assert _asked([[20, 10, 20, 10]], [told_later], origin=3, step=2)[0] == pytest.approx(0)


def test_periods_without_stock_and_lines_without_a_past_tell_nothing():
    deal = _signal("deal", [[1, 0, 1]])
    alike, told = _asked([[np.nan, 10]], [deal], origin=1)
    assert alike == pytest.approx(0), "all that is known is what is usual"
    assert told < 0
    assert np.isnan(_asked([[np.nan, np.nan]], [deal], origin=1)[0])


def test_the_plans_of_single_periods_before_the_target_are_shown():
    deal = _signal("deal", [[1, 0, 0, 1, 0]], before=3)
    one = np.array([1])
    shown = deal.features(np.array([0]), np.array([2]), one, one)
    assert [shown[f"deal_{back}_before"][0] for back in (1, 2, 3)] == [0, 0, 1]
    price = _signal("price", [[10, 20, 40, 30]], is_relative=True, before=2)
    shown = price.features(np.array([0]), np.array([2]), one, one)
    assert [shown[f"price_{back}_before"][0] for back in (1, 2)] == [0.75, 1.5]
