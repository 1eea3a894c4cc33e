"""Charges on shipments: they wait for the goods and go out on the same invoice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from pipelines.sample.happenings import Shipment
from pipelines.sample.story.billables import Billable, Clock
from pipelines.sample.world.company import Company


class Charging:
    """What a carrier or the policy charges for a shipment, until an invoice takes it."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self._waiting: defaultdict[str, list[Billable]] = defaultdict(list)
        self.fees: list[Billable] = []  # asked by the policy alone
        self._pallets = 0
        self._goods_billed: set[str] = set()
        company.listen(Shipment, self._hear_shipment)

    def _hear_shipment(self, shipment: Shipment) -> None:
        """The handling fee that the policy asks of some customers, without an event."""
        pays = self.company.parameters.charges.handling_customers
        customer = self.company.customers.get(shipment.customer)
        if not shipment.is_confirmed or customer is None or shipment.kind != "sale":
            return
        position = int(customer.code[1:]) - 1001
        is_first = not any(c.kind == "handling" for c in self._waiting[shipment.shipment_id])
        sold = any(line.sales for line in shipment.lines)
        charges = self.company.parameters.charges
        if position in charges.packaging_customers and sold:
            self._pallets += 1
            if self._pallets % charges.packaging_every == 0:
                self._add(shipment, "deposit", charges.packaging_deposit)
        if position in pays and is_first and sold:
            self._add(shipment, "handling", charges.handling_fee)

    def _add(self, shipment: Shipment, kind: str, amount: int) -> None:
        assert shipment.at is not None
        charge = Billable(
            shipment.customer, shipment.day, shipment.at, "", 1, amount, shipment.currency,
            Clock(120, 0), kind=kind, order_id=shipment.lines[0].order_id,
            shipment_id=shipment.shipment_id,
        )  # fmt: skip
        self._waiting[shipment.shipment_id].append(charge)
        if kind == "handling":
            self.fees.append(charge)

    def wait_for_goods(self, charge: Billable) -> bool:
        """Keeps a charge for the invoice of its goods; False where that has gone out already."""
        if charge.shipment_id in self._goods_billed or not charge.shipment_id:
            return False
        self._waiting[charge.shipment_id].append(charge)
        return True

    def goods_are_billed(self, shipment_id: str) -> bool:
        return shipment_id in self._goods_billed

    def with_charges(self, lines: list[Billable], day: date) -> list[Billable]:
        """The lines of an invoice with the charges of their shipments at the end."""
        shipments = dict.fromkeys(
            line.shipment_id for line in lines if line.is_linkable or line.kind == "item"
        )
        charges: list[Billable] = []
        for shipment_id in shipments:
            if shipment_id:
                charges += self._waiting.pop(shipment_id, [])
                self._goods_billed.add(shipment_id)
        return [*lines, *charges]
