"""Plans and signals beside demand: what was said about a period, and since when it was known.

A cell that became known after the origin does not exist for that origin: a measured temperature
of next week, a promotion announced tomorrow. The mask is taken per row, so that training sees
each past day with the eyes of that day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Floats, Whole


@dataclass(frozen=True, slots=True)
class Layer:
    """`values[row, period]`, usable from the period `known[row, period]` on; NaN: never stated."""

    values: Floats
    known: NDArray[np.int32]

    def at(self, row: Whole, origin: Whole, period: Whole) -> Floats:
        inside = (period >= 0) & (period < self.values.shape[1])
        place = np.clip(period, 0, self.values.shape[1] - 1)
        usable = inside & (self.known[row, place] <= origin)
        return np.where(usable, self.values[row, place], np.nan)


@dataclass(frozen=True, slots=True)
class Signal:
    """What was measured, and before that what was foreseen, about each period.

    One row serves all lines, else `row_of[line]` names it. Periods may reach beyond the panel:
    that is where plans are. unknown: what a period has about which nothing was known: NaN for a
    reading, 0 for an event that nobody had announced.
    before: how many single periods before the target are shown, because a deal leaves pantries full.
    band: how far a past period's value may lie for that period to tell of this one, in the signal's
    own unit, or as a logarithm of the ratio where it is relative; none: it says nothing of alike.
    """

    name: str
    layers: tuple[Layer, ...]
    row_of: Whole | None = None
    unknown: float = np.nan
    is_relative: bool = False
    recent: int = 0
    before: int = 0
    band: float | None = None

    def at(self, line: Whole, origin: Whole, period: Whole) -> Floats:
        """The first layer that has something the origin could know."""
        row = self.row_of[line] if self.row_of is not None else np.zeros_like(line)
        value = np.full(len(line), np.nan)
        for layer in self.layers:
            value = np.where(np.isnan(value), layer.at(row, origin, period), value)
        return np.where(np.isnan(value), self.unknown, value)

    def mean(self, line: Whole, origin: Whole, low: Whole, high: Whole) -> Floats:
        """Mean of the cells low .. high that were known at the origin; NaN where none was."""
        total, count = np.zeros(len(line)), np.zeros(len(line))
        longest = int((high - low).max()) + 1 if len(line) else 0
        for step in range(longest):
            period = low + step
            value = self.at(line, origin, period)
            here = (period <= high) & ~np.isnan(value)
            total += np.where(here, value, 0.0)
            count += here
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(count > 0, total / count, np.nan)

    def features(self, line: Whole, origin: Whole, first: Whole, last: Whole) -> dict[str, Floats]:
        """The signal over the target window, and against the recent past where that matters."""
        ahead = self.mean(line, origin, origin + first, origin + last)
        named = {f"{self.name}_ahead": ahead}
        if self.recent:
            lately = self.mean(line, origin, origin + 1 - self.recent, origin)
            named[f"{self.name}_lately"] = lately
            if self.is_relative:
                with np.errstate(divide="ignore", invalid="ignore"):
                    named[f"{self.name}_change"] = np.where(lately > 0, ahead / lately, np.nan)
        for back in range(1, self.before + 1):
            then = self.at(line, origin, origin + first - back)
            if self.is_relative:
                with np.errstate(divide="ignore", invalid="ignore"):
                    then = np.where(then > 0, ahead / then, np.nan)
            named[f"{self.name}_{back}_before"] = then
        return named
