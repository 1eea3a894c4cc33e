"""The gradient model as one more forecaster of a panel, trained only on what an origin could know.

A forecaster is asked for many origins. For each it answers with the newest model whose whole
training lies before that origin: targets end at or before the model's cut. Lead times are drawn
per training row from what suppliers showed, so that the model learns the demand of intervals of
uncertain length, not of their mean length.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.baselines import DailyDemand
from forecasting.demand import Floats, Panel, Whole
from forecasting.dispersion import Dispersion, fit_dispersion
from forecasting.features import FeatureBuilder, Questions
from forecasting.gradient import Gradient, Settings, train
from forecasting.rhythm import Rhythm
from forecasting.signals import Signal

WARM_UP, FEWEST_ROWS, HELD_BACK = 28, 400, 0.25
STANDARD_HORIZONS = (7, 14, 28, 56, 91)


@dataclass(frozen=True, slots=True)
class Trained:
    """`cut` is the last period any of its targets touches."""

    cut: int
    gradient: Gradient
    dispersion: Dispersion


@dataclass(frozen=True, slots=True)
class Intervals:
    """What each line has to cover: review and mean lead time, and how the lead time varies."""

    length: Whole
    deviation: Floats


class GradientForecaster:
    """Models by cut; `train_until` adds one, `forecast` answers with the newest that may speak."""

    def __init__(
        self, panel: Panel, rhythm: Rhythm, intervals: Intervals, *, settings: Settings,
        groups: Mapping[str, NDArray[np.int64]] | None = None, signals: Sequence[Signal] = (),
        step: int = 7, library: MutableMapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.kept = library if library is not None else {}
        self.builder = FeatureBuilder(panel, rhythm, groups=groups, signals=signals)
        self.panel, self.intervals, self.settings, self.step = panel, intervals, settings, step
        self.models: list[Trained] = []

    def train_until(self, cut: int, *, dispersion: Dispersion | None = None) -> Trained | None:
        """Train on targets that end by `cut`; None where there is too little to learn from.

        Without a dispersion, the newest part of the rows is held back to measure one.
        """
        asked = self.questions(cut)
        if len(asked) < FEWEST_ROWS:
            return None
        if dispersion is None:
            dispersion = self._held_back(asked)
        trained = Trained(cut, self._train(asked), dispersion)
        self.models = sorted([*self.models, trained], key=lambda model: model.cut)
        return trained

    def _train(self, asked: Questions) -> Gradient:
        return train(self.builder, asked, self.settings, library=self.kept)

    def _held_back(self, asked: Questions) -> Dispersion:
        ends = asked.origin + asked.last
        border = int(np.quantile(ends, 1 - HELD_BACK))
        past, later = asked.take(ends <= border), asked.take(asked.origin >= border)
        if len(past) < FEWEST_ROWS // 2 or len(later) < FEWEST_ROWS // 4:
            past = later = asked
        model = self._train(past)
        answers = self.builder.answers(later)
        actual = np.where(answers.known >= self.settings.known_share, answers.total, np.nan)
        return fit_dispersion(actual, model.predict(self.builder, later))

    def questions(self, cut: int) -> Questions:
        """Two per line and sampled origin: its own interval as a supplier might keep it, and one
        of the standard horizons in turn. The last origins lie as late as their targets allow."""
        lines = self.panel.values.shape[0]
        rng = np.random.default_rng(self.settings.seed)
        made = []
        for turn, origin in enumerate(range(cut - 1, WARM_UP - 1, -self.step)):
            drawn = self.intervals.length + rng.normal(size=lines) * self.intervals.deviation
            standard = STANDARD_HORIZONS[turn % len(STANDARD_HORIZONS)]
            for length in (np.maximum(np.rint(drawn), 1), np.full(lines, standard)):
                made.append((np.arange(lines), np.full(lines, origin), length.astype(np.int64)))
        if not made:
            return Questions(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
        line, origin_, last = (np.concatenate(part) for part in zip(*made, strict=True))
        asked = Questions(line, origin_, np.ones_like(line), last)
        old_enough = asked.origin - self.panel.starts[asked.line] >= WARM_UP
        return asked.take(old_enough & (asked.origin + asked.last <= cut))

    def __call__(self, origins: Whole, horizons: Whole) -> DailyDemand:
        """Mean and variance of a day over each line's horizon; NaN where no model may speak."""
        mean, variance = (np.full(len(origins), np.nan) for _ in range(2))
        line = np.arange(len(origins))
        earliest = origins.min() if len(origins) else 0
        able = [model for model in self.models if model.cut <= earliest]
        if able:
            inside = origins >= 0
            asked = Questions(line, np.maximum(origins, 0), np.ones_like(line), horizons)
            total, spread = self.totals(able[-1], asked)
            mean = np.where(inside, total / horizons, np.nan)
            variance = np.where(inside, spread / horizons, np.nan)
        return DailyDemand(mean, variance)

    def totals(self, model: Trained, asked: Questions) -> tuple[Floats, Floats]:
        """Mean and variance of demand over whole windows."""
        total = model.gradient.predict(self.builder, asked)
        return total, model.dispersion.variance(total)
