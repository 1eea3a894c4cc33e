"""The life of the company, day by day: what happened, in the order in which it was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pipelines.sample.billing import Billing
from pipelines.sample.books import OUTSIDE
from pipelines.sample.buying import Buying
from pipelines.sample.calendar import days, is_business_day, is_month_end, month_close
from pipelines.sample.company import Company
from pipelines.sample.faults import FaultPlan
from pipelines.sample.happenings import Counted, Happening
from pipelines.sample.journals import Entry
from pipelines.sample.ledger import count_entries
from pipelines.sample.month_end import MonthClosed, StockLevel, StockValue
from pipelines.sample.parameters import Parameters
from pipelines.sample.selling import Selling

COUNT_MINUTE, SNAPSHOT_MINUTE = 16 * 60 + 45, 22 * 60
COUNT_DAY, TAX_DAY = 15, 10
OPENING_CASH = 25_000_000


class Story:
    def __init__(self, parameters: Parameters, seed: int) -> None:
        self.parameters = parameters
        self.company = Company(parameters, seed)
        self.faults = FaultPlan(parameters, self.company.stream("faults"))
        self.selling = Selling(self.company, self.company.stream("selling"))
        self.billing = Billing(self.company, self.faults, self.company.stream("billing"))
        self.buying = Buying(self.company, self.faults, self.company.stream("buying"))
        self._counting = self.company.stream("counting")
        self._tax_open = (0, 0)

    def tell(self) -> Iterator[Happening]:
        """One month-end closes each month; nothing is told after the last one."""
        self._open()
        for day in days(self.parameters.first_day, self.parameters.last_day):
            self._live(day)
            if is_month_end(day):
                self.company.tell(self._close(day))
            yield from self.company.drain()
        self.billing.remember_open_at_the_end()

    def _open(self) -> None:
        self.buying.open_the_year(self.parameters.first_day, self._expected_daily())
        stock_value = sum(self.company.cost.value.values())
        self.company.ledger.open(
            {"INV": stock_value, "CASH": OPENING_CASH, "EQUITY": -stock_value - OPENING_CASH}
        )

    def _live(self, day: date) -> None:
        self.buying.receive(day)
        self.selling.work(day)
        self.billing.bill(day)
        self.billing.hear(day, self.selling.shipped_today, self.selling.cancelled_today)
        self.buying.learn(day, self.selling.demand)
        if is_business_day(day):
            self.billing.collect(day)
            self.buying.take_supplier_invoices(day)
            self.buying.pay(day)
            self.buying.review(day, self._back_orders())
            if day == _business_day_of(day, COUNT_DAY):
                self._count(day)
            if day == _business_day_of(day, TAX_DAY):
                self._settle_tax(day)

    def _expected_daily(self) -> dict[tuple[str, str], float]:
        """What a planner would expect per calendar day, from popularity and customers' places."""
        demand = self.parameters.demand
        weights = demand.lines_per_order_weights
        lines = sum((n + 1) * w for n, w in enumerate(weights)) / sum(weights)
        per_day = demand.orders_per_business_day * lines * 250 / 365
        total = sum(item.weight for item in self.company.catalogue.items)
        customers = self.company.catalogue.customers
        everyone = sum(customer.weight for customer in customers)
        shares = {
            location.code: sum(c.weight * c.scale for c in customers if c.location == location.code)
            / everyone
            for location in self.company.catalogue.locations
        }
        return {
            (location, item.code): per_day * share * item.weight / total * item.typical_qty
            for location, share in shares.items()
            for item in self.company.catalogue.items
        }

    def _back_orders(self) -> dict[tuple[str, str], int]:
        """All that is still owed: reserved pieces are owed too and stand on the shelf."""
        owed: dict[tuple[str, str], int] = {}
        for waiting in self.selling.open:
            key = (waiting.line.location, waiting.line.item)
            owed[key] = owed.get(key, 0) + waiting.owed
        return owed

    def _settle_tax(self, day: date) -> None:
        """Last month's output tax less its input tax goes to the tax office."""
        owed, claimed = self._tax_open
        entries = (
            Entry("TAX_PAYABLE", owed),
            Entry("TAX_INPUT", -claimed),
            Entry("CASH", claimed - owed),
        )
        if owed or claimed:
            self.company.post(day, ("CASH", "payment", f"VAT-{day:%Y-%m}"), entries)

    def _count(self, day: date) -> None:
        supply = self.parameters.supply
        at = self.company.moment(day, COUNT_MINUTE)
        for location in self.company.catalogue.locations:
            count_id = self.company.number("CC")
            chosen = self._counting.sample(
                self.company.catalogue.items, supply.counted_items_per_month
            )
            for number, item in enumerate(chosen, start=1):
                book = self.company.stock.level(location.code, item.code, "available")
                change = 0
                if self._counting.random() < supply.count_variance_share:
                    change = max(-book, self._counting.choice((-3, -2, -1, -1, 1, 2)))
                self._adjust(day, at, (count_id, number), (location.code, item.code), change)

    def _adjust(
        self, day: date, at: datetime, count: tuple[str, int], place: tuple[str, str], change: int
    ) -> None:
        location, code = place
        company = self.company
        book = company.stock.level(location, code, "available")
        movement, cost = "", 0
        if change:
            item = company.items[code]
            if change > 0:  # a gain enters at the last known cost
                cost = change * item.cost
                company.cost.receive(code, change, cost)
            else:
                cost = company.cost.issue(code, -change)
            movement = company.move(
                "count_adjust", at, day, item=code, location=location, qty=abs(change),
                leaves="available" if change < 0 else OUTSIDE,
                enters=OUTSIDE if change < 0 else "available",
                doc_type="COUNT", doc_id=count[0], doc_line=str(count[1]), reason="cycle count",
                unit_cost=item.cost, ext_cost=cost if change > 0 else -cost,
            ).movement_id  # fmt: skip
        counted = Counted(
            count[0], count[1], day, at, code, location, book, book + change, movement, cost
        )
        company.tell(counted)
        if change:
            company.post(day, ("INV", "count", count[0]), count_entries(counted))

    def _close(self, day: date) -> MonthClosed:
        levels = tuple(
            StockLevel(location, item, state, qty)
            for (location, item, state), qty in sorted(self.company.stock.levels.items())
            if qty
        )
        balance = self.company.ledger.balance
        self._tax_open = (-balance["TAX_PAYABLE"], balance["TAX_INPUT"])
        return MonthClosed(
            day=day,
            counted_at=self.company.moment(day, SNAPSHOT_MINUTE),
            cut_at=month_close(day, self.company.zone),
            levels=levels,
            values=tuple(self._values()),
            receivables=self.billing.receivables(),
            payables=self.buying.payables(),
            balances=self.company.ledger.close_month(),
        )

    def _values(self) -> Iterator[StockValue]:
        """The books of the ERP: what never reached the ledger is not in its subledger either."""
        held: dict[str, list[tuple[str, int]]] = {}
        for (location, item), qty in self.company.stock.by_location_and_item().items():
            held.setdefault(item, []).append((location, qty))
        for item, places in sorted(held.items()):
            values = self.company.cost.split(item, [qty for _, qty in places])
            for (location, qty), value in zip(places, values, strict=True):
                missing = self.buying.not_capitalised.get((location, item), 0)
                if qty or missing:
                    missing_value = missing * self.company.items[item].cost
                    yield StockValue(location, item, qty - missing, value - missing_value)


def _business_day_of(day: date, wanted: int) -> date:
    """The wanted day of the month of `day`, or the first business day after it."""
    found = day.replace(day=wanted)
    while not is_business_day(found):
        found = found.replace(day=found.day + 1)
    return found
