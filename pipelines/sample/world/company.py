"""The company while it lives: its books, its numbering, who listens, and what it told today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.sample.faults.plan import FaultPlan
from pipelines.sample.happenings import Happening, StockMoved
from pipelines.sample.parameters import Parameters
from pipelines.sample.world import calendar, catalogue
from pipelines.sample.world.books import StockBook
from pipelines.sample.world.costs import FifoBook, MovingAverageBook, ValueBook
from pipelines.sample.world.events import FORMS
from pipelines.sample.world.exchange import Exchange
from pipelines.sample.world.prices import PriceBook
from pipelines.sample.world.turns import Turns

# The methods by which a company keeps its own books.
COST_BOOKS: dict[str, type[FifoBook | MovingAverageBook]] = {
    "fifo": FifoBook,
    "moving_average": MovingAverageBook,
}


class Company:
    """One stream of random numbers per department, so that a fault never changes the demand."""

    def __init__(self, parameters: Parameters, seed: int) -> None:
        self.parameters = parameters
        self.seed = seed
        self.zone = ZoneInfo(parameters.timezone)
        self.catalogue = catalogue.build(parameters, seed)
        self.prices = PriceBook(self.catalogue.prices)
        self.exchange = Exchange(parameters.currency, parameters.since, parameters.last_day, seed)
        self.items = {item.code: item for item in self.catalogue.items}
        self.customers = {customer.code: customer for customer in self.catalogue.customers}
        self.suppliers = {supplier.code: supplier for supplier in self.catalogue.suppliers}
        self.locations = {location.code: location for location in self.catalogue.locations}
        self.warehouses = [place for place in self.catalogue.locations if place.is_stocked]
        self.bought = [item for item in self.catalogue.items if item.is_bought]
        self.stock = StockBook()
        # pieces by place and item that papers sent away and the book still has
        self.gone_on_paper: Counter[tuple[str, str]] = Counter()
        book = COST_BOOKS[parameters.costing]
        self.cost: ValueBook = book({item.code: item.cost for item in self.catalogue.items})
        self.turns = Turns()
        self.faults = FaultPlan(parameters, seed)
        self._numbers: dict[str, int] = {}
        self._moments: dict[tuple[date, int], datetime] = {}
        self._business_days: dict[tuple[date, int], date] = {}
        self._told: list[Happening] = []
        self._listeners: dict[type, list[Callable[[Any], None]]] = {}

    def stream(self, department: str) -> Random:
        return Random(f"{self.seed}/{self.parameters.company_id}/{department}")

    def number(self, prefix: str, *, first: int = 100001) -> str:
        first += self.parameters.first_numbers
        self._numbers[prefix] = self._numbers.get(prefix, first - 1) + 1
        return f"{prefix}{self._numbers[prefix]}"

    def moment(self, day: date, minute_of_day: int) -> datetime:
        """The same moment is the same object, which spares memory and time."""
        known = self._moments.get((day, minute_of_day))
        if known is None:
            known = calendar.moment(day, minute_of_day=minute_of_day, zone=self.zone)
            self._moments[day, minute_of_day] = known
        return known

    def is_business_day(self, day: date) -> bool:
        return calendar.is_business_day(day, self.parameters.country)

    def next_business_day(self, day: date, *, steps: int = 1) -> date:
        known = self._business_days.get((day, steps))
        if known is None:
            country = self.parameters.country
            known = calendar.next_business_day(day, steps=steps, country=country)
            self._business_days[day, steps] = known
        return known

    def business_day_of(self, day: date, wanted: int) -> date:
        """The wanted day of the month of `day`, or the first business day after it."""
        return calendar.business_day_of(day, wanted, self.parameters.country)

    def listen(self, kind: type, hears: Callable[[Any], None]) -> None:
        """Whenever a happening of `kind` is told, `hears` is called with it at once."""
        self._listeners.setdefault(kind, []).append(hears)

    def tell(self, happening: Happening) -> None:
        self._told.append(happening)
        for hears in self._listeners.get(type(happening), ()):
            hears(happening)

    def check_value(self) -> None:
        """The pools of value hold the pieces that are ours, wherever they lie, and no others."""
        for item in self.items:
            ours, valued = self.stock.pooled[item], self.cost.qty[item]
            assert ours == valued, f"{item}: {ours} pieces are ours, {valued} have a value"

    def worth(self, item: str, qty: int) -> int:
        """Cents of so many pieces that are ours, at what the pool holds them at today."""
        held = self.cost.qty[item]
        return (2 * self.cost.value[item] * qty + held) // (2 * held) if held else 0

    def worth_in_place(self, item: str, qty: int) -> int:
        """Cents of pieces that only change places today (rulings C2, C5)."""
        cost = self.cost
        return cost.morning.share(item, qty, cost.qty[item], cost.value[item])

    def drain(self) -> list[Happening]:
        told, self._told = self._told, []
        return told

    def move(
        self, event: str, at: datetime, day: date, *, item: str, location: str, qty: int,
        leaves: str = "", enters: str = "", to_location: str = "", leaves_owner: str = "",
        enters_owner: str = "", kind: str | None = None, may_go_negative: bool = False,
        **details: Any,
    ) -> StockMoved:  # fmt: skip
        """Shifts pieces between two states, the usual ones of the event unless named, and tells it.

        `kind` "" keeps the move to ourselves: a document says it, or another move implies it."""
        form = FORMS[event]
        leaves, enters = leaves or form.from_state, enters or form.to_state
        there = to_location or location
        self.stock.shift(
            item, qty, (location, item, leaves, leaves_owner), (there, item, enters, enters_owner),
            lot=details.get("lot", ""), may_go_negative=may_go_negative,
        )  # fmt: skip
        moved = StockMoved(
            movement_id=self.number("M", first=1000001), event=event, at=at, day=day, item=item,
            qty=qty, from_location=location, from_state=leaves, to_location=there,
            to_state=enters, kind=form.kind if kind is None else kind, **details,
        )  # fmt: skip
        self.tell(moved)
        return moved
