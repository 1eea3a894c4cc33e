"""Which open items make up a payment that names none of them.

The number of subsets grows with two to the power of the items, and a customer may have hundreds of
equal ones open. So sums are kept, not subsets: a payment reaches a sum with a number of items in
one way, in two or more, or not at all, and what is reached in two ways need not be counted further.
The sums of real amounts are few; amounts made to be many stop the search at a fixed number of
steps, and then nothing is said at all. Nothing is guessed: one subset is an answer, two are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MANY = 2  # more ways than one; how many more does not matter


class Verdict(StrEnum):
    """What the search came to."""

    UNIQUE = "unique"
    NOT_UNIQUE = "not unique"
    NONE = "none"
    GAVE_UP = "gave up"


@dataclass(frozen=True, slots=True)
class Limits:
    """How far the search goes.

    items: so many may make up one payment. steps: so many sums are tried.
    tolerance: a payment may differ by so much, in the unit of the amounts.
    """

    items: int
    steps: int
    tolerance: int


@dataclass(frozen=True, slots=True)
class Subset:
    """The answer: item -> which of its prices was paid; empty unless the verdict is unique."""

    verdict: Verdict
    chosen: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Way:
    """One way to a sum, as a chain from the last item back, and whether there is another."""

    count: int
    item: int
    price: int
    before: _Way | None


_Sums = dict[tuple[int, int], _Way]  # (sum, items) -> way


def unique_subset(prices: Sequence[Sequence[int]], target: int, limits: Limits) -> Subset:
    """The one subset of items whose prices sum to the target, if there is exactly one.

    prices: for each item the amounts that would settle it (the whole, or less the discount), in
    any whole unit; negative ones are credits. A subset that meets the target wins over those within
    the tolerance. The order of the items decides nothing.
    """
    order = sorted(range(len(prices)), key=lambda item: (prices[item][0] > 0, -prices[item][0]))
    sums, is_whole = _reached(prices, order, target, limits)
    exact = [way for (total, count), way in sums.items() if total == target and count > 0]
    near = [
        way
        for (total, count), way in sums.items()
        if count > 0 and abs(total - target) <= limits.tolerance
    ]
    for ways in (exact, near):
        found = sum(way.count for way in ways)
        if found >= MANY:
            return Subset(Verdict.NOT_UNIQUE)
        if not is_whole:
            return Subset(Verdict.GAVE_UP)
        if found == 1:
            return Subset(Verdict.UNIQUE, _chosen(next(way for way in ways if way.count == 1)))
    return Subset(Verdict.NONE)


def _reached(
    prices: Sequence[Sequence[int]], order: Sequence[int], target: int, limits: Limits
) -> tuple[_Sums, bool]:
    """Every sum that can still lead to the target, and whether the search came to its end."""
    ceiling = target + limits.tolerance
    floor = target - limits.tolerance
    to_come = sum(max(max(prices[item]), 0) for item in order)
    credits_to_come = sum(min(min(prices[item]), 0) for item in order)
    sums: _Sums = {(0, 0): _Way(1, -1, -1, None)}
    steps = 0
    for item in order:
        to_come -= max(max(prices[item]), 0)
        credits_to_come -= min(min(prices[item]), 0)
        for (total, count), way in list(sums.items()):
            if count == limits.items:
                continue
            for price, amount in enumerate(prices[item]):
                reached = total + amount
                steps += 1
                if reached + credits_to_come > ceiling or reached + to_come < floor:
                    continue
                known = sums.get((reached, count + 1))
                # a way found now must not be walked on with the same item: `list` froze the rest
                if known is None:
                    sums[reached, count + 1] = _Way(way.count, item, price, way)
                elif known.count < MANY:
                    sums[reached, count + 1] = _Way(MANY, known.item, known.price, known.before)
        if steps > limits.steps:
            return sums, False
        sums = {key: way for key, way in sums.items() if key[0] + to_come >= floor}
    return sums, True


def _chosen(way: _Way) -> tuple[tuple[int, int], ...]:
    """Items of a way with their prices, in the order in which they were given."""
    chain = []
    step: _Way | None = way
    while step is not None and step.item >= 0:
        chain.append((step.item, step.price))
        step = step.before
    return tuple(sorted(chain))
