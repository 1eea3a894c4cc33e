"""Demand as a panel: one line per item and location, one column per day.

A censored day (nothing in stock, so nothing could be sold) is missing, not zero: `censoring.py`
says which days these are. So is a day the table does not hold. Days before the first demand of a
line are not history: the item was not there yet, or nobody knew it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forecasting.censoring import KEY, without_silent_days

NEEDED = (*KEY, "date", "demand_qty", "is_censored")

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class DemandFault(ValueError):
    """The demand table is not what the forecast may rely on; the message lists every reason."""


@dataclass(frozen=True, slots=True)
class Panel:
    """`values[line, day]`, NaN where unknown; `starts[line]` is the first day of history."""

    keys: pl.DataFrame
    first_day: date
    values: Floats
    starts: Whole

    @property
    def days(self) -> int:
        return self.values.shape[1]

    @property
    def demand_interval(self) -> Floats:
        """Known periods per period with demand (ADI)."""
        known = ~np.isnan(self.values)
        return known.sum(axis=1) / np.maximum((np.nan_to_num(self.values) != 0).sum(axis=1), 1)

    @property
    def origin(self) -> date:
        """Last day that is known."""
        return self.first_day + timedelta(days=self.days - 1)


def check_demand(demand: pl.DataFrame) -> None:
    """Raises DemandFault with all that is wrong at once."""
    absent = [name for name in NEEDED if name not in demand.columns]
    if absent:
        raise DemandFault(f"fct_demand: columns missing: {', '.join(absent)}")
    faults = []
    for name in (*KEY, "date"):
        empty = demand[name].null_count()
        if empty:
            faults.append(f"{name} is empty in {empty} rows")
    twice = demand.height - demand.select(*KEY, "date").unique().height
    if twice:
        faults.append(f"{twice} rows repeat an item, location and day")
    if faults:
        raise DemandFault("fct_demand: " + "; ".join(faults))


def panel(demand: pl.DataFrame, *, as_of: date) -> Panel | None:
    """The days up to `as_of`; None where no line ever had demand by then."""
    check_demand(demand)
    known = without_silent_days(demand.filter(_known_by(demand, as_of))).select(*KEY, "date", "qty")
    sold = known.filter(pl.col("qty").fill_null(0) != 0)
    if sold.is_empty():
        return None
    keys = sold.select(KEY).unique().sort(KEY).with_row_index("line")
    first_day: date = sold["date"].min()  # type: ignore[assignment]
    last_day: date = known["date"].max()  # type: ignore[assignment]
    placed = known.join(keys, on=KEY).with_columns(
        (pl.col("date") - first_day).dt.total_days().alias("day")
    )
    values = np.full((keys.height, (last_day - first_day).days + 1), np.nan)
    placed = placed.filter(pl.col("day") >= 0)
    values[placed["line"].to_numpy(), placed["day"].to_numpy()] = placed["qty"].to_numpy()
    starts = np.argmax(np.nan_to_num(values) != 0, axis=1)
    values[np.arange(values.shape[1])[None, :] < starts[:, None]] = np.nan
    return Panel(keys.drop("line"), first_day, values, starts.astype(np.int64))


def _known_by(demand: pl.DataFrame, as_of: date) -> pl.Expr:
    """Days that the data behind the table reaches: beyond its watermark an empty day says nothing."""
    in_time = pl.col("date") <= as_of
    if "watermark_at" not in demand.columns:
        return in_time
    reached = pl.col("watermark_at").cast(pl.Date)
    return in_time & (pl.col("date") <= reached.fill_null(as_of))


class WindowSums:
    """Count, sum and sum of squares of the known days of any window, by cumulative sums."""

    def __init__(self, values: Floats) -> None:
        known = ~np.isnan(values)
        filled = np.where(known, values, 0.0)
        self._count = _cumulative(known.astype(np.float64))
        self._sum = _cumulative(filled)
        self._square = _cumulative(filled**2)
        self._last = values.shape[1]

    def window(self, first: Whole, end: Whole) -> tuple[Floats, Floats, Floats]:
        """Per line, days first .. end - 1, as far as they lie inside the panel."""
        low, high = np.clip(first, 0, self._last), np.clip(end, 0, self._last)
        high = np.maximum(low, high)
        line = np.arange(len(low))
        count, total, square = (
            sums[line, high] - sums[line, low] for sums in (self._count, self._sum, self._square)
        )
        return count, total, square

    def mean_and_variance(
        self, first: Whole, end: Whole, *, at_least: float
    ) -> tuple[Floats, Floats]:
        """Of the known days; NaN where fewer than `at_least` of the days asked for are known."""
        count, total, square = self.window(first, end)
        enough = (count >= np.maximum(at_least * (end - first), 2)) & (first >= 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = total / count
            variance = np.maximum(square - total * mean, 0.0) / (count - 1)
        return np.where(enough, mean, np.nan), np.where(enough, variance, np.nan)


def _cumulative(values: Floats) -> Floats:
    return np.concatenate([np.zeros((values.shape[0], 1)), np.cumsum(values, axis=1)], axis=1)
