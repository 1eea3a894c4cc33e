"""What a forecaster may look at: one row per line, origin and target window, nothing later.

A row asks for the demand of the periods `origin + first .. origin + last`. Every feature is a
window that ends at the origin, the same window a year earlier, or a plan that was known by the
origin. Levels are divided by the line's own scale, so that one forecaster learns from all lines;
the scale goes back onto its answer.

Windows are differences of running sums over the panel (lines x periods), gathered at the sampled
origins only: the full frame of every line, day and window is never built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Floats, Panel, Whole
from forecasting.response import response
from forecasting.rhythm import Rhythm
from forecasting.running_sums import RunningSums, group_sums, smoothed
from forecasting.signals import Signal

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Questions:
    """Parallel arrays: which line, standing where, asked for which periods ahead (1 is the next)."""

    line: Whole
    origin: Whole
    first: Whole
    last: Whole

    def __len__(self) -> int:
        return len(self.line)

    def take(self, chosen: NDArray[np.bool_]) -> Questions:
        return Questions(
            self.line[chosen], self.origin[chosen], self.first[chosen], self.last[chosen]
        )

    @property
    def length(self) -> Whole:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Answers:
    """`scale` per period, in units; `known` is the share of the target's periods with stock."""

    total: Floats
    known: Floats


