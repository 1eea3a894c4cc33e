"""The company while it lives: its books, its numbering and what it has told so far today."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from pipelines.sample import calendar, catalogue
from pipelines.sample.books import OUTSIDE, CostBook, StockBook
from pipelines.sample.happenings import (
    Happening,
    StockMoved,
)
from pipelines.sample.journals import Entry
from pipelines.sample.ledger import Ledger, journal
from pipelines.sample.parameters import Parameters

ENTERED_AT_MINUTE = 21 * 60


class Company:
    """One stream of random numbers per department, so that a fault never changes the demand."""

    def __init__(self, parameters: Parameters, seed: int) -> None:
        self.parameters = parameters
        self.seed = seed
        self.zone = ZoneInfo(parameters.timezone)
        self.catalogue = catalogue.build(parameters, self.stream("catalogue"))
        self.prices = catalogue.PriceBook(self.catalogue.prices)
        self.items = {item.code: item for item in self.catalogue.items}
        self.customers = {customer.code: customer for customer in self.catalogue.customers}
        self.locations = {location.code: location for location in self.catalogue.locations}
        self.stock = StockBook()
        self.cost = CostBook()
        self.ledger = Ledger()
        self._numbers: dict[str, int] = {}
        self._told: list[Happening] = []

    def stream(self, department: str) -> Random:
        return Random(f"{self.seed}/{department}")

    def number(self, prefix: str, *, first: int = 100001) -> str:
        self._numbers[prefix] = self._numbers.get(prefix, first - 1) + 1
        return f"{prefix}{self._numbers[prefix]}"

    def moment(self, day: date, minute_of_day: int) -> datetime:
        return calendar.moment(day, minute_of_day=minute_of_day, zone=self.zone)

    def tell(self, happening: Happening) -> None:
        self._told.append(happening)

    def drain(self) -> list[Happening]:
        told, self._told = self._told, []
        return told

    def post(self, day: date, source: tuple[str, str, str], entries: tuple[Entry, ...]) -> None:
        """Books a journal in the evening of its day; nothing to book, nothing booked."""
        if entries:
            at = self.moment(day, ENTERED_AT_MINUTE)
            number = self.number("JE")
            self.tell(self.ledger.post(journal(number, day, at, source=source, entries=entries)))

    def move(
        self, kind: str, at: datetime, day: date, *, item: str, location: str, qty: int,
        leaves: str, enters: str, **details: str | int | None,
    ) -> StockMoved:  # fmt: skip
        """Shifts pieces between two states, or over the edge, and tells it."""
        self.stock.shift(location, item, qty, leaves=leaves, enters=enters)
        outward = enters == OUTSIDE
        moved = StockMoved(
            movement_id=self.number("M", first=1000001),
            kind=kind,
            at=at,
            day=day,
            item=item,
            location=location,
            qty=-qty if outward else qty,
            status=leaves if outward else enters,
            from_status=OUTSIDE if outward else leaves,
            **details,  # type: ignore[arg-type]
        )
        self.tell(moved)
        return moved
