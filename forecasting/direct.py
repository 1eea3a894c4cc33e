"""The gradient model over single periods ahead, for policies that look at each of them.

Trained twice: once on the older part of history, to measure its spread and to try the policy on
periods it never saw; once on everything, to decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Floats, Panel
from forecasting.dispersion import Dispersion, fit_dispersion
from forecasting.features import FeatureBuilder, Questions
from forecasting.gradient import Gradient, Settings, train
from forecasting.lost_sales import Outlook
from forecasting.rhythm import Rhythm
from forecasting.signals import Signal


@dataclass(frozen=True, slots=True)
class Direct:
    """How a panel is asked: its rhythm, the periods ahead, what lines share, what was planned."""

    rhythm: Rhythm
    steps: tuple[int, ...]
    settings: Settings
    groups: Mapping[str, NDArray[np.int64]]
    signals: Sequence[Signal] = ()
    warm_up: int = 8
    first_origin: int = 20

    def builder(self, panel: Panel) -> FeatureBuilder:
        return FeatureBuilder(panel, self.rhythm, groups=self.groups, signals=self.signals)

    def questions(self, panel: Panel, origins: Sequence[int]) -> Questions:
        """Every line that is old enough, every origin, every step."""
        grid = np.meshgrid(
            np.arange(panel.values.shape[0]), np.array(origins, dtype=np.int64),
            np.array(self.steps, dtype=np.int64), indexing="ij",
        )  # fmt: skip
        line, origin, step = (part.ravel() for part in grid)
        asked = Questions(line, origin, step, step)
        return asked.take(origin >= panel.starts[line] + self.warm_up)

    def trained(self, panel: Panel, *, until: int) -> Gradient:
        """Learns from targets up to the period `until`, the last one included."""
        asked = self.questions(panel, range(self.first_origin, until))
        return train(
            self.builder(panel), asked.take(asked.origin + asked.last <= until), self.settings
        )

    def spread(self, panel: Panel, model: Gradient, *, since: int) -> Dispersion:
        """Measured on targets that all lie after `since`, where the model ended."""
        builder = self.builder(panel)
        asked = self.questions(panel, range(since, panel.days - 1))
        asked = asked.take(asked.origin + asked.last < panel.days)
        answers = builder.answers(asked)
        actual = np.where(answers.known > 0, answers.total, np.nan)
        return fit_dispersion(actual, model.predict(builder, asked))

    def mean(self, panel: Panel, model: Gradient, origin: int) -> Floats:
        """Expected demand per line and step (lines x steps); nothing later is looked at."""
        lines = panel.values.shape[0]
        step = np.tile(np.array(self.steps, dtype=np.int64), lines)
        line = np.repeat(np.arange(lines), len(self.steps))
        asked = Questions(line, np.full(len(line), origin), step, step)
        mean = model.predict(self.builder(_until(panel, origin)), asked)
        return mean.reshape(lines, len(self.steps))

    def outlook(self, panel: Panel, model: Gradient, spread: Dispersion, origin: int) -> Outlook:
        """Mean and variance per line and step from one origin."""
        mean = self.mean(panel, model, origin)
        return Outlook(mean, spread.variance(mean))


def _until(panel: Panel, origin: int) -> Panel:
    return Panel(panel.keys, panel.first_day, panel.values[:, : origin + 1], panel.starts)


def imputed(values: Floats, guesses: Floats) -> Floats:
    """Demand of periods without stock, taken to be what was forecast."""
    return np.where(np.isnan(values), np.rint(guesses), values)
