"""What changes the cost of an item, heard from the happenings of a company.

A movement is named by the movement a system sends for it, else by the line of the document that
says it: goods that are ours before they come in by the line of the notice, pieces of a transfer
that never came by the same, a returned piece that a 3PL throws away by the line of its receipt, a
late cost or a difference of price by the line of its bill or cost sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipelines.sample.happenings import (
    CostOnly,
    GoodsReceived,
    GoodsReturned,
    Inbound,
    LandedCost,
    StockMoved,
    SupplierInvoice,
    TitlePassed,
    VendorReturned,
)
from pipelines.sample.truth.costing import CostEvent, CostKind
from pipelines.sample.world.company import Company

K = CostKind
# Events that change the value of a pool by themselves; others are heard from their documents.
KINDS = {
    "E00": K.OPENING,
    "E05": K.RECEIPT,
    "E19": K.ISSUE,
    "E20": K.ISSUE,
    "E25": K.ISSUE,
    "E32": K.SCRAP,
    "E36": K.SCRAP,
    "E40": K.COUNT_OUT,
    "E44": K.ISSUE,
    "E54": K.ISSUE,
    "E55": K.ISSUE,
}
BOUGHT = (K.OPENING, K.RECEIPT)
JOBS = (K.WORK_ISSUE, K.WORK_RECEIPT)
OF_NOTICE = ("E40", "E42")


def line_of(document: str, line: object) -> str:
    """Name of what no movement says."""
    return f"{document}/{line}"


class CostEvents:
    """Events as they were told, each with the change of stock value that the books posted."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self._heard: list[tuple[CostEvent, int]] = []
        self._shipped: dict[tuple[str, str], str] = {}  # shipment line -> movement
        self._layers: dict[tuple[str, int], str] = {}  # receipt line -> movement of the layer
        self._notices: dict[tuple[str, str], str] = {}  # order line of a transfer -> notice line
        self._of_notice: dict[str, tuple[str, str]] = {}  # movement -> order line of a transfer
        self._names: dict[str, str] = {}  # movement that nobody sends -> its name
        self._billed: set[str] = set()
        for kind, hears in (
            (StockMoved, self._moved),
            (Inbound, self._announced),
            (TitlePassed, self._title_passed),
            (GoodsReceived, self._received),
            (GoodsReturned, self._came_back),
            (VendorReturned, self._sent_back),
            (LandedCost, self._landed),
            (SupplierInvoice, self._invoiced),
            (CostOnly, self._revalued),
        ):
            company.listen(kind, hears)

    def posted(self) -> Iterator[tuple[CostEvent, int]]:
        """Every event under its name, and what the books posted: signed, cents."""
        for movement, order_line in self._of_notice.items():
            self._names[movement] = self._notices[order_line]
        for event, change in self._heard:
            name = self._names.get(event.movement_id, event.movement_id)
            yield (
                replace(event, movement_id=name, ref=self._names.get(event.ref, event.ref)),
                change,
            )

    # --- goods ---------------------------------------------------------------------------------

    def _moved(self, moved: StockMoved) -> None:
        kind = _kind_of(moved)
        if kind is None:
            return
        if moved.shipment_id:
            self._shipped[moved.shipment_id, moved.shipment_line] = moved.movement_id
        if moved.event in OF_NOTICE and not moved.kind:
            self._of_notice[moved.movement_id] = (moved.doc_id, moved.doc_line)
        elif not moved.kind:
            self._names[moved.movement_id] = line_of(moved.receipt_id, moved.receipt_line)
        change = moved.ext_cost or 0
        self._hear(
            moved.movement_id, kind, moved.item, moved.day, moved.at, change, moved.qty,
            amount=change if kind in BOUGHT else None,
            ref=moved.doc_id if kind in JOBS else "", lot=moved.lot,
            location=moved.from_location if change < 0 else moved.to_location,
            on_the_way=kind in BOUGHT and moved.to_state == "XFER_TRANSIT",
        )  # fmt: skip

    def _announced(self, notice: Inbound) -> None:
        if notice.kind == "transfer":
            name = line_of(notice.inbound_id, notice.line)
            self._notices[notice.order_id, str(notice.order_line)] = name

    def _title_passed(self, told: TitlePassed) -> None:
        for line in told.lines:
            self._names[line.layer_id] = line_of(told.inbound_id, line.inbound_line)
            self._hear(
                line.layer_id, K.RECEIPT, line.purchase.item, told.day, told.at, line.value,
                line.qty, amount=line.value, lot=line.lot, location=line.purchase.location,
                on_the_way=True,
            )  # fmt: skip

    def _received(self, receipt: GoodsReceived) -> None:
        for line in receipt.lines:
            self._layers[receipt.receipt_id, line.line] = line.layer_id
            if line.was_owned:
                self._hear(
                    line.movement_id, K.ARRIVAL, line.purchase.item, receipt.day, receipt.at, 0,
                    ref=line.layer_id, lot=line.lot, location=receipt.location,
                )  # fmt: skip

    def _came_back(self, told: GoodsReturned) -> None:
        """Of a customer, when it is at the dock; what becomes of it is another event."""
        if not told.disposition:
            self._hear(
                told.movement_id, K.RETURN_IN, told.item, told.day, told.at, told.cost, told.qty,
                ref=self._shipped.get((told.shipment_id, str(told.shipment_line)), ""),
                lot=told.lot, location=told.location,
            )  # fmt: skip

    def _sent_back(self, told: VendorReturned) -> None:
        self._hear(
            told.movement_id, K.RETURN_OUT, told.item, told.day, told.at, -told.cost, told.qty,
            amount=told.value, ref=self._layers[told.receipt_id, told.receipt_line],
            location=told.location,
        )  # fmt: skip

    # --- papers --------------------------------------------------------------------------------

    def _landed(self, cost: LandedCost) -> None:
        name = line_of(cost.landed_cost_id, cost.line)
        for receipt_line, item, to_stock, to_cogs in cost.parts:
            if to_stock + to_cogs:
                self._hear(
                    name, K.LANDED_COST, item, cost.day, cost.at, to_stock,
                    amount=to_stock + to_cogs, ref=self._layers[cost.receipt_id, receipt_line],
                    location=cost.location,
                )  # fmt: skip

    def _invoiced(self, invoice: SupplierInvoice) -> None:
        """A parked bill is none yet; a later version of one is no news."""
        if invoice.status == "parked" or invoice.invoice_id in self._billed:
            return
        self._billed.add(invoice.invoice_id)
        for line in invoice.lines:
            if line.purchase and (line.to_stock or line.to_cogs):
                self._hear(
                    line_of(invoice.invoice_id, line.line), K.INVOICE_VARIANCE, line.purchase.item,
                    invoice.posted or invoice.day, invoice.changed_at, line.to_stock,
                    amount=line.to_stock + line.to_cogs,
                    ref=self._layers[line.receipt_id, line.receipt_line],
                    location=line.purchase.location,
                )  # fmt: skip

    def _revalued(self, told: CostOnly) -> None:
        """Freight of a transfer is one only where it is capitalised."""
        capitalises = self.company.parameters.ledger.transfer_cost == "capitalise"
        if told.event == "E41" and not capitalises:
            return
        self._hear(
            told.movement_id, K.NRV if told.event == "E35" else K.REVALUATION, told.item, told.day,
            told.at, told.amount, amount=told.amount, location=told.location,
        )  # fmt: skip

    def _hear(
        self, name: str, kind: CostKind, item: str, day: date, at: datetime, posted: int,
        qty: int = 0, **details: Any,
    ) -> None:  # fmt: skip
        self._heard.append((CostEvent(name, kind, item, day, at, qty, **details), posted))


def _kind_of(moved: StockMoved) -> CostKind | None:
    comes_in = moved.to_state in ("ON_HAND", "XFER_TRANSIT")
    match moved.event:
        case "E37":
            return K.COUNT_IN if comes_in else K.COUNT_OUT
        case "E42":
            return K.RECEIPT if comes_in else K.ISSUE
        case "E48" | "E49" | "E57":
            return K.WORK_RECEIPT if comes_in else K.WORK_ISSUE
        case "E46":
            return K.RECEIPT if moved.from_state == "CONSIGN_IN" else None
    return KINDS.get(moved.event)
