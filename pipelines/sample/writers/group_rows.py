"""Papers that go with goods between companies of the group: neither is billed nor booked.

For the customs of the two countries the seller writes a pro forma invoice; the buyer keeps it as a
parked document. What one owes the other is in the ledgers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pipelines.sample.happenings import GroupShipped
from pipelines.sample.world.company import Company
from pipelines.sample.writers.supply_rows import rate_text
from pipelines.sample.writers.texts import Row, day, money, stamp
from pipelines.sample.writers.warehouse_rows import UNIT

TERMS_DAYS = 30


class GroupRows:
    def __init__(self, company: Company) -> None:
        self._company = company

    def invoice(self, told: GroupShipped) -> Iterator[Row]:
        if told.is_seller:
            yield {
                "invoice_id": told.invoice_id,
                "invoice_number": _number(told),
                "invoice_type": "pro_forma",
                "invoice_date": day(told.day),
                "created_at": stamp(told.at),
                "customer_code": told.buyer,
                "bill_to_code": told.buyer,
                "currency": told.currency,
                "net_amount": money(told.amount),
                "tax_amount": "0.00",
                "gross_amount": money(told.amount),
                "due_date": day(told.day + timedelta(days=TERMS_DAYS)),
                "customer_po": told.transfer_id,
                "status": "sent",
                "created_by": "billing",
                "creation_mode": "automatic",
                "source_updated_at": stamp(told.at),
            }

    def invoice_lines(self, told: GroupShipped) -> Iterator[Row]:
        for line in told.lines if told.is_seller else ():
            yield {
                "invoice_id": told.invoice_id,
                "invoice_line": str(line.shipment_line),
                "line_type": "item",
                "item_code": line.item,
                "qty_billed": str(line.qty),
                "uom": UNIT,
                "unit_price": money(line.price),
                "price_uom": UNIT,
                "price_basis_qty": "1",
                "net_amount": money(line.amount),
                "tax_code": "X0",
                "tax_amount": "0.00",
                "order_id": told.order_id,
                "order_line": str(line.line),
                "shipment_id": told.shipment_id,
                "shipment_line": str(line.shipment_line),
                "source_updated_at": stamp(told.at),
            }

    def supplier_invoice(self, told: GroupShipped) -> Iterator[Row]:
        if not told.is_seller:
            yield {
                "supplier_invoice_id": told.invoice_id,
                "invoice_number": _number(told),
                "invoice_type": "invoice",
                "supplier_code": told.seller,
                "invoice_date": day(told.day),
                "due_date": day(told.day + timedelta(days=TERMS_DAYS)),
                "currency": told.currency,
                "fx_rate": rate_text(told.fx_rate),
                "net_amount": money(told.amount),
                "tax_amount": "0.00",
                "gross_amount": money(told.amount),
                "status": "parked",
                "source_updated_at": stamp(told.at),
            }

    def supplier_invoice_lines(self, told: GroupShipped) -> Iterator[Row]:
        for line in () if told.is_seller else told.lines:
            yield {
                "supplier_invoice_id": told.invoice_id,
                "invoice_line": str(line.line),
                "invoice_number": _number(told),
                "invoice_date": day(told.day),
                "supplier_code": told.seller,
                "line_type": "item",
                "po_id": told.transfer_id,
                "po_line": str(line.line),
                "item_code": line.item,
                "qty_invoiced": str(line.qty),
                "uom": UNIT,
                "unit_price": money(line.price),
                "net_amount": money(line.amount),
                "currency": told.currency,
                "status": "parked",
                "source_updated_at": stamp(told.at),
            }


def _number(told: GroupShipped) -> str:
    return f"IC-{told.day.year}-{told.invoice_id[2:]}"