class FeatureBuilder:
    """Running sums of a panel, made once; features of any questions, as often as wanted."""

    def __init__(
        self,
        panel: Panel,
        rhythm: Rhythm,
        *,
        groups: Mapping[str, NDArray[np.int64]] | None = None,
        signals: Sequence[Signal] = (),
    ) -> None:
        self.panel, self.rhythm, self.signals = panel, rhythm, tuple(signals)
        self.sums = RunningSums(panel.values)
        self.nonzero = RunningSums(np.where(np.isnan(panel.values), np.nan, panel.values != 0))
        self.levels = [smoothed(panel.values, decay) for decay in rhythm.decays]
        everyone = {"everyone": np.zeros(panel.values.shape[0], dtype=np.int64)}
        self.groups = {
            name: (code, group_sums(panel.values, code))
            for name, code in {**everyone, **(groups or {})}.items()
        }
        self.last_sale = _last_sale(panel.values)

    def scale(self, asked: Questions) -> Floats:
        """Mean of a long window, drawn towards the mean of the line's group where little is known."""
        window = self.rhythm.scale_window
        count, total = self.sums.window(asked.line, asked.origin + 1 - window, asked.origin + 1)
        whole, all_total = self.sums.window(
            asked.line, np.zeros_like(asked.origin), asked.origin + 1
        )
        weight = 0.25 * window
        with np.errstate(divide="ignore", invalid="ignore"):
            long = np.where(whole > 0, all_total / whole, 0.0)
        mixed = (total + weight * 0.5 * long) / np.maximum(count + weight * 0.5, 1.0)
        return np.maximum(mixed, 1e-3)

    def answers(self, asked: Questions) -> Answers:
        """What came, filled up to whole length where periods without stock are missing."""
        count, total = self.sums.window(
            asked.line, asked.origin + asked.first, asked.origin + asked.last + 1
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            filled = np.where(count > 0, total * asked.length / count, np.nan)
        return Answers(filled, count / asked.length)

    def features(self, asked: Questions) -> tuple[list[str], Matrix]:
        """Names and float32 columns, NaN where nothing is known."""
        scale = self.scale(asked)
        columns: dict[str, Floats] = {}
        for part in (
            self._recent(asked, scale), self._last_year(asked, scale), self._shape(asked, scale),
            self._of_groups(asked), self._calendar(asked),
        ):  # fmt: skip
            columns |= part
        for signal in self.signals:
            columns |= signal.features(asked.line, asked.origin, asked.first, asked.last)
        alike = [signal for signal in self.signals if signal.band is not None]
        if alike:
            columns |= response(
                self.panel.values, alike, asked.line, asked.origin, asked.first, asked.last
            )
        matrix = np.empty((len(asked), len(columns)), dtype=np.float32)
        for position, column in enumerate(columns.values()):
            matrix[:, position] = column
        return list(columns), matrix

    def _recent(self, asked: Questions, scale: Floats) -> dict[str, Floats]:
        named = {}
        for window in self.rhythm.windows:
            count, total = self.sums.window(asked.line, asked.origin + 1 - window, asked.origin + 1)
            named[f"mean_{window}"] = _ratio(total, count) / scale
        for decay, level in zip(self.rhythm.decays, self.levels, strict=True):
            named[f"smoothed_{decay}"] = level[asked.line, asked.origin] / scale
        return named

    def _last_year(self, asked: Questions, scale: Floats) -> dict[str, Floats]:
        named = {}
        for years in (1, 2):
            back = years * self.rhythm.year
            for margin in (0, self.rhythm.margin, 3 * self.rhythm.margin):
                low = asked.origin + asked.first - back - margin
                high = asked.origin + asked.last - back + margin + 1
                count, total = self.sums.window(asked.line, low, np.minimum(high, asked.origin + 1))
                inside = low >= 0
                named[f"year_{years}_{margin}"] = np.where(
                    inside, _ratio(total, count) / scale, np.nan
                )
        return named

    def _shape(self, asked: Questions, scale: Floats) -> dict[str, Floats]:
        long = self.rhythm.scale_window
        low = asked.origin + 1 - long
        count, total = self.sums.window(asked.line, low, asked.origin + 1)
        squares = self.sums.squares(asked.line, low, asked.origin + 1)
        mean = _ratio(total, count)
        variance = np.maximum(_ratio(squares, count) - mean**2, 0.0)
        _, busy = self.nonzero.window(asked.line, low, asked.origin + 1)
        short = self.rhythm.windows[2]
        seen, _ = self.sums.window(asked.line, asked.origin + 1 - short, asked.origin + 1)
        return {
            "log_scale": np.log(scale),
            "variation": np.sqrt(variance) / scale,
            "share_of_periods_with_demand": _ratio(busy, count),
            "share_in_stock": count / np.minimum(long, asked.origin + 1),
            "share_in_stock_lately": seen / short,
            "since_last_demand": asked.origin - self.last_sale[asked.line, asked.origin],
            "age": np.minimum(asked.origin - self.panel.starts[asked.line], 3 * self.rhythm.year),
        }

    def _of_groups(self, asked: Questions) -> dict[str, Floats]:
        """How the group moves: lately against long, and the season of last year against its base."""
        short, long = self.rhythm.windows[2], self.rhythm.scale_window
        end, year = asked.origin + 1, self.rhythm.year
        named = {}
        for name, (code, sums) in self.groups.items():
            group = code[asked.line]
            lately = _mean(sums, group, end - short, end)
            usual = _mean(sums, group, end - long, end)
            target_then = _mean(
                sums, group, end - 1 + asked.first - year, np.minimum(end + asked.last - year, end)
            )
            lately_then = _mean(sums, group, end - short - year, end - year)
            usual_then = _mean(sums, group, end - long - year, end - year)
            before = end - long - year < 0
            named[f"{name}_trend"] = _ratio(lately, usual)
            named[f"{name}_season"] = np.where(before, np.nan, _ratio(target_then, lately_then))
            named[f"{name}_season_long"] = np.where(before, np.nan, _ratio(target_then, usual_then))
            named[f"{name}_growth"] = np.where(before, np.nan, _ratio(lately, lately_then))
        return named

    def _calendar(self, asked: Questions) -> dict[str, Floats]:
        middle = asked.origin + (asked.first + asked.last) / 2
        year = middle + self.panel.first_day.timetuple().tm_yday * self.rhythm.year / 365.25
        angle = 2 * np.pi * year / self.rhythm.year
        return {
            "first_period_ahead": asked.first.astype(np.float64),
            "length": asked.length.astype(np.float64),
            "season_sine": np.sin(angle),
            "season_cosine": np.cos(angle),
        }


def _mean(sums: RunningSums, line: Whole, low: Whole, high: Whole) -> Floats:
    count, total = sums.window(line, low, high)
    return _ratio(total, count)


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


def _last_sale(values: Floats) -> Whole:
    """Per line and period, the last period up to it that had demand; -1 before any."""
    periods = np.arange(values.shape[1], dtype=np.int32)
    seen = np.where(np.nan_to_num(values) != 0, periods[None, :], np.int32(-1))
    return np.maximum.accumulate(seen, axis=1)
