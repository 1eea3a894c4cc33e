"""What customers want: orders over the day, by popularity, season, growth and the size of the buyer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from random import Random

from pipelines.sample.happenings import OrderLine
from pipelines.sample.world.calendar import next_business_day
from pipelines.sample.world.catalogue_kinds import Customer, Item
from pipelines.sample.world.company import Company

OPENS_AT_MINUTE, OPEN_MINUTES = 8 * 60 + 30, 8 * 60


class Ordering:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._rng = rng
        self._customer_weights = [customer.weight for customer in company.catalogue.customers]

    def orders_of(self, day: date) -> Iterator[OrderLine]:
        """Order lines of a business day in the order in which they come in."""
        demand = self.company.parameters.demand
        year_share = (day - self.company.parameters.first_day).days / 365
        rate = demand.orders_per_business_day * (1 + demand.yearly_growth * year_share)
        arrivals = sorted(self._rng.randrange(OPEN_MINUTES) for _ in range(self._poisson(rate)))
        for minute in arrivals:
            customer = self._rng.choices(
                self.company.catalogue.customers, self._customer_weights
            )[0]  # fmt: skip
            yield from self._order(day, OPENS_AT_MINUTE + minute, customer)

    def _order(self, day: date, minute: int, customer: Customer) -> Iterator[OrderLine]:
        demand = self.company.parameters.demand
        is_sample = self._rng.random() < demand.sample_order_share
        sizes = range(1, len(demand.lines_per_order_weights) + 1)
        count = 1 if is_sample else self._rng.choices(sizes, demand.lines_per_order_weights)[0]
        order_id = self.company.number("SO")
        at = self.company.moment(day, minute)
        for position, item in enumerate(self._choose_items(day, count), start=1):
            price = self.company.prices.price(item, customer, day)
            qty = self._rng.randrange(1, 3) if is_sample else self._qty(item, customer)
            yield OrderLine(
                order_id=order_id,
                line=position,
                kind="sample" if is_sample else "standard",
                ordered_at=at,
                customer=customer.code,
                location=customer.location,
                item=item.code,
                qty=qty,
                price=0 if is_sample else price.amount,
                price_id="" if is_sample else price.price_id,
                purchase_reference=f"{customer.code}/{order_id[2:]}",
                requested=next_business_day(day),
                status="open",
                changed_at=at,
            )

    def _choose_items(self, day: date, count: int) -> list[Item]:
        items = self.company.bought
        weights = [
            0.0 if item.launch and day < item.launch else item.weight * self._season(item, day)
            for item in items
        ]
        chosen: list[Item] = []
        while len(chosen) < count:
            item = self._rng.choices(items, weights)[0]
            if item not in chosen:
                chosen.append(item)
        return chosen

    def _season(self, item: Item, day: date) -> float:
        angle = 2 * math.pi * (day.timetuple().tm_yday - item.category.peak_day_of_year) / 365
        return 1 + self.company.parameters.demand.season_amplitude * math.cos(angle)

    def _qty(self, item: Item, customer: Customer) -> int:
        spread = self._rng.lognormvariate(-0.18, 0.6)
        return max(1, round(item.typical_qty * customer.scale * spread))

    def _poisson(self, mean: float) -> int:
        """Knuth: multiply uniforms until the product falls below exp(-mean)."""
        limit, count, product = math.exp(-mean), 0, self._rng.random()
        while product > limit:
            count += 1
            product *= self._rng.random()
        return count
