"""What carriers charge for a shipment and the customer pays on top: freight, dangerous goods."""

from __future__ import annotations

from pipelines.sample.happenings import BillableEvent, Shipment
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import ONE


class Freight:
    """Hears of every shipment of customers whose freight is prepaid and added."""

    def __init__(self, company: Company) -> None:
        self.company = company
        company.listen(Shipment, self._shipped)

    def _shipped(self, shipment: Shipment) -> None:
        paid = shipment.freight_terms == "prepaid_add" and shipment.kind == "sale"
        if not (paid and shipment.is_confirmed and any(line.sales for line in shipment.lines)):
            return
        outbound = self.company.parameters.outbound
        kilograms = -(-shipment.grams // 1000)
        cost = outbound.freight_cents + kilograms * outbound.freight_cents_per_kilogram
        charge = cost * (100 + outbound.freight_markup_percent) // 100
        self._charge(shipment, "freight_charge", cost, charge)
        if shipment.hazmat:
            self._charge(shipment, "hazmat", outbound.hazmat_cents, outbound.hazmat_cents)

    def _charge(self, shipment: Shipment, kind: str, cost: int, charge: int) -> None:
        """In the currency of the shipment; a charge without a rate waits for somebody to set it."""
        company = self.company
        assert shipment.at is not None
        told = cost * ONE // shipment.fx_rate
        pending = self._stays_unrated(shipment, kind, told)
        company.tell(
            BillableEvent(
                company.number("BE"), kind, shipment.day, shipment.at, shipment.customer,
                shipment_id=shipment.shipment_id, order_id=shipment.lines[0].order_id,
                cost_amount=told,
                charge_amount=None if pending else charge * ONE // shipment.fx_rate,
                rated=not pending, currency=shipment.currency,
                report=f"{shipment.carrier[:3]}-{shipment.day:%y%m}", fx_rate=shipment.fx_rate,
            )
        )  # fmt: skip

    def _stays_unrated(self, shipment: Shipment, kind: str, cost: int) -> bool:
        """At stake is the cost as told, with its mark-up, in our currency."""
        faults, first = self.company.faults, shipment.lines[0]
        claim = ("sale", shipment.customer, first.item)
        if kind != "freight_charge" or not faults.strikes(
            "FREIGHT_PENDING", day=shipment.day, claim=claim
        ):
            return False
        percent = 100 + self.company.parameters.outbound.freight_markup_percent
        own = (cost * percent * shipment.fx_rate + 50 * ONE) // (100 * ONE)
        faults.plant(
            "FREIGHT_PENDING", own, "the carrier's cost is known, nobody set the charge",
            shipment_id=shipment.shipment_id, order_id=first.order_id,
        )  # fmt: skip
        return True
