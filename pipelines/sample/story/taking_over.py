"""What a company brings with it into a story that begins in the middle of its life.

On the day before the first: stock, orders of customers and at suppliers that are on their way,
invoices that are open on either side, the balances of the ledger. Open items come as documents
without lines, one a week and partner, posted against equity on that day, as a new system is given
them; the month before ends with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from pipelines.sample.happenings import Invoice, InvoiceLine, SupplierInvoiceLine
from pipelines.sample.story.billables import tax_of
from pipelines.sample.story.past_demand import PastWeeks
from pipelines.sample.world.catalogue_kinds import Customer, Supplier
from pipelines.sample.world.prices import GROUP_DISCOUNT_PERCENT
from pipelines.sample.world.purchase_prices import in_currency

if TYPE_CHECKING:
    from pipelines.sample.story.life import Story

BROUGHT_FORWARD = "brought_forward"
CASH_PERCENT = 30  # of the stock
BILLED_WEEKDAY, BILLED_MINUTE, WEEK = 4, 18 * 60, 7  # customers on Fridays
SUPPLIERS_WEEKDAY = 2


@dataclass(frozen=True, slots=True)
class Turnover:
    """What customers order and what it costs, in a week: cents by customer, and by supplier."""

    sold: dict[str, float]
    bought: dict[str, float]


class TakingOver:
    def __init__(self, story: Story) -> None:
        self._story = story
        self.company = story.company
        self._rng: Random = story.company.stream("taking over")
        before = story.parameters.before
        assert before is not None
        self._before = before
        self._day = story.parameters.first_day - timedelta(days=1)

    def work(self, expected_daily: dict[tuple[str, str], float]) -> None:
        story, accounting = self._story, self._story.accounting
        PastWeeks(self.company, story.selling.market).tell()
        story.buying.planning.open_in_course(self._day, expected_daily)
        stock = sum(self.company.cost.value.values())
        cash = stock * CASH_PERCENT // 100
        accounting.open({"INV": stock, "CASH": cash, "EQUITY": -stock - cash})
        # What was posted before nobody gets wrong any more.
        slips, accounting.pass_on = accounting.pass_on, accounting.deliver
        turnover = self._turnover(expected_daily)
        self._bring_receivables(turnover)
        self._bring_payables(turnover)
        accounting.pass_on = slips
        story.closing.take_over(self._day)
        self._bring_orders()

    def _turnover(self, expected_daily: dict[tuple[str, str], float]) -> Turnover:
        demand, company = self.company.parameters.demand, self.company
        sizes = demand.lines_per_order_weights
        lines = sum(size * weight for size, weight in enumerate(sizes, 1)) / sum(sizes)
        popularity = sum(item.weight for item in company.bought)
        worth = sum(i.weight * i.typical_qty * i.list_price for i in company.bought) / popularity
        customers = company.catalogue.customers
        everyone = sum(customer.weight for customer in customers)
        week = 5 * demand.orders_per_business_day * lines * worth / everyone
        sold = {
            c.code: week * c.weight * c.scale * (100 - GROUP_DISCOUNT_PERCENT.get(c.price_group, 0))
            / 100
            for c in customers
        }  # fmt: skip
        bought: dict[str, float] = {}
        for (_, item), pieces in expected_daily.items():
            supplier = company.items[item].supplier.code
            cost = WEEK * pieces * company.items[item].cost
            bought[supplier] = bought.get(supplier, 0) + cost
        return Turnover(sold, bought)

    def _weeks(self, weekday: int) -> list[date]:
        """One day of each of the last weeks, the oldest first."""
        last = self._day - timedelta(days=(self._day.weekday() - weekday) % WEEK)
        return [last - timedelta(weeks=n) for n in reversed(range(self._before.open_weeks))]

    def _drawn(self, usual: float) -> int:
        spread = self._before.week_spread
        return round(usual * self._rng.lognormvariate(-spread * spread / 2, spread))

    # --- customers -------------------------------------------------------------------------------

    def _bring_receivables(self, turnover: Turnover) -> None:
        """One invoice a customer and week, where it is paid in the story."""
        book = self._story.billing.receivables_book
        for day in self._weeks(BILLED_WEEKDAY):
            for customer in self.company.catalogue.customers:
                net = self._drawn(turnover.sold[customer.code])
                if net <= 0:
                    continue
                invoice = self._invoice(customer, day, net)
                pays_on = book.payment_day(invoice)
                if pays_on > self._day:
                    invoice = replace(invoice, invoice_id=self.company.number("IN"))
                    self.company.tell(invoice)
                    book.open_invoice(invoice, pays_on=pays_on)

    def _invoice(self, customer: Customer, day: date, net: int) -> Invoice:
        code, percent = tax_of(customer, self.company.parameters.money.tax_percent)
        tax = (2 * net * percent + 100) // 200
        line = InvoiceLine(1, "", 1, net, net, tax, kind=BROUGHT_FORWARD, tax_code=code)
        at = self.company.moment(day, BILLED_MINUTE)
        until = day + timedelta(days=customer.discount_days)
        return Invoice(
            "", customer.code, day, at, day + timedelta(days=customer.terms_days), "", (line,),
            "sent", at, posted=self._day, currency=customer.currency,
            fx_rate=self.company.exchange.rate(customer.currency, day), terms=customer.terms,
            discount_until=until if customer.discount_percent else None,
            discount=(net + tax) * customer.discount_percent // 100,
        )  # fmt: skip

    def _bring_orders(self) -> None:
        """What came in on the last business day leaves on the first one of the story."""
        last = self._day
        while not self.company.is_business_day(last):
            last -= timedelta(days=1)
        selling = self._story.selling
        for line in selling.ordering.orders_of(last):
            selling.accept(line, last, reserves=False)

    # --- suppliers -------------------------------------------------------------------------------

    def _bring_payables(self, turnover: Turnover) -> None:
        for day in self._weeks(SUPPLIERS_WEEKDAY):
            for supplier in self.company.catalogue.suppliers:
                net = self._drawn(turnover.bought.get(supplier.code, 0.0))
                if net > 0:
                    self._bill(supplier, day, net)

    def _bill(self, supplier: Supplier, day: date, net: int) -> None:
        """One bill a supplier and week, where we pay it in the story."""
        buying, rate = self._story.buying, self.company.exchange.rate(supplier.currency, day)
        line = SupplierInvoiceLine(
            1, BROUGHT_FORWARD, in_currency(net, rate), accrual="EQUITY"
        )  # fmt: skip
        at = self.company.moment(day, BILLED_MINUTE)
        bill = replace(
            buying.payables.draft(supplier.code, day, (line,)), posted=self._day, changed_at=at
        )
        if buying.paying.payment_day(bill) > self._day:
            self.company.tell(bill)
