"""Carriers: when goods are picked up and delivered, who signed for them, and what never arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from pipelines.sample.happenings import CarrierEvent, Delivered, Shipment
from pipelines.sample.world.calendar import next_business_day
from pipelines.sample.world.catalogue_kinds import Customer
from pipelines.sample.world.company import Company

PICKUP_MINUTE, DEPOT_MINUTE, ARRIVAL_MINUTE, ARRIVAL_SPREAD = 17 * 60, 3 * 60, 8 * 60, 8 * 60
SIGNERS = ("M. Krause", "S. Yildiz", "P. Novak", "goods-in", "A. Lindqvist")
CARRIED = ("sale", "sample", "warranty", "consignment", "billhold_release")


def carrier_of(customer: Customer) -> str:
    """Who fetches the goods: the customer's own carrier where the customer pays for it."""
    if customer.freight_terms in ("collect", "third_party"):
        return "OWNCARRIER"
    return "NORDSPED" if customer.country == "DE" else "ALPENLINE"


def transit_days(company: Company, customer: Customer) -> int:
    return dict(company.parameters.outbound.transit_days).get(customer.country, 2)


def promised_delivery(company: Company, customer: Customer, shipped: date) -> datetime:
    steps = transit_days(company, customer) + 1
    return company.moment(next_business_day(shipped, steps=steps), 18 * 60)


@dataclass(frozen=True, slots=True)
class Trip:
    """A shipment on the road and the moment of its arrival."""

    shipment: Shipment
    minute: int
    signer: str


class Carriers:
    """Hears of every confirmed shipment and reports what becomes of it, day by day."""

    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._rng = rng
        self._arrivals: dict[date, list[Trip]] = {}
        self._seq: dict[str, int] = {}
        company.listen(Shipment, self._leaves)

    def _leaves(self, shipment: Shipment) -> None:
        if not shipment.is_confirmed or shipment.kind not in CARRIED:
            return
        customer = self.company.customers[shipment.customer]
        slow = self._rng.random() < self.company.parameters.outbound.slow_delivery_share
        steps = transit_days(self.company, customer) + (1 if slow else 0)
        trip = Trip(
            shipment,
            ARRIVAL_MINUTE + self._rng.randrange(ARRIVAL_SPREAD),
            SIGNERS[self._rng.randrange(len(SIGNERS))],
        )
        arrives = next_business_day(shipment.day, steps=steps)
        self._arrivals.setdefault(arrives, []).append(trip)
        self.report(shipment, "pickup", self.company.moment(shipment.day, PICKUP_MINUTE))

    def work(self, day: date) -> None:
        for trip in self._arrivals.pop(day, []):
            shipment = trip.shipment
            self.report(shipment, "in_transit", self.company.moment(day, DEPOT_MINUTE))
            at = self.company.moment(day, trip.minute)
            self.report(shipment, "delivered", at)
            signed = self.company.customers[shipment.customer].pod_required
            if signed:
                self.report(
                    shipment, "pod_signed", self.company.moment(day, trip.minute + 4),
                    pod=f"POD-{shipment.shipment_id[2:]}", signed_by=trip.signer,
                )  # fmt: skip
            self.deliver(shipment, day, at, signed=signed)

    def deliver(self, shipment: Shipment, day: date, at: datetime, *, signed: bool) -> None:
        """The goods are the customer's at the latest now."""
        passes = shipment.kind == "sale" and shipment.fob == "destination"
        if passes:
            for line in shipment.lines:
                self.company.move(
                    "E21", at, day, item=line.item, location=line.location or shipment.location,
                    qty=line.qty, kind="", lot=line.lot, serial=line.serial, doc_type="SO",
                    doc_id=line.order_id, doc_line=str(line.order_line),
                    shipment_id=shipment.shipment_id, shipment_line=str(line.line),
                )  # fmt: skip
        accepted = tuple((line, line.qty) for line in shipment.lines)
        self.company.tell(Delivered(shipment, day, at, accepted, passes, signed))

    def report(self, shipment: Shipment, kind: str, at: datetime, **facts: object) -> None:
        """One event of a shipment, numbered in the order in which it came in."""
        seq = self._seq.get(shipment.shipment_id, 0) + 1
        self._seq[shipment.shipment_id] = seq
        tells: Callable[..., CarrierEvent] = CarrierEvent
        self.company.tell(tells(shipment.shipment_id, seq, kind, at, shipment.carrier, **facts))
