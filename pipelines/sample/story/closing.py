"""Month-ends: what every system believes then, the tax of the month, and the closing of periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pipelines.sample.happenings import (
    Entry,
    MonthClosed,
    OpenItem,
    PeriodChanged,
    StockLevel,
    StockValue,
)
from pipelines.sample.story.accounting import Accounting
from pipelines.sample.world.books import IN_THE_BUILDING
from pipelines.sample.world.calendar import is_month_end, month_close
from pipelines.sample.world.company import Company
from pipelines.sample.world.events import SEEN_BY_WAREHOUSE

SNAPSHOT_MINUTE, TAX_DAY, CLOSE_MINUTE = 22 * 60, 10, 17 * 60
CLOSED_BY = "controller"
WAITING = ("RECEIVED", "QC_HOLD")  # on the dock, or waiting for inspection
# What a warehouse system shows of what it holds.
Misread = Callable[[date, Iterator[StockLevel]], Iterator[StockLevel]]


class Closing:
    def __init__(self, company: Company, accounting: Accounting) -> None:
        self.company = company
        self.accounting = accounting
        self._tax_open = (0, 0)
        self._closes: dict[date, list[PeriodChanged]] = {}
        self.misread: Misread = lambda _, levels: levels

    def work(self, day: date) -> None:
        """The last of the day: nothing may happen after it."""
        if day.day == 1 or day == self.company.parameters.first_day:
            self._plan_closing(day)
        for change in self._closes.pop(day, []):
            self.company.tell(change)
        if self.company.is_business_day(day) and day == self.company.business_day_of(day, TAX_DAY):
            self._settle_tax(day)
        self.accounting.work(day, is_month_end=is_month_end(day))
        if is_month_end(day):
            self.company.tell(self._close(day))

    def take_over(self, day: date) -> None:
        """The month before the first day ends with what the company brings with it."""
        self._plan_closing(day)
        self.company.tell(self._close(day))

    # --- periods -------------------------------------------------------------------------------

    def _plan_closing(self, day: date) -> None:
        """Plans a month: it opens as the calendar says, its modules close one by one in the next."""
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        opened = self.company.moment(first, 0)
        for module, business_days in self.company.parameters.ledger.close_days:
            for status, steps in (("closing", 1), ("closed", business_days)):
                on = self.company.next_business_day(last, steps=steps)
                at = self.company.moment(on, CLOSE_MINUTE - (60 if status == "closing" else 0))
                is_closed = status == "closed"
                self._closes.setdefault(on, []).append(
                    PeriodChanged(
                        module, first, last, status, at, opened,
                        closed_at=at if is_closed else None,
                        closed_by=CLOSED_BY if is_closed else "",
                    )
                )  # fmt: skip

    def _settle_tax(self, day: date) -> None:
        """Last month's output tax less its input tax goes to the tax office."""
        owed, claimed = self._tax_open
        entries = (
            Entry("TAX_PAYABLE", owed),
            Entry("TAX_INPUT", -claimed),
            Entry("CASH", claimed - owed),
        )
        if owed or claimed:
            self.accounting.post(day, ("CASH", "payment", f"VAT-{day:%Y-%m}"), entries)

    # --- what the systems believe ----------------------------------------------------------------

    def _close(self, day: date) -> MonthClosed:
        books = self.accounting.expected
        self._tax_open = (-books.of_role("TAX_PAYABLE"), books.of_role("TAX_INPUT"))
        return MonthClosed(
            day=day,
            counted_at=self.company.moment(day, SNAPSHOT_MINUTE),
            cut_at=month_close(day, self.company.zone),
            levels=tuple(self.misread(day, self._levels())),
            values=tuple(self._values()),
            receivables=tuple(self._receivables()),
            payables=tuple(self.accounting.payables.told(self.company.parameters.currency)),
            balances=self.accounting.actual.close_month(day),
            should_be=books.close_month(day),
        )

    def _levels(self) -> Iterator[StockLevel]:
        stock = self.company.stock
        for cell in sorted(stock.levels):
            if cell[2] in SEEN_BY_WAREHOUSE:
                for lot, qty in stock.by_lot(cell):
                    yield StockLevel(*cell[:3], qty, lot, cell[3])

    def _receivables(self) -> Iterator[OpenItem]:
        currency = self.company.parameters.currency
        yield from self.accounting.receivables.told(currency)
        yield from self.accounting.on_account.told(currency)

    def _values(self) -> Iterator[StockValue]:
        """The books of the ERP: what never reached the ledger is not in its subledger either.

        Stock in our buildings is one pool an item, spread over places by pieces; what is on its
        way or at a customer keeps the value it left with."""
        in_the_pool: dict[str, int] = {}
        for (role, item, place), value in sorted(self.accounting.stock.items()):
            if role == "INV":
                in_the_pool[item] = in_the_pool.get(item, 0) + value
            elif value and item:
                yield from self._value(role, place, item, self._pieces(role, item, place), value)
        places = self._places()
        for item, value in sorted(in_the_pool.items()):
            held = places.get(item, {})
            given, so_far, pieces = 0, 0, sum(held.values())
            for place, qty in held.items():
                so_far += qty
                upto = (2 * value * so_far + pieces) // (2 * pieces)
                yield from self._value("INV", place, item, qty, upto - given)
                given = upto
            gone = [place for place in self._unseen_places(item) if place not in held]
            if not held and value:
                gone = gone or [next(iter(self.company.locations))]
            for number, place in enumerate(gone):
                left = value if not held and not number else 0
                yield from self._value("INV", place, item, 0, left)

    def _unseen_places(self, item: str) -> list[str]:
        """Where pieces came in that the ledger never heard of; they may be gone by now."""
        cells = self.accounting.unseen
        return sorted(place for role, of, place in cells if (role, of) == ("INV", item))

    def _value(
        self, role: str, place: str, item: str, qty: int, value: int
    ) -> Iterator[StockValue]:
        missing, missing_value = self.accounting.unseen.get((role, item, place), (0, 0))
        if qty or value or missing:
            yield StockValue(place, item, qty - missing, value - missing_value, role)

    def _places(self) -> dict[str, dict[str, int]]:
        """Our own pieces in buildings, by item and place; what waits on an account of its own
        until it is put away stands there."""
        waits = WAITING if self._waits_for_put_away() else ()
        held: dict[str, dict[str, int]] = {}
        for (location, item, state, owner), qty in sorted(self.company.stock.levels.items()):
            if qty and not owner and state in IN_THE_BUILDING and state not in waits:
                places = held.setdefault(item, {})
                places[location] = places.get(location, 0) + qty
        return {item: places for item, places in held.items() if sum(places.values()) > 0}

    def _waits_for_put_away(self) -> bool:
        """What waits for its invoice instead waits in value alone: its pieces are stock."""
        accounting = self.accounting
        return accounting.rules.interim_receipts and not accounting.profile.interim_until_invoiced

    def _pieces(self, role: str, item: str, place: str) -> int:
        states = {
            "INV_TRANSIT": ("XFER_TRANSIT", "IN_TRANSIT_OUT", "IN_TRANSIT_IN", "DROPSHIP_TRANSIT"),
            "INV_CONSIGN": ("CONSIGN_OUT",),
            "INV_INTERIM": WAITING if self._waits_for_put_away() else (),
            "WIP": ("WIP",),
        }[role]
        return sum(self.company.stock.level(place, item, state) for state in states)
