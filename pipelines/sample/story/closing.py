"""Month-ends: what every system believes then, and the tax settled in the month that follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.sample.happenings import Entry, MonthClosed, StockLevel, StockValue
from pipelines.sample.story.accounting import Accounting
from pipelines.sample.story.billing import Billing
from pipelines.sample.story.buying import Buying
from pipelines.sample.world.calendar import (
    business_day_of,
    is_business_day,
    is_month_end,
    month_close,
)
from pipelines.sample.world.company import Company
from pipelines.sample.world.events import SEEN_BY_WAREHOUSE

SNAPSHOT_MINUTE, TAX_DAY = 22 * 60, 10


class Closing:
    def __init__(
        self, company: Company, accounting: Accounting, billing: Billing, buying: Buying
    ) -> None:
        self.company = company
        self.accounting = accounting
        self.billing = billing
        self.buying = buying
        self._tax_open = (0, 0)

    def work(self, day: date) -> None:
        if is_business_day(day) and day == business_day_of(day, TAX_DAY):
            self._settle_tax(day)
        if is_month_end(day):
            self.company.tell(self._close(day))

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

    def _close(self, day: date) -> MonthClosed:
        levels = tuple(
            StockLevel(location, item, state, qty)
            for (location, item, state, _), qty in sorted(self.company.stock.levels.items())
            if qty and state in SEEN_BY_WAREHOUSE
        )
        books = self.accounting.actual
        self._tax_open = (-books.of_role("TAX_PAYABLE"), books.of_role("TAX_INPUT"))
        self.accounting.expected.close_month()
        return MonthClosed(
            day=day,
            counted_at=self.company.moment(day, SNAPSHOT_MINUTE),
            cut_at=month_close(day, self.company.zone),
            levels=levels,
            values=tuple(self._values()),
            receivables=self.billing.receivables(),
            payables=self.buying.payables(),
            balances=books.close_month(),
        )

    def _values(self) -> Iterator[StockValue]:
        """The books of the ERP: what never reached the ledger is not in its subledger either."""
        held: dict[str, list[tuple[str, int]]] = {}
        for (location, item), qty in self.company.stock.owned_by_location_and_item().items():
            held.setdefault(item, []).append((location, qty))
        for item, places in sorted(held.items()):
            values = self.company.cost.split(item, [qty for _, qty in places])
            for (location, qty), value in zip(places, values, strict=True):
                missing = self.buying.not_capitalised.get((location, item), 0)
                if qty or missing:
                    missing_value = missing * self.company.items[item].cost
                    yield StockValue(location, item, qty - missing, value - missing_value)
