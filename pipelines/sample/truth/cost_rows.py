"""What every movement cost and what is left, by every method, one pool for the whole company."""

from __future__ import annotations

from collections.abc import Iterator

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.sample.truth.cost_events import CostEvents
from pipelines.sample.truth.costing import CostSettings, CostTruth, cost_truth
from pipelines.sample.world.company import Company
from pipelines.sample.world.purchase_prices import cost_periods
from pipelines.sample.writers.texts import Row, day, money


def settings_of(company: Company) -> CostSettings:
    """Standards and last costs are those of the item master."""
    parameters = company.parameters
    periods = {
        item.code: cost_periods(item, parameters.supply, parameters.since)
        for item in company.catalogue.items
    }
    return CostSettings(
        standards={
            item: [(since, cost) for cost, since, _ in of_item] for item, of_item in periods.items()
        },
        item_costs={item: of_item[-1][0] for item, of_item in periods.items()},
    )


class CostTruths:
    """Reckoned once, when the first row is asked for."""

    def __init__(self, company: Company) -> None:
        self.events = CostEvents(company)
        self._company = company
        self._truths: dict[str, CostTruth] = {}

    def by(self, method: str) -> CostTruth:
        if method not in self._truths:
            events = [event for event, _ in self.events.posted()]
            self._truths[method] = cost_truth(events, method, settings_of(self._company))
        return self._truths[method]

    def entries(self) -> Iterator[Row]:
        for method in COSTING_METHOD_CODES:
            for entry in self.by(method).entries:
                yield {
                    "costing_method": method,
                    "item_id": entry.item,
                    "movement_id": entry.movement_id,
                    "entry_kind": entry.entry_kind,
                    "date": day(entry.day),
                    "qty": str(entry.qty),
                    "cost_amount": money(entry.cost_amount),
                    "cogs_amount": money(entry.cogs_amount),
                }

    def layers(self) -> Iterator[Row]:
        for method in COSTING_METHOD_CODES:
            for layer in self.by(method).layers:
                yield {
                    "costing_method": method,
                    "item_id": layer.item,
                    "layer_id": layer.layer_id,
                    "qty_remaining": str(layer.qty_remaining),
                    "value_remaining": money(layer.value_remaining),
                }
