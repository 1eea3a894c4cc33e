"""Carriers: when goods are picked up and delivered, who signed for them, and what never arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from pipelines.sample.happenings import (
    CarrierClaim,
    CarrierEvent,
    Delivered,
    DeliveryFailed,
    Shipment,
    ShipmentLine,
)
from pipelines.sample.world.catalogue_kinds import Customer
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import convert

PICKUP_MINUTE, DEPOT_MINUTE, ARRIVAL_MINUTE, ARRIVAL_SPREAD = 17 * 60, 3 * 60, 8 * 60, 8 * 60
CLAIM_MINUTE, SEARCH_DAYS, REFUSED_BEFORE_END = 14 * 60, 4, 13
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
    return company.moment(company.next_business_day(shipped, steps=steps), 18 * 60)


@dataclass(frozen=True, slots=True)
class Trip:
    """A shipment on the road and the moment of its arrival; `fate` delivered, lost, damaged, short or silent."""

    shipment: Shipment
    minute: int
    signer: str
    fate: str = "delivered"


class Carriers:
    """Hears of every confirmed shipment and reports what becomes of it, day by day."""

    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._rng = rng
        self._arrivals: dict[date, list[Trip]] = {}
        self._seq: dict[str, int] = {}
        self._claims: dict[date, list[CarrierClaim]] = {}
        self._unconfirmed: dict[date, list[Shipment]] = {}
        self._refused = False
        company.listen(Shipment, self._leaves)

    def _leaves(self, shipment: Shipment) -> None:
        if shipment.status == "packed":
            self._carry_unconfirmed(shipment)
        if not shipment.is_confirmed or shipment.kind not in CARRIED:
            return
        customer = self.company.customers[shipment.customer]
        slow = self._rng.random() < self.company.parameters.outbound.slow_delivery_share
        steps = transit_days(self.company, customer) + (1 if slow else 0)
        trip = Trip(
            shipment,
            ARRIVAL_MINUTE + self._rng.randrange(ARRIVAL_SPREAD),
            SIGNERS[self._rng.randrange(len(SIGNERS))],
            self._fate(shipment, self._rng.random()),
        )
        if trip.fate == "delivered":
            trip = replace(trip, fate=self._fault(shipment) or trip.fate)
        if trip.fate == "lost":  # the carrier looks for it before it says so
            steps += SEARCH_DAYS
        arrives = self.company.next_business_day(shipment.day, steps=steps)
        self._arrivals.setdefault(arrives, []).append(trip)
        self.report(shipment, "pickup", self.company.moment(shipment.day, PICKUP_MINUTE))

    def _fate(self, shipment: Shipment, drawn: float) -> str:
        """Only goods that are ours on the road, and paid for as accepted, are lost or damaged."""
        outbound = self.company.parameters.outbound
        signs = self.company.customers[shipment.customer].pod_required
        if not (signs and shipment.kind == "sale" and shipment.fob == "destination"):
            return "delivered"
        if drawn < outbound.lost_share:
            return "lost"
        return "damaged" if drawn < outbound.lost_share + outbound.damaged_share else "delivered"

    def work(self, day: date) -> None:
        for claim in self._claims.pop(day, []):
            self.company.tell(claim)
        for trip in self._arrivals.pop(day, []):
            shipment, at = trip.shipment, self.company.moment(day, trip.minute)
            if trip.fate == "lost":
                self._fail(trip, day, at, "lost", "EXT_ADJUST")
                continue
            self.report(shipment, "in_transit", self.company.moment(day, DEPOT_MINUTE))
            if trip.fate == "delivered" and self._is_refused(shipment, day):
                self._fail(trip, day, at, "refused", "RETURN_TRANSIT")
                continue
            if trip.fate != "silent":
                self._hand_over(trip, day, at)
        for shipment in self._unconfirmed.pop(day, []):
            self.report(shipment, "delivered", self.company.moment(day, ARRIVAL_MINUTE))

    def _carry_unconfirmed(self, shipment: Shipment) -> None:
        """The driver took it along; the warehouse never said so."""
        self.report(shipment, "pickup", self.company.moment(shipment.day, PICKUP_MINUTE))
        self._unconfirmed.setdefault(self.company.next_business_day(shipment.day), []).append(
            shipment
        )

    def _fault(self, shipment: Shipment) -> str:
        """What goes wrong with the signature, if anything does; the fate of the trip then."""
        customer, faults = self.company.customers[shipment.customer], self.company.faults
        paid = [line for line in shipment.lines if line.sales and not line.parent_item]
        claims = [("sale", shipment.customer, line.item) for line in shipment.lines]
        if not (customer.pod_required and shipment.kind == "sale") or len(paid) < len(
            shipment.lines
        ):
            return ""
        if any(faults.is_claimed(*claim) for claim in claims):
            return ""
        first = shipment.lines[0]
        if first.qty >= 4 and faults.strikes("POD_SHORT", day=shipment.day, claim=claims[0]):
            return "short"
        if len(shipment.lines) > 3 or not faults.strikes(
            "POD_MISSING", day=shipment.day, claim=claims[0]
        ):
            return ""
        for line, claim in zip(shipment.lines, claims, strict=True):
            faults.claim(*claim)
            faults.plant(
                "POD_MISSING", self._value(shipment, line, line.qty), "nobody signed for it",
                **_keys(shipment, line),
            )  # fmt: skip
        return "silent"

    def _value(self, shipment: Shipment, line: ShipmentLine, qty: int) -> int:
        """Net sales of some pieces of a line in company currency."""
        return convert(line.sales * qty // line.qty, shipment.fx_rate)

    def _hand_over_short(self, trip: Trip, day: date, at: datetime) -> None:
        """The carrier reports line by line; the customer signs for less of the first."""
        shipment, first = trip.shipment, trip.shipment.lines[0]
        short = max(1, first.qty // 6)
        accepted = tuple(
            (line, line.qty - short if line is first else line.qty) for line in shipment.lines
        )
        for kind, wait in (("delivered", 0), ("pod_signed", 4)):
            for line, qty in accepted:
                self.report(
                    shipment, kind, self.company.moment(day, trip.minute + wait), line=line.line,
                    delivered=qty, short=line.qty - qty,
                    pod=f"POD-{shipment.shipment_id[2:]}" if wait else "",
                    signed_by=trip.signer if wait else "",
                )  # fmt: skip
        self.company.faults.plant(
            "POD_SHORT", self._value(shipment, first, short), f"{short} of {first.qty} missing",
            **_keys(shipment, first),
        )  # fmt: skip
        self.deliver(shipment, day, at, signed=True, accepted=accepted)

    def _hand_over(self, trip: Trip, day: date, at: datetime) -> None:
        shipment = trip.shipment
        if trip.fate == "short":
            self._hand_over_short(trip, day, at)
            return
        self.report(shipment, "delivered", at)
        signed = self.company.customers[shipment.customer].pod_required
        if signed:
            self.report(
                shipment, "pod_signed", self.company.moment(day, trip.minute + 4),
                pod=f"POD-{shipment.shipment_id[2:]}", signed_by=trip.signer,
            )  # fmt: skip
        if trip.fate == "damaged":
            line = max(shipment.lines, key=lambda line: line.qty)
            qty = max(1, line.qty // 6)
            self.report(
                shipment, "damaged", self.company.moment(day, trip.minute + 25), line=line.line,
                damaged=qty,
            )  # fmt: skip
            self._claim(shipment, line, qty, line.cost * qty // line.qty, day, "damaged")
        self.deliver(shipment, day, at, signed=signed)

    def _is_refused(self, shipment: Shipment, day: date) -> bool:
        """Once, shortly before the year ends, so that the goods are on their way back then."""
        late = self.company.parameters.last_day - timedelta(days=REFUSED_BEFORE_END)
        ours = shipment.kind == "sale" and shipment.fob == "destination"
        signs = self.company.customers[shipment.customer].pod_required
        if self._refused or day < late or not (ours and signs):
            return False
        self._refused = True
        return True

    def _fail(self, trip: Trip, day: date, at: datetime, kind: str, enters: str) -> None:
        """Ours until delivered, so the loss is ours: the carrier is asked for it."""
        shipment = trip.shipment
        self.report(shipment, kind, at)
        for line in shipment.lines:
            self.company.move(
                "E27", at, day, item=line.item, location=line.location or shipment.location,
                qty=line.qty, enters=enters, kind="", lot=line.lot, serial=line.serial,
                doc_type="SO", doc_id=line.order_id, doc_line=str(line.order_line),
                shipment_id=shipment.shipment_id, shipment_line=str(line.line), reason=kind,
            )  # fmt: skip
            if kind == "lost":
                self._claim(shipment, line, line.qty, line.cost, day, "lost")
            self.company.faults.trap(
                f"{kind} on the road", "never accepted, so there is nothing to bill",
                **_keys(shipment, line),
            )  # fmt: skip
        lines = tuple((line, line.qty, line.cost) for line in shipment.lines)
        self.company.tell(DeliveryFailed(shipment, day, at, kind, lines))

    def _claim(
        self, shipment: Shipment, line: ShipmentLine, qty: int, cost: int, day: date, reason: str
    ) -> None:
        """Somebody writes to the carrier within days; where nobody does, the money is gone."""
        sale = ("sale", shipment.customer, line.item)
        if self.company.faults.strikes("UNCLAIMED_RECOVERY", day=day, claim=sale):
            self.company.faults.plant(
                "UNCLAIMED_RECOVERY", cost, f"{qty} {reason}, the carrier was never asked to pay",
                item_id=line.item, **_keys(shipment, line),
            )  # fmt: skip
            return
        fewest, most = self.company.parameters.outbound.claim_days
        on = self.company.next_business_day(day, steps=self._rng.randrange(fewest, most + 1))
        claim = CarrierClaim(
            self.company.number("CL"), shipment.carrier, shipment.shipment_id, line.line,
            line.item, qty, cost, on, self.company.moment(on, CLAIM_MINUTE), reason,
            self.company.parameters.currency,
        )  # fmt: skip
        if on <= self.company.parameters.last_day:
            self._claims.setdefault(on, []).append(claim)

    def deliver(
        self, shipment: Shipment, day: date, at: datetime, *, signed: bool,
        accepted: tuple[tuple[ShipmentLine, int], ...] = (),
    ) -> None:  # fmt: skip
        """The accepted goods are the customer's at the latest now; all of them unless named."""
        accepted = accepted or tuple((line, line.qty) for line in shipment.lines)
        passes = shipment.kind == "sale" and shipment.fob == "destination"
        for line, qty in accepted if passes else ():
            self.company.move(
                "E21", at, day, item=line.item, location=line.location or shipment.location,
                qty=qty, kind="", lot=line.lot, serial=line.serial, doc_type="SO",
                doc_id=line.order_id, doc_line=str(line.order_line),
                shipment_id=shipment.shipment_id, shipment_line=str(line.line),
            )  # fmt: skip
        self.company.tell(Delivered(shipment, day, at, accepted, passes, signed))

    def report(self, shipment: Shipment, kind: str, at: datetime, **facts: object) -> None:
        """One event of a shipment, numbered in the order in which it came in."""
        seq = self._seq.get(shipment.shipment_id, 0) + 1
        self._seq[shipment.shipment_id] = seq
        tells: Callable[..., CarrierEvent] = CarrierEvent
        self.company.tell(tells(shipment.shipment_id, seq, kind, at, shipment.carrier, **facts))


def _keys(shipment: Shipment, line: ShipmentLine) -> dict[str, Any]:
    return {
        "order_id": line.order_id,
        "order_line": line.order_line,
        "shipment_id": shipment.shipment_id,
        "shipment_line": line.line,
    }
