"""Inspection of what came in: accepted, or rejected and sent back to the supplier."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from random import Random
from typing import Any

from pipelines.sample.happenings import (
    GoodsReceived,
    ReceiptInspected,
    ReceiptLine,
    SupplierInvoice,
    VendorReturned,
)
from pipelines.sample.story.receipt_faults import ReceiptFaults
from pipelines.sample.world.company import Company
from pipelines.sample.world.turns import Turn

DECISION_MINUTE, RETURN_MINUTE = 7 * 60 + 20, 16 * 60 + 10
APPROVER = "m.albers"


@dataclass(frozen=True, slots=True)
class Held:
    """A receipt line under inspection or, once rejected, at the ramp."""

    receipt: GoodsReceived
    line: ReceiptLine

    @property
    def item(self) -> str:
        return self.line.purchase.item

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "item": self.line.purchase.item, "location": self.receipt.location,
            "lot": self.line.lot, "receipt_id": self.receipt.receipt_id,
            "receipt_line": str(self.line.line),
        }  # fmt: skip

    @property
    def order(self) -> dict[str, Any]:
        purchase = self.line.purchase
        return {"doc_type": "PO", "doc_id": purchase.po_id, "doc_line": str(purchase.line)}


class Inspection:
    def __init__(self, company: Company, rng: Random, faults: ReceiptFaults) -> None:
        self.company = company
        self._rng = rng
        self._params = company.parameters.receiving
        self._faults = faults
        self._decide: defaultdict[date, list[Held]] = defaultdict(list)
        self._leave: defaultdict[date, list[Held]] = defaultdict(list)
        self._billed: set[str] = set()
        company.listen(GoodsReceived, self._take_in)
        company.listen(SupplierInvoice, self._hear_bill)

    def _hear_bill(self, invoice: SupplierInvoice) -> None:
        if invoice.status != "parked":
            self._billed.update(line.receipt_id for line in invoice.lines if line.kind == "item")

    def _take_in(self, receipt: GoodsReceived) -> None:
        for line in receipt.lines:
            if line.inspection != "pending":
                continue
            held = Held(receipt, line)
            at = receipt.putaway_at or receipt.at
            self.company.move("E06", at, receipt.day, qty=line.qty, **held.facts, **held.order)
            if not self._faults.forgets_inspection(receipt, line):
                steps = self._rng.randint(*self._params.inspection_days)
                self._decide[self.company.next_business_day(receipt.day, steps=steps)].append(held)

    def decide(self, day: date) -> None:
        """In the morning, so that accepted goods can be reserved on the day."""
        at = self.company.moment(day, DECISION_MINUTE)
        for held in self._decide.pop(day, []):
            rejected = self._rejected(held.line)
            stays = self._faults.forgets_return(held.receipt, held.line, day)
            if stays:
                rejected = rejected or max(1, held.line.qty // 10)
            elif self._faults.keeps_out_of_inspection(held.receipt.location, held.item):
                rejected = 0
            accepted = held.line.qty - rejected
            if accepted:
                self.company.move(
                    "E07", at, day, qty=accepted, leaves="QC_HOLD", **held.facts, **held.order
                )  # fmt: skip
            line = replace(
                held.line, rejected=rejected, inspection="fail" if rejected else "pass",
                inspected_at=at, disposition="rtv" if rejected else "", putaway_at=at,
            )  # fmt: skip
            self.company.tell(ReceiptInspected(held.receipt, line, at))
            if rejected:
                self._reject(Held(held.receipt, line), day, at, stays=stays)

    def _rejected(self, line: ReceiptLine) -> int:
        if self._rng.random() >= self._params.reject_share:
            return 0
        percent = self._rng.randint(*self._params.reject_percent)
        return min(line.qty, max(1, line.qty * percent // 100))

    def _reject(self, held: Held, day: date, at: datetime, *, stays: bool) -> None:
        qty = held.line.rejected
        self.company.move("E08", at, day, qty=qty, reason="inspection", **held.facts, **held.order)
        if stays:
            self._faults.keep_at_the_ramp(held.receipt, held.line)
            return
        steps = self._rng.randint(*self._params.return_days)
        self._leave[self.company.next_business_day(day, steps=steps)].append(held)

    def _approver(self, cost: int) -> str:
        """Above the limit of the policy somebody signs for what leaves (policy_transition)."""
        return APPROVER if cost > self.company.parameters.care.approval_above else ""

    def send_back(self, day: date) -> None:
        """In the afternoon; returns to vendors leave the pool after what is sold (ruling C2)."""
        at = self.company.moment(day, RETURN_MINUTE)
        for held in self._leave.pop(day, []):
            job = partial(self._send_back, held, day, at)
            self.company.turns.ask(Turn.VENDOR_RETURN, at, job)

    def _send_back(self, held: Held, day: date, at: datetime) -> None:
        line, purchase = held.line, held.line.purchase
        shipment_id = self.company.number("RV")
        cost = self.company.cost.return_out(purchase.item, line.rejected, line.layer_id)
        moved = self.company.move(
            "E09", at, day, qty=line.rejected, shipment_id=shipment_id, shipment_line="1",
            doc_type="RTV", doc_id=shipment_id, doc_line="1", ext_cost=-cost,
            approved_by=self._approver(cost), **held.facts,
        )  # fmt: skip
        self.company.tell(
            VendorReturned(
                shipment_id, day, at, purchase.supplier, held.receipt.location, purchase.item,
                line.rejected, purchase, held.receipt.receipt_id, line.line, cost,
                returned_value(line), held.receipt.receipt_id in self._billed,
                moved.movement_id,
            )
        )  # fmt: skip
        self.company.faults.trap(
            "return to vendor", "goods leave, and it is no sale", shipment_id=shipment_id
        )


def returned_value(line: ReceiptLine) -> int:
    """What the rejected pieces were received at."""
    return (2 * line.value * line.rejected + line.qty) // (2 * line.qty)
