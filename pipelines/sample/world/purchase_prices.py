"""What suppliers ask: the cost of an item in company currency, and its price in theirs."""

from __future__ import annotations

from datetime import date, timedelta

from pipelines.sample.parameters import Supply
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.exchange import ONE

CostPeriod = tuple[int, date, date | None]


def cost_periods(item: Item, supply: Supply, first_day: date) -> list[CostPeriod]:
    """Cents a piece with the days on which they hold; goods with a shelf life got a new recipe."""
    if not item.lot_controlled:
        return [(item.cost, first_day, None)]
    since = supply.reformulated_on
    raised = (item.cost * (100 + supply.reformulated_percent) + 50) // 100
    return [(item.cost, first_day, since - timedelta(days=1)), (raised, since, None)]


def cost_on(item: Item, supply: Supply, day: date) -> int:
    *earlier, (latest, since, _) = cost_periods(item, supply, date.min)
    return latest if day >= since else earlier[0][0]


def in_currency(cents: int, rate: int) -> int:
    """Company cents as cents of a currency whose unit costs `rate` millionths."""
    return (2 * cents * ONE + rate) // (2 * rate)
