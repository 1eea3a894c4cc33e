"""Bill-and-hold: sold and segregated at the customer's written wish, fetched weeks later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.sample.happenings import BillableEvent, OrderLine, Shipment, ShipmentLine
from pipelines.sample.story.selling import Selling
from pipelines.sample.world.catalogue_kinds import Customer, Item
from pipelines.sample.world.company import Company

HOLD_MONTHS, HOLD_DAY, HELD_DAYS = (3, 6, 9, 12), 8, 33
HOLD_MINUTE, STORAGE_MINUTE, RELEASE_MINUTE = 15 * 60 + 50, 18 * 60, 13 * 60
APPROVER = "j.sommer"  # sales control: all four criteria are evidenced
STORAGE_FEE = 3_500  # cents a month
POSITIONS = (16, 23, 24, 25, 26, 27, 28, 29)  # customers without anything special


@dataclass(frozen=True, slots=True)
class Held:
    """What lies in our building and is the customer's."""

    line: OrderLine
    fetched: date


class BillHold:
    def __init__(self, company: Company, selling: Selling) -> None:
        self.company = company
        self._selling = selling
        self.held: list[Held] = []
        customers = company.catalogue.customers
        self._customer: Customer | None = next(
            (
                customers[position]
                for position in POSITIONS
                if position < len(customers)
                and company.locations[customers[position].location].reserves
            ),
            None,
        )

    def work(self, day: date) -> None:
        if not self.company.is_business_day(day) or self._customer is None:
            return
        for held in [held for held in self.held if held.fetched <= day]:
            self._release(day, held)
        self.held = [held for held in self.held if held.fetched > day]
        if day.month in HOLD_MONTHS and day == self.company.business_day_of(day, HOLD_DAY):
            self._sell(day, self._customer)
        if self.held and day == self.company.business_day_of(day, 27):
            self._charge_storage(day)

    def _sell(self, day: date, customer: Customer) -> None:
        item = self._plenty(customer)
        if item is None:
            return
        company, at = self.company, self.company.moment(day, HOLD_MINUTE)
        order_id, qty = company.number("SO"), 3 * item.typical_qty
        line = self._selling.ordering.line(day, at, (order_id, 1), customer, item, qty)
        line = replace(line, kind="bill_hold")
        company.tell(line)
        self._selling.want(line)
        cost = company.cost.issue(item.code, qty)
        company.move(
            "E25", at, day, item=item.code, location=line.location, qty=qty, owner=customer.code,
            enters_owner=customer.code, doc_type="SO", doc_id=order_id, doc_line="1",
            ext_cost=-cost, reason="bill and hold", approved_by=APPROVER,
        )  # fmt: skip
        company.tell(
            BillableEvent(
                company.number("BE"), "bill_hold", day, at, customer.code, order_id=order_id,
                order_line=1, item=item.code, location=line.location, qty=qty, price=line.price,
                currency=line.currency, evidence=f"letter of {customer.code}, segregated, ready",
                stock_cost=cost, fx_rate=company.exchange.rate(line.currency, day),
            )
        )  # fmt: skip
        company.faults.trap(
            "bill-and-hold", "billed with evidence, still in the building", order_id=order_id,
            order_line=1,
        )  # fmt: skip
        fetched = self.company.next_business_day(day + timedelta(days=HELD_DAYS))
        self.held.append(Held(line, fetched))

    def _plenty(self, customer: Customer) -> Item | None:
        """The first plain item of which far more lies there than is wanted."""
        stock = self.company.stock
        for item in self.company.bought:
            plain = not (item.lot_controlled or item.serial_controlled or item.case_qty > 1)
            level = stock.level(customer.location, item.code, "ON_HAND")
            if plain and level > 12 * item.typical_qty:
                return item
        return None

    def _charge_storage(self, day: date) -> None:
        """The goods in the building cost rent by the month."""
        line = self.held[0].line
        self.company.tell(
            BillableEvent(
                self.company.number("BE"), "storage", day, self.company.moment(day, STORAGE_MINUTE),
                line.customer, charge_amount=STORAGE_FEE, currency=line.currency,
                location=line.location,
            )
        )  # fmt: skip

    def _release(self, day: date, held: Held) -> None:
        company, line = self.company, held.line
        at, shipment_id = company.moment(day, RELEASE_MINUTE), company.number("SH")
        moved = company.move(
            "E26", at, day, item=line.item, location=line.location, qty=line.qty,
            leaves_owner=line.customer, owner=line.customer, doc_type="SO", doc_id=line.order_id,
            doc_line=str(line.line), shipment_id=shipment_id, shipment_line="1",
        )  # fmt: skip
        shipped = ShipmentLine(
            1, line.order_id, line.line, line.item, line.qty, line.qty, 0, 0, net=0,
            movement_id=moved.movement_id,
        )  # fmt: skip
        company.tell(line.changed("shipped", at))
        company.tell(
            Shipment(
                shipment_id, "billhold_release", line.location, line.customer, day, at, (shipped,),
                order_kind="bill_hold", carrier="OWNCARRIER", fob=line.fob,
                freight_terms="collect", tracking=f"OWN{shipment_id[2:]}", currency=line.currency,
            )
        )  # fmt: skip
        company.faults.trap(
            "bill-and-hold release", "billed when it was held", order_id=line.order_id,
            order_line=line.line, shipment_id=shipment_id, shipment_line=1,
        )  # fmt: skip
