"""One call for every costing method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.sample.truth.costing.average import AveragePool
from pipelines.sample.truth.costing.bookkeeper import Bookkeeper
from pipelines.sample.truth.costing.entries import CostSettings, CostTruth
from pipelines.sample.truth.costing.events import TRANSFERS, CostEvent, ordered
from pipelines.sample.truth.costing.keeper import NewPool
from pipelines.sample.truth.costing.layers import FifoPool, LifoPool
from pipelines.sample.truth.costing.periodic_average import PeriodicAverageBookkeeper
from pipelines.sample.truth.costing.periodic_lifo import PeriodicLifoBookkeeper
from pipelines.sample.truth.costing.specific import SpecificBookkeeper
from pipelines.sample.truth.costing.standard import StandardBookkeeper, standard_changes
from pipelines.sample.truth.costing.work import Work

Run = Callable[[Sequence[CostEvent], CostSettings], Bookkeeper]


def cost_truth(
    events: Iterable[CostEvent], method: str, settings: CostSettings | None = None
) -> CostTruth:
    """Cost entries, layers left and exceptions of `events` (any order) under one method."""
    chosen = settings or CostSettings()
    told = list(events)
    if method == "standard":
        told += standard_changes(told, chosen)
    if chosen.cost_pool != "location" or method == "specific":  # ruling C5
        told = [event for event in told if event.kind not in TRANSFERS]
    elif "periodic" in method and any(event.kind in TRANSFERS for event in told):
        raise ValueError(f"{method} by location: what a transfer costs is known too late")
    keeper = RUNS[method](ordered(told), chosen)
    return CostTruth(method, tuple(keeper.entries), keeper.layers(), tuple(keeper.flags))


def _one_by_one(keeper: Bookkeeper, events: Sequence[CostEvent]) -> Bookkeeper:
    for event in events:
        keeper.post(event)
    return keeper


def _perpetual(new_pool: NewPool) -> Run:
    def run(events: Sequence[CostEvent], settings: CostSettings) -> Bookkeeper:
        return _one_by_one(Bookkeeper(settings, new_pool, Work(events)), events)

    return run


def _lifo_periodic(events: Sequence[CostEvent], settings: CostSettings) -> Bookkeeper:
    keeper = PeriodicLifoBookkeeper(settings, Work(events))
    keeper.post_all(events)
    return keeper


def _periodic_average(events: Sequence[CostEvent], settings: CostSettings) -> Bookkeeper:
    keeper = PeriodicAverageBookkeeper(settings, Work(events))
    keeper.post_all(events)
    return keeper


def _standard(events: Sequence[CostEvent], settings: CostSettings) -> Bookkeeper:
    return _one_by_one(StandardBookkeeper(settings, Work(events)), events)


def _specific(events: Sequence[CostEvent], settings: CostSettings) -> Bookkeeper:
    return _one_by_one(SpecificBookkeeper(settings, Work(events)), events)


RUNS: dict[str, Run] = {
    "fifo": _perpetual(lambda event: FifoPool()),
    "lifo": _perpetual(lambda event: LifoPool()),
    "lifo_periodic": _lifo_periodic,
    "moving_average": _perpetual(lambda event: AveragePool()),
    "periodic_average": _periodic_average,
    "standard": _standard,
    "specific": _specific,
}
assert set(RUNS) == set(COSTING_METHOD_CODES), "every costing method of the vocabulary is here"
