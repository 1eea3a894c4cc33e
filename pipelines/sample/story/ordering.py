"""What customers want: orders over the day, by popularity, market and the size of the buyer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import accumulate
from random import Random

from pipelines.sample.copying import altered
from pipelines.sample.happenings import OrderLine
from pipelines.sample.story.market import Market
from pipelines.sample.world.catalogue_kinds import Customer, Item
from pipelines.sample.world.company import Company

OPENS_AT_MINUTE, OPEN_MINUTES = 8 * 60 + 30, 8 * 60
SALES_REPS = ("k.brandt", "i.osei", "t.lund", "web shop")


class Ordering:
    def __init__(self, company: Company, rng: Random, market: Market) -> None:
        self.company = company
        self._rng = rng
        self._market = market
        self._outbound = company.parameters.outbound
        self._customer_weights = list(
            accumulate(customer.weight for customer in company.catalogue.customers)
        )
        self._weights: list[float] = []

    def orders_of(self, day: date) -> Iterator[OrderLine]:
        """Order lines of a business day in the order in which they come in."""
        self._weights = list(accumulate(self._market.weights(day)))
        demand = self.company.parameters.demand
        year_share = (day - self.company.parameters.first_day).days / 365
        rate = demand.orders_per_business_day * (1 + demand.yearly_growth * year_share)
        arrivals = sorted(self._rng.randrange(OPEN_MINUTES) for _ in range(self._poisson(rate)))
        for minute in arrivals:
            customer = self._rng.choices(
                self.company.catalogue.customers, cum_weights=self._customer_weights
            )[0]
            yield from self._order(day, OPENS_AT_MINUTE + minute, customer)

    def _order(self, day: date, minute: int, customer: Customer) -> Iterator[OrderLine]:
        demand = self.company.parameters.demand
        drawn = self._rng.random()
        is_sample = drawn < demand.sample_order_share
        is_warranty = not is_sample and drawn < (
            demand.sample_order_share + self._outbound.warranty_order_share
        )
        is_free = is_sample or is_warranty
        sizes = range(1, len(demand.lines_per_order_weights) + 1)
        count = 1 if is_free else self._rng.choices(sizes, demand.lines_per_order_weights)[0]
        order_id = self.company.number("SO")
        at = self.company.moment(day, minute)
        position = 0
        for item in self._choose_items(count, customer, only_plain=is_free):
            position += 1
            qty = self._rng.randrange(1, 3) if is_free else self._qty(item, customer)
            in_cases = not is_free and self._comes_in_cases(item)
            if in_cases:
                qty = -(-qty // item.case_qty) * item.case_qty
            line = self.line(day, at, (order_id, position), customer, item, qty)
            if in_cases:
                line = altered(line, uom="CS", per_uom=item.case_qty)
            if is_sample:
                line = replace(line, kind="sample")
            if is_free:
                reason = "sample" if is_sample else "warranty"
                yield replace(line, price=0, price_id="", free_reason=reason)
                continue
            yield line
            if self._earns_free_goods(line, item):
                position += 1
                yield replace(
                    line, line=position, qty=1, price=0, price_id="", free_reason="promo",
                    uom="EA", per_uom=1,
                )  # fmt: skip

    def line(
        self, day: date, at: datetime, order: tuple[str, int], customer: Customer, item: Item,
        qty: int,
    ) -> OrderLine:  # fmt: skip
        """An order line at the customer's terms and at the price of the day."""
        company = self.company
        price = company.prices.price(item, customer, day, qty)
        buyer = int(customer.code[1:])
        return OrderLine(
            order_id=order[0],
            line=order[1],
            kind="standard",
            ordered_at=at,
            customer=customer.code,
            location=customer.location,
            item=item.code,
            qty=qty,
            price=price.amount,
            price_id=price.price_id,
            purchase_reference=self._reference(customer, order, day),
            requested=self.company.next_business_day(day),
            status="open",
            changed_at=at,
            currency=price.currency,
            channel=customer.channel,
            bill_to=customer.code,
            sales_rep=SALES_REPS[-1 if customer.channel in ("web", "marketplace") else buyer % 3],
            promised=self.company.next_business_day(day),
            terms=customer.terms,
            freight_terms=customer.freight_terms,
            fob=customer.fob,
            tax_inclusive=price.tax_inclusive,
        )

    def _reference(self, customer: Customer, order: tuple[str, int], day: date) -> str:
        """The customer's own number; now and then a clerk forgets to ask for one that is needed."""
        faults, order_id = self.company.faults, order[0]
        asks = customer.po_required and not customer.pre_billed
        if asks and order[1] == 1 and customer.invoice_policy != "monthly":
            days = self.company.parameters.money.blocked_before_end_days
            is_early = (self.company.parameters.last_day - day).days >= days
            if is_early and faults.strikes("CUST_COMPLIANCE", claim=("order", order_id)):
                return ""
        is_missing = faults.is_claimed("order", order_id)
        return "" if is_missing else f"{customer.code}/{order_id[2:]}"

    def _comes_in_cases(self, item: Item) -> bool:
        return item.case_qty > 1 and self._rng.random() < self._outbound.case_share

    def _earns_free_goods(self, line: OrderLine, item: Item) -> bool:
        if item.typical_qty < 10 or line.qty < 2 * item.typical_qty or not item.is_bought:
            return False
        return self._rng.random() < self._outbound.free_goods_share

    def _choose_items(self, count: int, customer: Customer, *, only_plain: bool) -> list[Item]:
        """The assembled kit is kept where kits are put together: in the full warehouses."""
        items = self._market.sold
        assembles = self.company.locations[customer.location].reserves
        chosen: list[Item] = []
        while len(chosen) < count:
            item = self._rng.choices(items, cum_weights=self._weights)[0]
            if item in chosen or (item.kind == "kit" and not assembles):
                continue
            if only_plain and not item.is_bought:
                continue
            chosen.append(item)
        return chosen

    def _qty(self, item: Item, customer: Customer) -> int:
        spread = self._rng.lognormvariate(-0.18, 0.6)
        if item.is_intermittent:
            spread *= 2
        return max(1, round(item.typical_qty * customer.scale * spread))

    def _poisson(self, mean: float) -> int:
        """Knuth for a small company; a normal draw where exp(-mean) would underflow."""
        if mean > 200:
            return max(0, round(self._rng.gauss(mean, math.sqrt(mean))))
        limit, count, product = math.exp(-mean), 0, self._rng.random()
        while product > limit:
            count += 1
            product *= self._rng.random()
        return count
