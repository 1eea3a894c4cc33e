"""How a line sold in past periods whose plans were like those of the period asked for.

A kernel mean (Nadaraya, Watson) over the line's own past: each period weighs by how near its price,
deal or other plan lies to the one asked for, and by how long ago it was. It tells what trees find
hard, because every line answers to its own price in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.demand import Floats, Whole
from forecasting.signals import Signal

DECAY = 0.98  # per period: two years ago counts an eighth of last week
PRIOR = 0.2  # periods' worth of the line's usual demand, for plans it has hardly seen


def response(
    values: Floats, signals: Sequence[Signal], line: Whole, origin: Whole, first: Whole, last: Whole
) -> dict[str, Floats]:
    """Logarithm of alike demand less that of usual demand, and of how many periods tell of it.

    values: lines x periods, NaN where nothing is known. Only periods up to the origin are looked
    at, with the plans that were known by then.
    """
    alike = np.full(len(line), np.nan)
    told = np.full(len(line), np.nan)
    demand = np.log1p(values)
    asked = np.stack([origin, first, last], axis=1)
    for at, low, high in np.unique(asked, axis=0).tolist():
        chosen = np.flatnonzero((origin == at) & (first == low) & (last == high))
        lines, past = line[chosen], np.arange(at + 1)
        came = demand[lines][:, past]
        weight = DECAY ** (at - past) * ~np.isnan(came)
        came = np.nan_to_num(came)
        with np.errstate(divide="ignore", invalid="ignore"):
            usual = (weight * came).sum(axis=1) / weight.sum(axis=1)
            near = weight * _nearness(signals, lines, at, low, high)
            known = near.sum(axis=1)
            mean = ((near * came).sum(axis=1) + PRIOR * usual) / (known + PRIOR)
            alike[chosen] = mean - usual
        told[chosen] = np.log(known + 1e-3)
    return {"alike_plans": alike, "alike_plans_known": told}


def _nearness(signals: Sequence[Signal], lines: Whole, at: int, low: int, high: int) -> Floats:
    """Lines x past periods, 1 where every plan was the same; an unknown plan is like any other."""
    count = len(lines)
    every = np.repeat(lines, at + 1)
    past = np.tile(np.arange(at + 1), count)
    origin = np.full(count, at)
    distance = np.zeros((count, at + 1))
    for signal in signals:
        assert signal.band is not None, "only signals with a band say what is alike"
        ahead = signal.mean(lines, origin, origin + low, origin + high)[:, None]
        then = signal.at(every, np.full(len(every), at), past).reshape(count, at + 1)
        if signal.is_relative:
            with np.errstate(divide="ignore", invalid="ignore"):
                apart = np.log(then) - np.log(ahead)
        else:
            apart = then - ahead
        distance += np.nan_to_num(apart / signal.band, posinf=0.0, neginf=0.0) ** 2
    return np.exp(-0.5 * distance)
