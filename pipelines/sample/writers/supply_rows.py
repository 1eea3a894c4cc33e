"""Rows of the supply side: orders, notices, receipts, bills, landed cost, returns, payments."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.sample.happenings import (
    GoodsReceived,
    Inbound,
    LandedCost,
    PurchaseLine,
    ReceiptInspected,
    ReceiptLine,
    SupplierInvoice,
    SupplierPaid,
    VendorReturned,
)
from pipelines.sample.world.catalogue_kinds import Supplier
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import ONE
from pipelines.sample.writers.texts import Row, day, money, stamp
from pipelines.sample.writers.warehouse_rows import UNIT


class SupplyRows:
    def __init__(self, company: Company) -> None:
        self._currency = company.parameters.currency
        self._spelling = {item.code: item.wms_code for item in company.catalogue.items}

    def purchase_line(self, line: PurchaseLine) -> Row:
        return {
            "po_id": line.po_id,
            "po_line": str(line.line),
            "po_type": line.kind,
            "supplier_code": line.supplier,
            "from_location_code": line.from_location,
            "item_code": line.item,
            "order_date": day(line.ordered),
            "promised_date": day(line.promised),
            "confirmed_at": stamp(line.confirmed_at),
            "to_location_code": line.location,
            "qty_ordered": str(line.qty),
            "qty_cancelled": str(line.qty_cancelled),
            "uom": UNIT,
            "unit_price": "" if line.kind == "transfer" else money(line.price),
            "price_basis_qty": "1",
            "currency": line.currency,
            "fob_point": "" if line.kind == "transfer" else line.fob,
            "transfer_price": "" if line.transfer_price is None else money(line.transfer_price),
            "status": line.status,
            "source_updated_at": stamp(line.changed_at),
        }

    def inbound_line(self, line: Inbound) -> Row:
        return {
            "inbound_id": line.inbound_id,
            "inbound_line": str(line.line),
            "inbound_type": line.kind,
            "ref_order_id": line.order_id,
            "ref_order_line": str(line.order_line) if line.order_line else "",
            "supplier_code": line.supplier,
            "from_location_code": line.from_location,
            "to_location_code": line.to_location,
            "item_code": self._spelling[line.item],
            "qty_expected": str(line.qty),
            "uom": UNIT,
            "fob_point": line.fob,
            "title_transfer_at": stamp(line.title_at),
            "shipped_at": stamp(line.shipped_at),
            "eta_at": stamp(line.eta),
            "carrier_code": line.carrier,
            "lot_number": line.lot,
            "status": line.status,
            "source_updated_at": stamp(line.changed_at),
        }

    def receipt_lines(self, receipt: GoodsReceived) -> Iterator[Row]:
        for line in receipt.lines:
            yield self._receipt_line(receipt, line) | {
                "source_updated_at": stamp(receipt.putaway_at or receipt.at)
            }

    def inspected_line(self, told: ReceiptInspected) -> Row:
        return self._receipt_line(told.receipt, told.line) | {"source_updated_at": stamp(told.at)}

    def _receipt_line(self, receipt: GoodsReceived, line: ReceiptLine) -> Row:
        inspection = line.inspection or receipt.inspection
        price = line.purchase.price if line.stale_cost is None else line.stale_cost
        putaway = line.putaway_at or (None if inspection == "pending" else receipt.putaway_at)
        return {
            "receipt_id": receipt.receipt_id,
            "receipt_line": str(line.line),
            "receipt_type": receipt.kind,
            "status": receipt.status,
            "ref_order_id": line.purchase.po_id,
            "ref_order_line": str(line.purchase.line),
            "received_at": stamp(receipt.at),
            "putaway_at": stamp(putaway),
            "item_code": self._spelling[line.purchase.item],
            "qty_received": str(line.qty),
            "qty_rejected": str(line.rejected),
            "qty_accepted": "" if inspection == "pending" else str(line.qty - line.rejected),
            "uom": UNIT,
            "location_code": receipt.location,
            "supplier_code": receipt.supplier,
            "unit_cost": "" if receipt.kind == "transfer" else money(price),
            "cost_currency": "" if receipt.kind == "transfer" else line.purchase.currency,
            "inbound_id": line.inbound_id,
            "inbound_line": str(line.inbound_line) if line.inbound_id else "",
            "inspection_result": inspection,
            "inspection_at": stamp(line.inspected_at or receipt.inspected_at),
            "disposition": line.disposition or receipt.disposition,
            "lot_number": line.lot,
            "expiry_date": day(line.expiry),
            "reversal_of_receipt_id": receipt.reversal_of,
        }

    def supplier_invoice(self, invoice: SupplierInvoice) -> Row:
        return {
            "supplier_invoice_id": invoice.invoice_id,
            "invoice_number": f"{invoice.supplier}-{invoice.invoice_id[2:]}",
            "invoice_type": invoice.kind,
            "supplier_code": invoice.supplier,
            "invoice_date": day(invoice.day),
            "posting_date": "" if invoice.status == "parked" else day(invoice.posted),
            "due_date": day(invoice.due),
            "currency": invoice.currency,
            "fx_rate": "" if invoice.currency == self._currency else rate_text(invoice.fx_rate),
            "net_amount": money(invoice.net),
            "tax_amount": money(invoice.tax),
            "gross_amount": money(invoice.gross),
            "status": invoice.status,
            "source_updated_at": stamp(invoice.changed_at),
        }

    def supplier_invoice_lines(self, invoice: SupplierInvoice) -> Iterator[Row]:
        if invoice.status == "paid":  # a later version of the header alone
            return
        for line in invoice.lines:
            order = line.purchase
            if line.kind == "brought_forward":  # a document without lines
                continue
            yield {
                "supplier_invoice_id": invoice.invoice_id,
                "invoice_line": str(line.line),
                "invoice_number": f"{invoice.supplier}-{invoice.invoice_id[2:]}",
                "invoice_date": day(invoice.day),
                "posting_date": "" if invoice.status == "parked" else day(invoice.posted),
                "supplier_code": invoice.supplier,
                "line_type": line.kind,
                "po_id": order.po_id if order else "",
                "po_line": str(order.line) if order else "",
                "receipt_id": line.receipt_id,
                "receipt_line": str(line.receipt_line) if line.receipt_line else "",
                "item_code": order.item if order else line.item,
                "qty_invoiced": "" if line.qty is None else str(line.qty),
                "uom": "" if line.qty is None else UNIT,
                "unit_price": "" if line.price is None else money(line.price),
                "net_amount": money(line.net),
                "currency": invoice.currency,
                "status": invoice.status,
                "source_updated_at": stamp(invoice.changed_at),
            }

    def landed_cost(self, cost: LandedCost) -> Row:
        return {
            "landed_cost_id": cost.landed_cost_id,
            "replaces_landed_cost_id": cost.replaces,
            "component_line": str(cost.line),
            "component": cost.component,
            "basis": cost.basis,
            "amount": money(cost.amount),
            "currency": self._currency,
            "is_estimate": "true" if cost.is_estimate else "false",
            "cost_date": day(cost.day),
            "receipt_id": cost.receipt_id,
            "supplier_code": cost.supplier,
            "supplier_invoice_id": cost.supplier_invoice_id,
            "source_updated_at": stamp(cost.at),
        }

    def return_shipment(self, told: VendorReturned) -> Row:
        return {
            "shipment_id": told.shipment_id,
            "shipment_type": "rtv",
            "ship_from_location": told.location,
            "ship_confirm_at": stamp(told.at),
            "recorded_at": stamp(told.at),
            "carrier_code": "NORDSPED",
            "freight_terms": "collect",
            "status": "shipped",
            "source_updated_at": stamp(told.at),
        }

    def return_line(self, told: VendorReturned) -> Row:
        return {
            "shipment_id": told.shipment_id,
            "shipment_line": "1",
            "order_id": told.purchase.po_id,
            "order_line": str(told.purchase.line),
            "item_code": self._spelling[told.item],
            "location_code": told.location,
            "qty_ordered": str(told.qty),
            "qty_shipped": str(told.qty),
            "uom": UNIT,
            "source_updated_at": stamp(told.at),
        }

    def payment(self, payment: SupplierPaid) -> Row:
        return {
            "payment_id": payment.payment_id,
            "payment_line": str(payment.line),
            "payment_date": day(payment.day),
            "supplier_code": payment.supplier,
            "supplier_invoice_id": payment.invoice_id,
            "amount_applied": money(payment.amount),
            "discount_taken": money(payment.discount) if payment.discount else "",
            "currency": payment.currency,
            "status": "cleared",
            "source_updated_at": stamp(payment.at),
        }

    def lead_times(self, receipt: GoodsReceived) -> Iterator[Row]:
        if not receipt.supplier:  # from one warehouse of ours to another
            return
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


def supplier_row(supplier: Supplier) -> Row:
    return {
        "party_code": supplier.code,
        "party_role": "supplier",
        "party_name": supplier.name,
        "payment_terms_code": supplier.terms,
        "fob_default": supplier.fob,
        "currency": supplier.currency,
        "country": supplier.country,
        "lead_time_days": str(supplier.lead_days) if supplier.lead_days else "",
        "active": "true",
    }


def rate_text(rate: int) -> str:
    """A rate in millionths, plain."""
    return f"{rate // ONE}.{rate % ONE:06d}"
