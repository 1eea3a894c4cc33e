"""What customers wanted in the weeks before the first day: of demand alone, no documents are left.

The same customers, items, seasons, promotions and weather as in the story, a week and a place at a
time: how many order lines came is a Poisson number, what they asked for a sum of as many quantities.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np

from pipelines.sample.happenings import PastDemand
from pipelines.sample.story.market import Market
from pipelines.sample.world.calendar import days
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.company import Company
from pipelines.sample.world.prices import GROUP_DISCOUNT_PERCENT

WEDNESDAY = 2
LINE_SPREAD = 0.66  # of the quantity of a line: standard deviation over mean
# A shelf that was empty for a part of the week: how often, and which part was still served.
EMPTY_SHARE, SERVED_PERCENT = 0.02, (20, 95)


class PastWeeks:
    """Tells the weather of every past day and the demand of every past week, the oldest first."""

    def __init__(self, company: Company, market: Market) -> None:
        self.company = company
        self._market = market
        self._chance = np.random.default_rng(company.stream("past demand").getrandbits(64))
        self._places = [place.code for place in company.warehouses]
        self._lines_share, self._scale, self._paid_percent = self._buyers()

    def tell(self) -> None:
        before = self.company.parameters.before
        assert before is not None
        first_day = self.company.parameters.first_day
        monday = first_day - timedelta(days=first_day.weekday(), weeks=before.history_weeks)
        while monday + timedelta(days=6) < first_day:
            self._week(monday)
            monday += timedelta(weeks=1)
        for day in days(monday, first_day - timedelta(days=1)):
            self._market.work(day)

    def _buyers(self) -> tuple[np.ndarray, np.ndarray, list[int]]:
        """By place: share of all order lines, mean size of a buyer, per cent of list price paid."""
        customers = self.company.catalogue.customers
        everyone = sum(customer.weight for customer in customers)
        shares, scales, paid = [], [], []
        for place in self._places:
            there = [customer for customer in customers if customer.location == place]
            weight = sum(customer.weight for customer in there)
            off = sum(
                customer.weight * GROUP_DISCOUNT_PERCENT.get(customer.price_group, 0)
                for customer in there
            )
            shares.append(weight / everyone)
            scales.append(sum(c.weight * c.scale for c in there) / weight)
            paid.append(100 - round(off / weight))
        return np.array(shares), np.array(scales), paid

    def _week(self, monday: date) -> None:
        business_days = 0
        for day in days(monday, monday + timedelta(days=6)):
            self._market.work(day)
            business_days += self.company.is_business_day(day)
            if day.weekday() == WEDNESDAY:
                weights = np.array(self._market.weights(day))
        demand = self.company.parameters.demand
        sizes = demand.lines_per_order_weights
        lines = sum(size * weight for size, weight in enumerate(sizes, 1)) / sum(sizes)
        years = (monday - self.company.parameters.first_day).days / 365
        orders = demand.orders_per_business_day * (1 + demand.yearly_growth * years)
        of_items = weights / weights.sum() * orders * business_days * lines
        counts = self._chance.poisson(np.outer(of_items, self._lines_share))
        self._tell_counts(monday, counts)

    def _tell_counts(self, monday: date, counts: np.ndarray) -> None:
        """`counts`: order lines by item and place."""
        usual = np.array([item.typical_qty for item in self._market.sold], dtype=float)
        means = counts * np.outer(usual, self._scale)
        spread = np.outer(usual, self._scale) * LINE_SPREAD * np.sqrt(counts)
        drawn = np.rint(means + spread * self._chance.standard_normal(counts.shape))
        pieces = np.maximum(drawn, counts).astype(int)
        empty = self._chance.random(counts.shape) < EMPTY_SHARE
        served = self._chance.integers(*SERVED_PERCENT, size=counts.shape)
        for row, item in enumerate(self._market.sold):
            price = self._list_price(item, monday)
            for column, place in enumerate(self._places):
                qty = int(pieces[row, column])
                if not qty:
                    continue
                is_out = bool(empty[row, column])
                sold = math.ceil(qty * int(served[row, column]) / 100) if is_out else qty
                net = sold * price * self._paid_percent[column] // 100
                self.company.tell(PastDemand(item.code, place, monday, qty, sold, net, is_out))

    def _list_price(self, item: Item, day: date) -> int:
        money = self.company.parameters.money
        if day < money.price_rise_on:
            return item.list_price
        return (item.list_price * (100 + money.price_rise_percent) + 50) // 100
