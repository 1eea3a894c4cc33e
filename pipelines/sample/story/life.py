"""The life of one company, day by day: its departments in the order in which they work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from pipelines.sample.happenings import Happening, MonthClosed
from pipelines.sample.parameters import Parameters
from pipelines.sample.story.accounting import Accounting
from pipelines.sample.story.billing import Billing
from pipelines.sample.story.buying import Buying
from pipelines.sample.story.care import Care
from pipelines.sample.story.closing import Closing
from pipelines.sample.story.counting import Counting
from pipelines.sample.story.mishandling import Mishandling
from pipelines.sample.story.open_faults import OpenFaults
from pipelines.sample.story.outbound import Outbound
from pipelines.sample.story.policies import Decisions
from pipelines.sample.story.returning import Returning
from pipelines.sample.story.taking_over import TakingOver
from pipelines.sample.story.transfers import Transfers
from pipelines.sample.story.unevenness import Unevenness
from pipelines.sample.truth import Truth
from pipelines.sample.truth.billing import BillingTruth
from pipelines.sample.world.calendar import days
from pipelines.sample.world.company import Company

OPENING_CASH = 25_000_000


class Story:
    """A department listens to what others tell, and works once a day in its turn.

    The truth listens to all of them and is written beside the deliveries."""

    def __init__(self, parameters: Parameters, seed: int) -> None:
        self.parameters = parameters
        self.company = Company(parameters, seed)
        self.truth = Truth(self.company)
        self.accounting = Accounting(self.company)
        self.outbound = Outbound(self.company)
        self.selling = self.outbound.selling
        self.billing = Billing(self.company, self.company.stream("billing"))
        self.billing_truth = BillingTruth(self.company, self.billing.invoicing)
        self.buying = Buying(self.company)
        self.open_faults = OpenFaults(self.company)
        self.unevenness = Unevenness(self.company, self.selling.demand)
        self.transfers = Transfers(self.company, self.company.stream("transfers"), self.open_faults)
        self.returning = Returning(self.company, self.company.stream("returning"))
        self.care = Care(self.company, self.company.stream("care"))
        self.counting = Counting(self.company, self.company.stream("counting"))
        # What other companies of the group do with us, before anything leaves and at the end, and
        # the pieces a day that they are expected to want.
        self.expected_by_others: dict[tuple[str, str], float] = {}
        self.at_dawn: list[Callable[[date], None]] = []
        self.at_dusk: list[Callable[[date], None]] = []
        self.decisions = Decisions(self.company)
        self.company.listen(MonthClosed, lambda _: self.company.check_value())
        self.mishandling = Mishandling(self.company, self.care, self.open_faults)
        self.closing = Closing(self.company, self.accounting)
        self.closing.misread = self.mishandling.misread

    def tell(self) -> Iterator[Happening]:
        """One month-end closes each month; nothing is told after the last one."""
        self.open()
        for day in days(self.parameters.first_day, self.parameters.last_day):
            self.live(day)
            yield from self.company.drain()
        self.end()

    def open(self) -> None:
        self.decisions.open(self.parameters.first_day)
        expected = self.expected_daily()
        for cell, pieces in self.expected_by_others.items():
            expected[cell] = expected.get(cell, 0) + pieces
        if self.parameters.before:
            TakingOver(self).work(expected)
            return
        self.buying.planning.open_the_year(self.parameters.first_day, expected)
        stock_value = sum(self.company.cost.value.values())
        self.accounting.open(
            {"INV": stock_value, "CASH": OPENING_CASH, "EQUITY": -stock_value - OPENING_CASH}
        )

    def live(self, day: date) -> None:
        """Receipts of the morning are put away before anything is reserved; what lowers the value
        of stock beside sales is booked in the evening, in its turn (ruling C2)."""
        self.company.cost.morning.begin()
        self.buying.receive(day, self.selling.back_orders())
        self.transfers.receive(day)
        for visits in self.at_dawn:
            visits(day)
        self.returning.receive(day)
        self.buying.receive_papers(day)
        self.outbound.work(day)
        self.billing.work(day)
        self.buying.planning.learn(day, self.selling.needs)
        if self.company.is_business_day(day):
            self.buying.work(day, self.selling.back_orders())
        self.returning.decide(day)
        self.care.work(day)
        self.transfers.send(day)
        self.counting.work(day)
        self.mishandling.work(day)
        for visits in self.at_dusk:
            visits(day)
        self.company.turns.work()
        self.closing.work(day)

    def end(self) -> None:
        self.billing.end()
        self.buying.end()
        self.open_faults.end()
        self.unevenness.end()

    def expected_daily(self) -> dict[tuple[str, str], float]:
        """What a planner would expect per calendar day, from popularity and customers' places."""
        demand = self.parameters.demand
        weights = demand.lines_per_order_weights
        lines = sum((n + 1) * w for n, w in enumerate(weights)) / sum(weights)
        per_day = demand.orders_per_business_day * lines * 250 / 365
        total = sum(item.weight for item in self.company.bought)
        customers = self.company.catalogue.customers
        everyone = sum(customer.weight for customer in customers)
        shares = {
            location.code: sum(c.weight * c.scale for c in customers if c.location == location.code)
            / everyone
            for location in self.company.warehouses
        }
        return {
            (location, item.code): per_day * share * item.weight / total * item.typical_qty
            for location, share in shares.items()
            for item in self.company.bought
        }
