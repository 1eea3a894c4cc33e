"""What comes back every month: standing orders for goods, contracts, and services by the hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from pipelines.sample.happenings import BillableEvent, OrderLine
from pipelines.sample.story.selling import Selling
from pipelines.sample.world.catalogue_kinds import Customer, Item
from pipelines.sample.world.company import Company

STANDING = (6, 22)  # customers by position who have a standing order for goods
CONTRACTS = (2, 20)  # who pay a monthly contract
STANDING_DAY, CYCLE_DAY, ENTRY_MINUTE, CYCLE_MINUTE = 5, 15, 8 * 60 + 15, 19 * 60
SERVICE_WEEKDAY = 2


class Recurring:
    def __init__(self, company: Company, rng: Random, selling: Selling) -> None:
        self.company = company
        self._rng = rng
        self._selling = selling
        customers = company.catalogue.customers
        self._standing = [customers[place] for place in STANDING if place < len(customers)]
        self._payers = [customers[place] for place in CONTRACTS if place < len(customers)]
        self._goods = [
            item
            for item in company.bought
            if not (item.lot_controlled or item.serial_controlled or item.launch)
            and item.case_qty == 1
        ]
        self._service = next(i for i in company.catalogue.items if i.kind == "service")
        self._served = [customer for customer in customers if not customer.tax_inclusive]
        self._contracts: dict[str, OrderLine] = {}

    def work(self, day: date) -> None:
        if not self.company.is_business_day(day):
            return
        if day == self.company.business_day_of(day, STANDING_DAY):
            for number, customer in enumerate(self._standing):
                self._deliver_again(day, customer, self._goods[7 + 5 * number])
        if day == self.company.business_day_of(day, CYCLE_DAY):
            for customer in self._payers:
                self._bill_cycle(day, customer)
        in_time = day < self.company.parameters.last_day.replace(day=20)
        if in_time and day.weekday() == SERVICE_WEEKDAY and day.isocalendar().week % 2 == 0:
            self._serve(day, self._rng.choice(self._served))

    def _deliver_again(self, day: date, customer: Customer, item: Item) -> None:
        """The same goods every month, paid for as accepted."""
        line = self._line(day, customer, item, 2 * item.typical_qty)
        self._selling.accept(
            replace(
                line, kind="recurring", contract_id=f"STD-{customer.code}", recurrence="monthly"
            ),
            day,
        )

    def _bill_cycle(self, day: date, customer: Customer) -> None:
        """A contract for a service: due on its day, nothing leaves a shelf."""
        line = self._contracts.get(customer.code)
        at = self.company.moment(day, CYCLE_MINUTE)
        months = 13 - day.month
        if line is None:
            line = replace(
                self._line(day, customer, self._service, months), kind="service",
                contract_id=f"SVC-{customer.code}", recurrence="monthly",
            )  # fmt: skip
            self.company.tell(line)
        line = line.changed("closed" if months == 1 else "partial", at)
        self.company.tell(line)
        self._contracts[customer.code] = line
        self._tell("recurring", day, line, 1, f"cycle {day:%Y-%m}")

    def _serve(self, day: date, customer: Customer) -> None:
        """Goods carried to the upper floor, by request."""
        line = replace(self._line(day, customer, self._service, 1), kind="service")
        self.company.tell(line)
        self.company.tell(line.changed("closed", self.company.moment(day, CYCLE_MINUTE)))
        self._tell("service", day, line, 1, f"signed slip {line.order_id}")

    def _line(self, day: date, customer: Customer, item: Item, qty: int) -> OrderLine:
        line = self._selling.ordering.line(
            day, self.company.moment(day, ENTRY_MINUTE), (self.company.number("SO"), 1), customer,
            item, qty,
        )  # fmt: skip
        return replace(line, requested=self.company.next_business_day(day))

    def _tell(self, kind: str, day: date, line: OrderLine, qty: int, evidence: str) -> None:
        company = self.company
        company.tell(
            BillableEvent(
                company.number("BE"), kind, day, company.moment(day, CYCLE_MINUTE), line.customer,
                order_id=line.order_id, order_line=line.line, item=line.item, qty=qty,
                price=line.price, currency=line.currency, evidence=evidence,
                fx_rate=company.exchange.rate(line.currency, day),
            )
        )  # fmt: skip
