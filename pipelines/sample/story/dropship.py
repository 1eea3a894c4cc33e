"""Drop-ship: the supplier sends the goods to the customer, and no warehouse of ours sees them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pipelines.sample.happenings import BillableEvent, OrderLine, PurchaseLine
from pipelines.sample.story.selling import Selling
from pipelines.sample.world.company import Company

ORDER_MINUTE, PO_MINUTE, DESPATCH_MINUTE, ARRIVAL_MINUTE = 11 * 60, 11 * 60 + 40, 16 * 60, 10 * 60
LAST_DAYS = 12  # no new ones in the last days of the year


@dataclass(frozen=True, slots=True)
class Direct:
    """A drop-shipped line between the order and the customer's door."""

    line: OrderLine
    purchase: PurchaseLine
    despatched: date


class DropShip:
    def __init__(self, company: Company, rng: Random, selling: Selling) -> None:
        self.company = company
        self._rng = rng
        self._selling = selling
        self._ordered: list[Direct] = []
        self._on_the_road: list[Direct] = []
        own = ("", company.parameters.currency)
        self._items = [
            item
            for item in company.bought
            if item.supplier.currency in own and not item.serial_controlled and not item.launch
            and not item.lot_controlled and item.code not in item.supplier.consigns
        ]  # fmt: skip

    def work(self, day: date) -> None:
        if not self.company.is_business_day(day):
            return
        for direct in self._on_the_road:
            self._arrive(day, direct)
        due = [direct for direct in self._ordered if direct.despatched <= day]
        self._ordered = [direct for direct in self._ordered if direct.despatched > day]
        for direct in due:
            self._despatch(day, direct)
        self._on_the_road = due
        last = self.company.parameters.last_day - timedelta(days=LAST_DAYS)
        outbound = self.company.parameters.outbound
        for _ in range(outbound.drop_ships_a_day):
            if self._rng.random() < outbound.drop_ship_share_of_days and day <= last:
                self._order(day)

    def _order(self, day: date) -> None:
        company = self.company
        # A price with the tax in it belongs to a web shop, and that sells from the shelf.
        plain = [c for c in company.catalogue.customers if not c.tax_inclusive]
        customer = self._rng.choice(plain)
        item = self._rng.choice(self._items)
        at, ordered_at = company.moment(day, PO_MINUTE), company.moment(day, ORDER_MINUTE)
        order_id, qty = company.number("SO"), 3 * item.typical_qty
        line = self._selling.ordering.line(day, ordered_at, (order_id, 1), customer, item, qty)
        despatched = self.company.next_business_day(day, steps=self._rng.randrange(2, 6))
        line = replace(
            line, kind="dropship", promised=self.company.next_business_day(despatched, steps=2)
        )
        purchase = PurchaseLine(
            company.number("PO"), 1, item.supplier.code, line.location, item.code, day, despatched,
            qty, item.cost, "open", at, kind="dropship", currency=company.parameters.currency,
            confirmed_at=at,
        )  # fmt: skip
        company.tell(line)
        company.tell(purchase)
        self._ordered.append(Direct(line, purchase, despatched))

    def _despatch(self, day: date, direct: Direct) -> None:
        """The supplier's notice: the goods are the customer's, he owes us and we owe for them."""
        company, line, purchase = self.company, direct.line, direct.purchase
        at = company.moment(day, DESPATCH_MINUTE)
        self._move(direct, day, leaves="EXT_SUPPLIER", enters="DROPSHIP_TRANSIT", minute=0)
        company.tell(purchase.changed("received", at))
        company.tell(line.changed("shipped", at))
        event = BillableEvent(
            company.number("BE"), "dropship_ship", day, at, line.customer, order_id=line.order_id,
            order_line=line.line, item=line.item, location=line.location, qty=line.qty,
            price=line.price, currency=line.currency, report=f"DN-{purchase.po_id}",
            stock_cost=line.qty * purchase.price, purchase_id=purchase.po_id,
            purchase_line=purchase.line, supplier=purchase.supplier,
            fx_rate=company.exchange.rate(line.currency, day),
        )  # fmt: skip
        company.tell(event)
        company.faults.trap(
            "drop-ship", "billed without a shipment of ours", order_id=line.order_id,
            order_line=line.line,
        )  # fmt: skip

    def _arrive(self, day: date, direct: Direct) -> None:
        """The carrier brings the supplier's slip back: the order is closed, and nothing else says so."""
        at = self.company.moment(day, ARRIVAL_MINUTE)
        self.company.tell(direct.line.changed("closed", at))
        self._move(direct, day, leaves="DROPSHIP_TRANSIT", enters="EXT_CUSTOMER", minute=1)

    def _move(self, direct: Direct, day: date, *, leaves: str, enters: str, minute: int) -> None:
        line = direct.line
        at = self.company.moment(day, ARRIVAL_MINUTE if minute else DESPATCH_MINUTE)
        self.company.move(
            "E47", at, day, item=line.item, location=line.location, qty=line.qty, leaves=leaves,
            enters=enters, kind="", doc_type="SO", doc_id=line.order_id, doc_line=str(line.line),
        )  # fmt: skip
