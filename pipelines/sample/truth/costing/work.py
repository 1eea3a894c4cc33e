"""Jobs: what goes into a kit, a repack or an order on the shop floor comes out in another item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction

from pipelines.sample.truth.costing.events import CostEvent, CostKind
from pipelines.sample.truth.costing.rounding import half_up


class Work:
    """Cents of each job that have gone in and not come out yet.

    A job with one receipt gives it everything. One with several, as when a kit is taken apart,
    divides by their current cost; the last takes what is left, so that the job ends at nothing.
    """

    def __init__(self, events: Iterable[CostEvent]) -> None:
        self._inside: defaultdict[str, int] = defaultdict(int)
        self._expected: defaultdict[str, list[CostEvent]] = defaultdict(list)
        self._weights: dict[str, int] = {}
        for event in events:
            if event.kind is CostKind.WORK_RECEIPT:
                self._expected[event.ref].append(event)

    def put(self, job: str, cost: int) -> None:
        self._inside[job] += cost

    def give(self, event: CostEvent, known: Callable[[CostEvent], Fraction]) -> int:
        waiting = self._expected[event.ref]
        if event.movement_id not in self._weights:
            self._weigh(waiting, known)
        rest = sum(self._weights[other.movement_id] for other in waiting)
        own = self._weights[event.movement_id]
        waiting.remove(event)
        inside = self._inside[event.ref]
        given = half_up(Fraction(inside * own, rest)) if waiting else inside
        self._inside[event.ref] -= given
        return given

    def _weigh(self, receipts: list[CostEvent], known: Callable[[CostEvent], Fraction]) -> None:
        weights = [half_up(known(event) * event.qty) for event in receipts]
        for event, weight in zip(receipts, weights, strict=True):
            self._weights[event.movement_id] = weight if all(weights) else event.qty
