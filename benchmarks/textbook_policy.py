"""The policy to beat: mean of days without promotions, lifted where one is planned, plus z sigma."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.demand import Floats, WindowSums
from forecasting.planned import signals_of
from forecasting.planning import Inputs
from forecasting.reorder import Study
from forecasting.safety_stock import interval_deviation
from forecasting.signals import Signal

TRAILING_DAYS, FEWEST_PROMOTED = 120, 20


@dataclass(frozen=True, slots=True)
class Textbook:
    """Demand over each line's interval; a reorder point is mean + z sigma."""

    mean: Floats
    sigma: Floats


def textbook(found: Study, given: Inputs, days: Floats, deviation: Floats) -> Textbook:
    """What was sold in the last 120 days, promotions apart; days without stock do not count."""
    lines = found.lines
    promoted = _promoted(found, given)
    values = lines.values[:, -TRAILING_DAYS:]
    plain = np.where(promoted.past[:, -TRAILING_DAYS:], np.nan, values)
    sums = WindowSums(plain)
    begin = np.zeros(len(values), dtype=np.int64)
    mean, variance = sums.mean_and_variance(begin, begin + values.shape[1], at_least=0.0)
    unmoved = np.where(promoted.past, np.nan, lines.values)
    usual = np.nansum(unmoved, axis=1) / np.maximum((~np.isnan(unmoved)).sum(axis=1), 1)
    lifted = promoted.past & ~np.isnan(lines.values) & (usual > 0)[:, None]
    lift = 1.0
    if lifted.sum() >= FEWEST_PROMOTED:
        base = np.broadcast_to(usual[:, None], lines.values.shape)[lifted].sum()
        lift = max(float(lines.values[lifted].sum() / base), 1.0)
    raised = mean * (1 + (lift - 1) * promoted.ahead_share)
    return Textbook(
        raised * days, np.asarray(interval_deviation(days, raised, variance, deviation**2))
    )


@dataclass(frozen=True, slots=True)
class Promoted:
    """Days of the panel that were in a promotion, and the share of the interval that will be."""

    past: np.ndarray
    ahead_share: Floats


def _promoted(found: Study, given: Inputs) -> Promoted:
    lines = found.lines
    made = signals_of(lines, found.lines.keys, given.events, None, given.items, as_of=lines.origin)
    promotions = [signal for signal in made if signal.name == "promotion"]
    if not promotions:
        return Promoted(np.zeros(lines.values.shape, dtype=bool), np.zeros(len(lines.values)))
    return Promoted(_past(promotions[0], lines.values.shape), _ahead(promotions[0], found))


def _past(signal: Signal, shape: tuple[int, int]) -> np.ndarray:
    layer = signal.layers[0]
    return np.nan_to_num(layer.values[:, : shape[1]]) > 0


def _ahead(signal: Signal, found: Study) -> Floats:
    line = np.arange(found.lines.values.shape[0])
    origin = np.full(len(line), found.lines.days - 1)
    length = found.terms["horizon_days"].to_numpy()
    return signal.mean(line, origin, origin + 1, origin + length)
