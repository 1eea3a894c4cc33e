"""Returns: what customers send back, what is found when the box is opened, what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from pipelines.sample.happenings import (
    Delivered,
    DeliveryFailed,
    GoodsReturned,
    Inbound,
    Shipment,
    ShipmentLine,
)
from pipelines.sample.world.cents import share
from pipelines.sample.world.company import Company
from pipelines.sample.world.turns import Turn

DOCK_MINUTE, DECISION_MINUTE = 10 * 60, 14 * 60
KINDS = ("standard", "recurring")  # of orders whose goods come back


@dataclass(frozen=True, slots=True)
class Coming:
    """Pieces on their way back, of one line of a shipment; `cost` is what they left at."""

    shipment: Shipment
    line: ShipmentLine
    qty: int
    cost: int
    reason: str


class Returning:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._parameters = company.parameters.returns
        self._back: dict[date, list[Coming]] = {}
        self._forgotten: set[tuple[str, str, str]] = set()
        self._to_decide: dict[date, list[GoodsReturned]] = {}
        self._rng = rng
        company.listen(Delivered, self._hear_delivered)
        company.listen(DeliveryFailed, self._hear_failed)

    def _hear_delivered(self, told: Delivered) -> None:
        """A customer looks at what came, and a few days later some of it is sent back."""
        shipment = told.shipment
        if shipment.kind != "sale" or shipment.order_kind not in KINDS:
            return
        for line, accepted in told.accepted:
            if self._rng.random() >= self._parameters.line_share or not accepted:
                continue
            fewest, most = self._parameters.days_until_back
            back = self.company.next_business_day(
                told.day + timedelta(days=self._rng.randrange(fewest, most + 1))
            )
            qty = accepted if accepted < 4 else self._rng.randrange(1, accepted + 1)
            reason = self._rng.choice(self._parameters.reasons)
            if line.parent_item or line.free_reason or not line.price:
                continue
            coming = Coming(shipment, line, qty, share(line.cost, line.qty, qty), reason)
            self._back.setdefault(back, []).append(coming)

    def _hear_failed(self, told: DeliveryFailed) -> None:
        if told.kind != "refused":
            return
        back = self.company.next_business_day(told.day, steps=self._parameters.refused_days)
        for line, qty, cost in told.lines:
            coming = Coming(told.shipment, line, qty, cost, "refused")
            self._back.setdefault(back, []).append(coming)

    # --- a day ---------------------------------------------------------------------------------

    def receive(self, day: date) -> None:
        """Before the bills of suppliers, and before anything leaves (ruling C2)."""
        for position, coming in enumerate(self._back.pop(day, [])):
            if coming.reason == "refused" or self._is_undisturbed(coming):
                self._receive(day, DOCK_MINUTE + 4 * min(position, 50), coming)

    def decide(self, day: date) -> None:
        for position, returned in enumerate(self._to_decide.pop(day, [])):
            at = self.company.moment(day, DECISION_MINUTE + 4 * min(position, 50))
            is_defect = returned.reason == "defect"
            if is_defect and self._rng.random() < self._scrapped_if_defect:
                scraps = partial(self._decide, day, at, returned, "scrap")
                self.company.turns.ask(Turn.SCRAP, at, scraps)
            else:
                self._decide(day, at, returned, "restock")

    def _is_undisturbed(self, coming: Coming) -> bool:
        """Nothing is sent back of a sale on which something went wrong: the two would offset."""
        faults, customer = self.company.faults, coming.shipment.customer
        sold = coming.line.billed_item
        return not (faults.is_claimed("sale", customer, sold) or faults.is_claimed(customer, sold))

    def _receive(self, day: date, minute: int, coming: Coming) -> None:
        at = self.company.moment(day, minute)
        line, shipment = coming.line, coming.shipment
        rma, receipt = self.company.number("RMA"), self.company.number("RR")
        notice = self._announce(day, minute, coming, rma)
        location = line.location or shipment.location
        # Without its sale a return costs what stock costs, before landed cost of the day (ruling C2).
        too_early = self.company.faults.is_claimed(
            "costs more from today", line.item, day.isoformat()
        )
        unlinked = (coming.reason != "refused" and not too_early) and self.company.faults.strikes(
            "RETURN_UNLINKED", claim=("stock", location, line.item)
        )
        known = None if unlinked else coming.cost
        cost = self.company.cost.return_in(
            line.item, coming.qty, known,
            issue_id="" if unlinked else f"{shipment.shipment_id}/{line.line}",
        )  # fmt: skip
        staged = self.company.locations[location].reserves
        moved = self.company.move(
            "E29", at, day, item=line.item, location=location, qty=coming.qty,
            leaves="RETURN_TRANSIT" if coming.reason == "refused" else "",
            kind=None if staged else "receipt", shown_as="" if staged else "return_hold",
            lot=line.lot, serial=line.serial, doc_type="RMA", doc_id=rma, doc_line="1",
            receipt_id=receipt, receipt_line="1", reason=coming.reason, ext_cost=cost,
        )  # fmt: skip
        returned = GoodsReturned(
            receipt, 1, day, at, shipment.customer, location, line.item, coming.qty,
            "" if unlinked else shipment.shipment_id, 0 if unlinked else line.line,
            line.order_id, line.order_line, line.price, cost,
            coming.reason, lot=line.lot, currency=shipment.currency, rma=rma,
            inbound_id=notice.inbound_id, serial=line.serial, movement_id=moved.movement_id,
        )  # fmt: skip
        self.company.tell(returned)
        self.company.tell(notice.changed("closed", at))
        forgotten = self._is_forgotten(day, location, line)
        if unlinked:
            self.company.faults.plant(
                "RETURN_UNLINKED", cost, "nobody knows which shipment comes back",
                receipt_id=receipt, receipt_line=1, movement_id=moved.movement_id,
                item_id=line.item, location_id=location, party_id=shipment.customer,
            )  # fmt: skip
        if forgotten:
            return
        fewest, most = self._parameters.days_until_decided
        decided = self.company.next_business_day(day, steps=self._rng.randrange(fewest, most + 1))
        self._to_decide.setdefault(decided, []).append(returned)

    def _is_forgotten(self, day: date, location: str, line: ShipmentLine) -> bool:
        """Nobody ever decides; late in the year, so that it is still there at its end. What comes
        in behind a forgotten box is put on top of it."""
        place, age = (location, line.item, line.lot), (self.company.parameters.last_day - day).days
        claim = ("stock", location, line.item)
        if 10 < age <= 56 and self.company.faults.strikes("RETURN_LIMBO", claim=claim):
            self._forgotten.add(place)
        return place in self._forgotten

    def _announce(self, day: date, minute: int, coming: Coming, rma: str) -> Inbound:
        """The customer asked for a number first; what a carrier brings back has one at the dock."""
        line, shipment = coming.line, coming.shipment
        asked = self.company.moment(day, minute - 90) - timedelta(
            days=0 if coming.reason == "refused" else 4
        )
        notice = Inbound(
            self.company.number("RN"), 1, "return", rma, 1, line.location or shipment.location,
            line.item, coming.qty, "in_transit", asked, shipped_at=asked,
            eta=self.company.moment(day, DOCK_MINUTE), carrier=shipment.carrier, lot=line.lot,
        )  # fmt: skip
        self.company.tell(notice)
        return notice

    def _decide(self, day: date, at: datetime, returned: GoodsReturned, disposition: str) -> None:
        """Back to the shelf at what it left at, or into the bin."""
        scrapped = disposition == "scrap"
        staged = self.company.locations[returned.location].reserves
        cost = self.company.cost.issue(returned.item, returned.qty) if scrapped else None
        self.company.move(
            "E32" if scrapped else "E31", at, day, item=returned.item,
            location=returned.location, qty=returned.qty, kind=None if staged else "",
            lot=returned.lot, serial=returned.serial, doc_type="RMA", doc_id=returned.rma,
            doc_line="1", receipt_id=returned.receipt_id, receipt_line=str(returned.line),
            reason=returned.reason, ext_cost=None if cost is None else -cost,
            approved_by="m.albers" if scrapped else "",
        )  # fmt: skip
        self.company.tell(
            replace(returned, disposition=disposition, decided_at=at, accepted_day=day)
        )

    @property
    def _scrapped_if_defect(self) -> float:
        """So that the share of all returns is the one of the parameters."""
        return min(1.0, self._parameters.scrapped_share * len(self._parameters.reasons))
