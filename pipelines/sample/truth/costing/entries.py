"""What costing answers: a row per value event, what is left at the end, and what was odd."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

Unit = Fraction | int  # cents per piece


@dataclass(frozen=True, slots=True)
class CostEntry:
    """One value event of one movement; cents. `entry_kind` is one of fct_cost_entry.

    `qty` and `cost_amount` are the signed change of stock. `cogs_amount` is what the same event
    charges (+) to profit and loss: cost of sales, count differences, scrap, price variances. The
    two together are what came from outside (a supplier, a carrier, a job): an issue adds up to
    nothing, a receipt to its price. `caused_by` of a true-up is the movement whose cost it
    corrects; of everything else the movement it belongs to.
    """

    movement_id: str
    entry_kind: str
    item: str
    day: date
    qty: int
    cost_amount: int
    cogs_amount: int
    caused_by: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class LayerLeft:
    """Pieces and cents left in a layer; `layer_id` is "" for the one row of an average pool.

    A layer below zero is owed to the issue it is named after, at the provisional cost.
    """

    item: str
    layer_id: str
    qty_remaining: int
    value_remaining: int
    scope: str = ""


@dataclass(frozen=True, slots=True)
class CostFlag:
    """An exception that the valuation itself can see: RETURN_UNLINKED, SPECIFIC_ID_MISSING."""

    code: str
    movement_id: str
    item: str


@dataclass(frozen=True, slots=True)
class CostTruth:
    method: str
    entries: tuple[CostEntry, ...]
    layers: tuple[LayerLeft, ...]
    flags: tuple[CostFlag, ...]


def calendar_year(day: date) -> int:
    return day.year


@dataclass(frozen=True, slots=True)
class CostSettings:
    """What the methods need to know beside the events.

    `cost_pool` is company, location or lot. `item_costs` is the item master's cost `last`, used
    where an item was never received (ruling C9); `standards` holds for each item (valid from,
    unit cost) in any order. A period of the periodic average that ends after `closed_through` is
    still open: its issues stay provisional. None: every period is over.
    """

    cost_pool: str = "company"
    standards: Mapping[str, Sequence[tuple[date, Unit]]] = field(default_factory=dict)
    item_costs: Mapping[str, Unit] = field(default_factory=dict)
    average_period: str = "month"
    closed_through: date | None = None
    year_of: Callable[[date], int] = calendar_year

    def standard_on(self, item: str, day: date) -> Fraction | None:
        held = [(since, unit) for since, unit in self.standards.get(item, ()) if since <= day]
        return Fraction(max(held)[1]) if held else None
