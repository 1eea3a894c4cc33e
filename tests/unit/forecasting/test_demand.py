from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from forecasting.demand import DemandFault, WindowSums, check_demand, panel
from tests.unit.forecasting.frames import FIRST, demand


def test_a_day_without_stock_is_missing_not_zero():
    lines = panel(demand({("A", "L"): [4, 0, None, 2]}), as_of=date(2024, 12, 31))
    assert lines is not None
    np.testing.assert_array_equal(lines.values, [[4, 0, np.nan, 2]])


def test_history_begins_with_the_first_demand():
    lines = panel(
        demand({("A", "L"): [0, 0, 3, 0], ("B", "L"): [1, 0, 0, 0]}), as_of=FIRST + timedelta(9)
    )
    assert lines is not None
    assert lines.starts.tolist() == [2, 0]
    assert np.isnan(lines.values[0, :2]).all()


def test_nothing_after_as_of_is_seen():
    lines = panel(demand({("A", "L"): [1, 2, 3, 4]}), as_of=FIRST + timedelta(days=1))
    assert lines is not None
    assert lines.origin == FIRST + timedelta(days=1)
    assert lines.values.tolist() == [[1, 2]]


def test_days_beyond_the_watermark_are_unknown():
    frame = demand({("A", "L"): [1, 2, 0, 0]}).with_columns(
        pl.lit(datetime(2024, 1, 2, 20)).alias("watermark_at")
    )
    lines = panel(frame, as_of=FIRST + timedelta(days=3))
    assert lines is not None
    assert lines.values.tolist() == [[1, 2]]


def test_no_demand_gives_no_panel():
    assert panel(demand({("A", "L"): [0, 0]}), as_of=FIRST + timedelta(days=5)) is None
    assert panel(demand({("A", "L"): [1]}).clear(), as_of=FIRST) is None


def test_all_faults_are_told_at_once():
    frame = demand({("A", "L"): [1, 2]})
    doubled = pl.concat([frame, frame]).with_columns(pl.lit(None, pl.String).alias("item_id"))
    with pytest.raises(DemandFault, match=r"item_id is empty in 4 rows; 2 rows repeat"):
        check_demand(doubled)
    with pytest.raises(DemandFault, match="columns missing: is_censored"):
        check_demand(frame.drop("is_censored"))


def test_window_sums_stay_inside_the_panel_and_skip_unknown_days():
    sums = WindowSums(np.array([[1.0, np.nan, 3.0, 5.0]]))
    count, total, square = sums.window(np.array([1]), np.array([9]))
    assert (count[0], total[0], square[0]) == (2, 8, 34)
    mean, variance = sums.mean_and_variance(np.array([1]), np.array([4]), at_least=0.5)
    assert (mean[0], variance[0]) == (4, 2)
    mean, _ = sums.mean_and_variance(np.array([0]), np.array([4]), at_least=0.9)
    assert np.isnan(mean[0])
