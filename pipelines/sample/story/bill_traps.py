"""What looks like a billing fault and is none: written into the key as it happens."""

from __future__ import annotations

from collections import defaultdict

from pipelines.sample.happenings import Invoice, InvoiceLine, OrderLine, Shipment, ShipmentLine
from pipelines.sample.story.billables import COLLECTED, Billable
from pipelines.sample.story.invoicing import bills_by_piece
from pipelines.sample.world.company import Company

INTERNAL = {
    "transfer": ("transfer", "goods on the way between our own warehouses, no sale"),
    "rtv": ("vendor return", "goods on the way back to the supplier, no sale"),
}
MOST = 40  # of each kind: enough to be hit by any false alarm of the kind


class BillTraps:
    def __init__(self, company: Company) -> None:
        self.company = company
        self.faults = company.faults
        self._count: defaultdict[str, int] = defaultdict(int)
        self._seen: set[str] = set()
        company.listen(Shipment, self._hear_shipment)

    def _trap(self, name: str, why: str, /, **keys: object) -> None:
        self._count[name] += 1
        if self._count[name] <= MOST:
            self.faults.trap(name, why, **keys)

    def _hear_shipment(self, shipment: Shipment) -> None:
        if not shipment.is_confirmed or shipment.shipment_id in self._seen:
            return
        self._seen.add(shipment.shipment_id)
        if shipment.kind in INTERNAL:
            name, why = INTERNAL[shipment.kind]
            for line in shipment.lines:
                self._trap(name, why, **_keys(shipment, line))

    def of_invoice(self, invoice: Invoice, behind: list[Billable]) -> None:
        """Traps of the sound lines of an invoice: those that no fault touches."""
        customer = self.company.customers[invoice.customer]
        by_key = {billable.key: billable for billable in behind}
        shipments = {billable.shipment_id for billable in behind if billable.is_linkable}
        local = invoice.created_at.astimezone(self.company.zone)
        for line in invoice.lines:
            if self.faults.is_claimed("sale", invoice.customer, line.item):
                continue
            key = (line.shipment_id, line.shipment_line)
            billable = by_key.get(key) if line.kind == "item" else None
            for name, why, applies in (
                ("pre-billed", "the customer is billed before the goods leave", line.in_advance),
                ("kit", "billed as the kit, shipped as its parts", billable and billable.is_kit),
                (
                    "case billed in pieces", "ordered in cases, billed in pieces",
                    billable and billable.per_uom > 1 and bills_by_piece(customer),
                ),
                ("rounding", "rounded to the smallest coin", line.kind == "rounding"),
                ("returnable packaging", "a deposit on pallets, no goods", line.kind == "deposit"),
                ("consolidated invoice", "several shipments on one invoice of the agreed day",
                 line.kind == "item" and len(shipments) > 1
                 and customer.invoice_policy in COLLECTED),
                ("midnight", "by UTC a day of the month before", local.hour == 0),
            ):  # fmt: skip
                if applies:
                    self._trap(name, why, **_line_keys(invoice, line))

    def of_credit(self, credit: Invoice) -> None:
        if credit.reason == "price_allowance" and credit.approved_at:
            self._trap(
                "price given up later", "approved: the goods stay with the customer",
                invoice_id=credit.invoice_id, invoice_line=1,
            )  # fmt: skip

    def cancelled(self, line: OrderLine) -> None:
        self._trap(
            "cancelled", "cancelled before it shipped",
            order_id=line.order_id, order_line=line.line,
        )  # fmt: skip

    def not_due(self, billable: Billable) -> None:
        customer = self.company.customers[billable.customer]
        if customer.invoice_policy in COLLECTED:
            name, why = "invoice day", "waits for the customer's invoice day"
        else:
            name, why = "inside grace", "not due to be billed yet"
        self._trap(name, why, **billable.facts())

    def held(self, billable: Billable) -> None:
        self._trap("held until complete", "the customer takes no part invoices", **billable.facts())


def _keys(shipment: Shipment, line: ShipmentLine) -> dict[str, object]:
    return {
        "order_id": line.order_id,
        "order_line": line.order_line or "",
        "shipment_id": shipment.shipment_id,
        "shipment_line": line.line,
    }


def _line_keys(invoice: Invoice, line: InvoiceLine) -> dict[str, object]:
    return {
        "order_id": line.order_id,
        "order_line": line.order_line or "",
        "shipment_id": line.shipment_id,
        "shipment_line": line.shipment_line,
        "invoice_id": invoice.invoice_id,
        "invoice_line": line.line,
    }
