"""Replenishment by a planner who watches the shelf: what is ordered from whom, and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from pipelines.sample.happenings import PurchaseLine
from pipelines.sample.story.consigned_in import ConsignedIn
from pipelines.sample.story.inbound import InboundGoods
from pipelines.sample.world.catalogue_kinds import Item, Location, Supplier
from pipelines.sample.world.company import Company
from pipelines.sample.world.purchase_prices import cost_on, in_currency

ORDER_MINUTE = 18 * 60
OPENING_MINUTE, TAKEN_OVER_MINUTE = 6 * 60, 20 * 60
SMOOTHING = 0.03
Quantities = dict[tuple[str, str], int]


class Planning:
    def __init__(
        self, company: Company, rng: Random, inbound: InboundGoods, consigned: ConsignedIn
    ) -> None:
        self.company = company
        self._supply = company.parameters.supply
        self._rng = rng
        self._inbound = inbound
        self._consigned = consigned
        self._daily: dict[tuple[str, str], float] = {}

    def open_the_year(self, day: date, expected_daily: dict[tuple[str, str], float]) -> None:
        """Opening stock covers the first weeks; it is the balance the books start with."""
        self._daily = dict(expected_daily)
        at = self.company.moment(day, OPENING_MINUTE)
        for location in self.company.warehouses:
            for item in self.company.bought:
                qty = round(self._daily[location.code, item.code] * self._supply.opening_cover_days)
                if not item.launch and qty:
                    self._put(location, item, qty, day, at)

    def open_in_course(self, day: date, expected_daily: dict[tuple[str, str], float]) -> None:
        """A shelf of every age between two orders, and on its way what was ordered last."""
        self._daily = dict(expected_daily)
        at = self.company.moment(day, TAKEN_OVER_MINUTE)
        ordered: dict[tuple[date, str, str], list[tuple[Item, int]]] = {}
        for location in self.company.warehouses:
            for item in self.company.bought:
                if not self._is_stocked(item, day):
                    continue
                daily, supplier = self._daily[location.code, item.code], item.supplier
                age = self._rng.random() * self._supply.order_cover_days
                covered = self._supply.safety_days + supplier.lead_days - age
                coming = age < supplier.lead_days and not self._consigned.covers(location, item)
                batch = max(1, round(daily * self._supply.order_cover_days))
                if not coming:
                    covered += self._supply.order_cover_days
                qty = round(daily * covered)
                if qty > 0:
                    self._put(location, item, qty, day, at)
                if coming:
                    key = (self._reviewed_before(day, round(age)), location.code, supplier.code)
                    qty = _rounded_up(batch, item.order_multiple)
                    ordered.setdefault(key, []).append((item, qty))
        for (placed, place, code), wanted in sorted(ordered.items(), key=lambda entry: entry[0]):
            location, supplier = self.company.locations[place], self.company.suppliers[code]
            self._send(placed, location, supplier, "standard", wanted)

    def _reviewed_before(self, day: date, age: int) -> date:
        """The last day of orders so many days ago."""
        day -= timedelta(days=age)
        while day.weekday() not in self._supply.review_weekdays:
            day -= timedelta(days=1)
        return day

    def _put(self, location: Location, item: Item, qty: int, day: date, at: datetime) -> None:
        qty = _rounded_up(qty, item.order_multiple)
        moved = self.company.move(
            "E00", at, day, item=item.code, location=location.code, qty=qty, unit_cost=item.cost,
            ext_cost=qty * item.cost,
            lot=self.company.number("L", first=25001) if item.lot_controlled else "",
        )  # fmt: skip
        self.company.cost.receive(item.code, qty, qty * item.cost, moved.movement_id)

    def learn(self, day: date, demand: dict[tuple[date, str, str], int]) -> None:
        """The planner's idea of daily demand: exponential smoothing over calendar days."""
        for (location, item), mean in self._daily.items():
            seen = demand.get((day, location, item), 0)
            self._daily[location, item] = mean + SMOOTHING * (seen - mean)

    def review(self, day: date, back_orders: Quantities) -> None:
        if day.weekday() not in self._supply.review_weekdays:
            return
        for location in self.company.warehouses:
            for supplier in self.company.catalogue.suppliers:
                self._order(day, location, supplier, back_orders)

    def _order(
        self, day: date, location: Location, supplier: Supplier, back_orders: Quantities
    ) -> None:
        bought: list[tuple[Item, int]] = []
        consigned: list[tuple[Item, int]] = []
        for item in self.company.bought:
            if item.supplier is supplier and self._is_stocked(item, day):
                key = (location.code, item.code)
                position = self.company.stock.in_building[key] + self._inbound.on_order[key]
                position += self._consigned.held(*key)
                qty = self.order_qty(item, key, position - back_orders.get(key, 0))
                if qty:
                    listed = consigned if self._consigned.covers(location, item) else bought
                    listed.append((item, qty))
        for kind, wanted in (("standard", bought), ("consignment", consigned)):
            if wanted:
                self._send(day, location, supplier, kind, wanted)

    def _send(
        self, day: date, location: Location, supplier: Supplier, kind: str,
        wanted: list[tuple[Item, int]],
    ) -> None:  # fmt: skip
        po_id = self.company.number("PO")
        at = self.company.moment(day, ORDER_MINUTE)
        spread = supplier.lead_spread
        lead = max(3, supplier.lead_days + self._rng.randrange(-spread, 2 * spread + 1))
        promised = self.company.next_business_day(day + timedelta(days=supplier.lead_days - 1))
        arrives = self.company.next_business_day(day + timedelta(days=lead - 1))
        if arrives <= self.company.parameters.first_day:  # overdue when the story begins
            first_day = self.company.parameters.first_day
            arrives = self.company.next_business_day(first_day, steps=self._rng.randrange(1, 6))
        lines = []
        for position, (item, qty) in enumerate(wanted, start=1):
            purchase = PurchaseLine(
                po_id, position, supplier.code, location.code, item.code, day, promised, qty,
                self._price(item, supplier, day), "open", at, kind=kind,
                currency=supplier.currency, fob=supplier.fob, confirmed_at=at,
            )  # fmt: skip
            self.company.tell(purchase)
            lines.append(purchase)
        self._inbound.expect(lines, at, arrives)

    def _is_stocked(self, item: Item, day: date) -> bool:
        return item.launch is None or day >= item.launch - timedelta(days=35)

    def order_qty(self, item: Item, key: tuple[str, str], position: int) -> int:
        """Pieces to order for a place; `position` is what lies there and what is coming."""
        daily = self._daily[key]
        reorder = daily * item.supplier.lead_days + self._safety(item, daily)
        if position > reorder:
            return 0
        short = reorder + daily * self._supply.order_cover_days - position
        return _rounded_up(max(1, round(short)), item.order_multiple)

    def _safety(self, item: Item, daily: float) -> float:
        """Pieces beyond the lead time: days of demand, and no less than some usual orders."""
        usual = self._supply.safety_orders * item.typical_qty if daily else 0
        return max(daily * self._supply.safety_days, usual)

    def _price(self, item: Item, supplier: Supplier, day: date) -> int:
        """A foreign price list was made at the rate of the first day, and stays."""
        cents = cost_on(item, self._supply, day)
        first = self.company.parameters.first_day
        return in_currency(cents, self.company.exchange.rate(supplier.currency, first))


def _rounded_up(qty: int, multiple: int) -> int:
    return -(-qty // multiple) * multiple
