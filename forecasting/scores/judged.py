"""How good an order or an answer was, in the measures that its readers need."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FEWEST_LABELS = 200  # of each class: below it nothing is learnt


def average_precision(happened: NDArray[np.bool_], score: Floats) -> float:
    """Area under precision over recall; of lines that score alike none is before the other."""
    order = np.argsort(-score, kind="stable")
    hits, ranked = np.cumsum(happened[order]), score[order]
    last = np.append(ranked[1:] != ranked[:-1], True)
    found, seen = hits[last], np.flatnonzero(last) + 1
    gained = np.diff(found, prepend=0)
    return float((found / seen) @ gained / max(int(happened.sum()), 1))


def lift(happened: NDArray[np.bool_], score: Floats, share: float) -> float:
    """How much oftener it happened among the foremost `share` of the lines than among all."""
    foremost = np.argsort(-score, kind="stable")[: max(round(share * len(score)), 1)]
    usual = happened.mean()
    return float(happened[foremost].mean() / usual) if usual > 0 else float("nan")


def foremost_sum(worth: Floats, score: Floats, count: int) -> float:
    """What the `count` lines looked at first were worth."""
    return float(worth[np.argsort(-score, kind="stable")[:count]].sum())


def macro_f1(actual: Sequence[str], said: Sequence[str | None], classes: Sequence[str]) -> float:
    """Mean over classes of the harmonic mean of precision and recall; no answer is a miss."""
    actual_, said_ = np.array(actual), np.array([one or "" for one in said])
    made = []
    for name in classes:
        right = float(((actual_ == name) & (said_ == name)).sum())
        both = float((actual_ == name).sum() + (said_ == name).sum())
        made.append(2 * right / both if both else 0.0)
    return float(np.mean(made))


def miscalibration(happened: NDArray[np.bool_], chance: Floats, parts: int = 10) -> float:
    """Mean gap between the chance said and what happened, over parts of like chance."""
    if len(chance) == 0:
        return float("nan")
    order = np.argsort(chance, kind="stable")
    gaps = [
        abs(chance[part].mean() - happened[part].mean()) * len(part)
        for part in np.array_split(order, parts)
        if len(part)
    ]
    return float(sum(gaps) / len(chance))


def surest(right: NDArray[np.bool_], score: Floats, wanted: float, *, fewest: int) -> float | None:
    """Lowest score from which at least `wanted` of the answers were right; None where there is none.

    Fewer than `fewest` answers prove nothing.
    """
    order = np.argsort(-score, kind="stable")
    hits, ranked = np.cumsum(right[order]), score[order]
    last = np.append(ranked[1:] != ranked[:-1], True)
    counted = np.arange(1, len(ranked) + 1)
    good = last & (counted >= fewest) & (hits >= wanted * counted)
    return float(ranked[np.flatnonzero(good)[-1]]) if good.any() else None


def rising(
    score: Floats, happened: NDArray[np.bool_], *, fewest: int = 20
) -> tuple[Floats, Floats]:
    """Steps (score from, chance) of the chance that rises with the score and fits best.

    Lines that score alike stay together, at least `fewest` of them; neighbours that would fall are
    pooled until none does (isotonic regression).
    """
    order = np.argsort(score, kind="stable")
    pools: list[list[float]] = []
    for value, hit in zip(score[order].tolist(), happened[order].tolist(), strict=True):
        if pools and (pools[-1][2] < fewest or pools[-1][3] == value):
            pools[-1][1] += hit
            pools[-1][2] += 1
            pools[-1][3] = value
        else:
            _pool(pools)
            pools.append([value, float(hit), 1.0, value])
    if len(pools) > 1 and pools[-1][2] < fewest:
        _merge(pools)
    _pool(pools)
    return np.array([pool[0] for pool in pools]), np.array([pool[1] / pool[2] for pool in pools])


def _pool(pools: list[list[float]]) -> None:
    """While the last would fall against the one before, they are one."""
    while len(pools) > 1 and pools[-2][1] * pools[-1][2] >= pools[-1][1] * pools[-2][2]:
        _merge(pools)


def _merge(pools: list[list[float]]) -> None:
    _, hits, number, last = pools.pop()
    pools[-1][1:] = [pools[-1][1] + hits, pools[-1][2] + number, last]


def chance_of(steps: tuple[Floats, Floats], score: Floats) -> Floats:
    """The chance that the steps give each score; below the first step the first one's."""
    starts, chance = steps
    return chance[np.maximum(np.searchsorted(starts, score, side="right") - 1, 0)]
