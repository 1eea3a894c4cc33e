"""Rows of the ERP's sales and purchasing side: orders, invoices, cash, purchases, lead times."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.sample.happenings import (
    GoodsReceived,
    PurchaseLine,
    SupplierInvoice,
    SupplierPaid,
)
from pipelines.sample.world.company import Company
from pipelines.sample.writers.texts import Row, day, money, stamp
from pipelines.sample.writers.warehouse_rows import UNIT


class TradeRows:
    def __init__(self, company: Company) -> None:
        self._customers = company.customers
        self._currency = company.parameters.currency

    def purchase_line(self, line: PurchaseLine) -> Row:
        return {
            "po_id": line.po_id,
            "po_line": str(line.line),
            "po_type": "standard",
            "supplier_code": line.supplier,
            "item_code": line.item,
            "order_date": day(line.ordered),
            "promised_date": day(line.promised),
            "to_location_code": line.location,
            "qty_ordered": str(line.qty),
            "uom": UNIT,
            "unit_price": money(line.price),
            "price_basis_qty": "1",
            "currency": self._currency,
            "fob_point": "destination",
            "status": line.status,
            "source_updated_at": stamp(line.changed_at),
        }

    def supplier_invoice(self, invoice: SupplierInvoice) -> Row:
        return {
            "supplier_invoice_id": invoice.invoice_id,
            "invoice_number": f"{invoice.supplier}-{invoice.invoice_id[2:]}",
            "invoice_type": "invoice",
            "supplier_code": invoice.supplier,
            "invoice_date": day(invoice.day),
            "posting_date": day(invoice.day),
            "due_date": day(invoice.due),
            "currency": self._currency,
            "net_amount": money(invoice.net),
            "tax_amount": money(invoice.tax),
            "gross_amount": money(invoice.gross),
            "status": invoice.status,
            "source_updated_at": stamp(invoice.changed_at),
        }

    def supplier_invoice_lines(self, invoice: SupplierInvoice) -> Iterator[Row]:
        if invoice.status == "paid":
            return
        for line in invoice.lines:
            order = line.purchase
            yield {
                "supplier_invoice_id": invoice.invoice_id,
                "invoice_line": str(line.line),
                "invoice_number": f"{invoice.supplier}-{invoice.invoice_id[2:]}",
                "invoice_date": day(invoice.day),
                "posting_date": day(invoice.posted or invoice.day),
                "supplier_code": invoice.supplier,
                "line_type": line.kind,
                "po_id": order.po_id if order else "",
                "po_line": str(order.line) if order else "",
                "receipt_id": line.receipt_id,
                "receipt_line": str(line.receipt_line) if line.receipt_id else "",
                "item_code": order.item if order else "",
                "qty_invoiced": "" if line.qty is None else str(line.qty),
                "uom": "" if line.qty is None else UNIT,
                "unit_price": "" if line.price is None else money(line.price),
                "net_amount": money(line.net),
                "currency": invoice.currency,
                "status": "posted",
                "source_updated_at": stamp(invoice.changed_at),
            }

    def payment(self, payment: SupplierPaid) -> Row:
        return {
            "payment_id": payment.payment_id,
            "payment_line": "1",
            "payment_date": day(payment.day),
            "supplier_code": payment.supplier,
            "supplier_invoice_id": payment.invoice_id,
            "amount_applied": money(payment.amount),
            "currency": self._currency,
            "status": "cleared",
            "source_updated_at": stamp(payment.at),
        }

    def lead_times(self, receipt: GoodsReceived) -> Iterator[Row]:
        for line in receipt.lines:
            yield {
                "lead_time_id": f"{receipt.receipt_id}-{line.line}",
                "supplier_code": receipt.supplier,
                "to_location_code": receipt.location,
                "item_code": line.purchase.item,
                "order_date": day(line.purchase.ordered),
                "receipt_date": day(receipt.day),
                "lead_time_days": str((receipt.day - line.purchase.ordered).days),
                "kind": "observed",
                "source_updated_at": stamp(receipt.at),
            }
