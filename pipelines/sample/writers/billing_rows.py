"""Rows of the ERP's billing: invoices and credits, money, disputes, prices, customers, rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pipelines.sample.happenings import (
    Application,
    BillableEvent,
    CashApplied,
    CashReceived,
    Dispute,
    Invoice,
    PriceSet,
    RateFixed,
)
from pipelines.sample.world.catalogue_kinds import Customer, Price
from pipelines.sample.world.company import Company
from pipelines.sample.writers.policy_rows import APPROVER
from pipelines.sample.writers.texts import Row, day, money, stamp
from pipelines.sample.writers.warehouse_rows import UNIT


class BillingRows:
    def __init__(self, company: Company) -> None:
        self._customers = company.customers
        self._currency = company.parameters.currency
        self._opened = stamp(company.moment(company.parameters.since, 0))

    def invoice(self, invoice: Invoice) -> Row:
        return {
            "invoice_id": invoice.invoice_id,
            "invoice_number": number_of(invoice.invoice_id),
            "invoice_type": invoice.kind,
            "invoice_date": day(invoice.day),
            "created_at": stamp(invoice.created_at),
            "sent_at": stamp(invoice.created_at),
            "posting_date": day(invoice.posted or invoice.day),
            "customer_code": invoice.customer,
            "bill_to_code": invoice.bill_to or invoice.customer,
            "currency": invoice.currency,
            "fx_rate": "" if invoice.currency == self._currency else millionths(invoice.fx_rate),
            "net_amount": money(invoice.net),
            "tax_amount": money(invoice.tax),
            "gross_amount": money(invoice.gross),
            "payment_terms_code": invoice.terms or self._customers[invoice.customer].terms,
            "due_date": day(invoice.due),
            "discount_date": day(invoice.discount_until),
            "discount_amount": money(invoice.discount) if invoice.discount else "",
            "customer_po": invoice.purchase_reference,
            "reference_invoice_id": invoice.references,
            "reason_code": invoice.reason,
            "status": invoice.status,
            "created_by": invoice.created_by,
            "creation_mode": invoice.mode,
            "approved_at": stamp(invoice.approved_at),
            "source_updated_at": stamp(invoice.changed_at),
        }

    def invoice_lines(self, invoice: Invoice) -> Iterator[Row]:
        if invoice.status != "sent":  # a later version of the header alone
            return
        for line in invoice.lines:
            if line.kind == "brought_forward":  # a document without lines
                continue
            per_unit = line.per_uom if line.qty % line.per_uom == 0 else 1
            unit = line.uom if line.per_uom == per_unit else UNIT
            is_goods = line.kind == "item"
            yield {
                "invoice_id": invoice.invoice_id,
                "invoice_line": str(line.line),
                "line_type": line.kind,
                "item_code": line.item,
                "description": line.description,
                "qty_billed": str(line.qty // per_unit),
                "uom": unit if is_goods else "",
                "unit_price": money(line.price * per_unit),
                "price_uom": unit if is_goods else "",
                "price_basis_qty": "1",
                "net_amount": money(line.net),
                "tax_code": line.tax_code,
                "tax_amount": money(line.tax),
                "order_id": line.order_id,
                "order_line": str(line.order_line) if line.order_line else "",
                "shipment_id": line.shipment_id,
                "shipment_line": line.shipment_line,
                "billable_event_id": line.billable_event_id,
                "price_source": line.price_source,
                "manual_price_flag": "true" if line.manual_price else "false",
                "lot_number": line.lot,
                "source_updated_at": stamp(invoice.created_at),
            }

    def billable_event(self, event: BillableEvent) -> Row:
        return {
            "billable_event_id": event.event_id,
            "event_type": event.kind,
            "event_at": stamp(event.at),
            "customer_code": event.customer,
            "shipment_id": event.shipment_id,
            "order_id": event.order_id,
            "order_line": str(event.order_line) if event.order_line else "",
            "item_code": event.item,
            "location_code": event.location,
            "qty": "" if event.qty is None else str(event.qty),
            "uom": "" if event.qty is None else UNIT,
            "cost_amount": "" if event.cost_amount is None else money(event.cost_amount),
            "charge_amount": "" if event.charge_amount is None else money(event.charge_amount),
            "currency": event.currency,
            "rated_flag": "true" if event.rated else "false",
            "report_ref": event.report,
            "evidence_ref": event.evidence,
            "source_updated_at": stamp(event.at),
        }

    def cash_receipt(self, receipt: CashReceived) -> Row:
        payer = receipt.payer_name or self._customers[receipt.customer].name
        return {
            "cash_receipt_id": receipt.receipt_id,
            "receipt_date": day(receipt.day),
            "value_date": day(receipt.value_day or receipt.day),
            "customer_code": receipt.customer,
            "payer_name": payer,
            "amount": money(receipt.amount),
            "currency": receipt.currency,
            "payment_method": receipt.method,
            "status": receipt.status,
            "remittance_text": receipt.remittance,
            "end_to_end_id": receipt.end_to_end,
            "source_updated_at": stamp(receipt.at),
        }

    def cash_applications(self, receipt: CashReceived) -> Iterator[Row]:
        return _applications(receipt.receipt_id, receipt.applied, 1, receipt.at)

    def cash_applied(self, later: CashApplied) -> Iterator[Row]:
        return _applications(later.receipt_id, later.parts, later.first_line, later.at)

    def dispute(self, dispute: Dispute) -> Row:
        return {
            "dispute_id": dispute.dispute_id,
            "opened_at": stamp(dispute.opened_at),
            "closed_at": stamp(dispute.closed_at),
            "invoice_id": dispute.invoice_id,
            "invoice_line": str(dispute.invoice_line) if dispute.invoice_line else "",
            "customer_code": dispute.customer,
            "amount": money(dispute.amount),
            "currency": dispute.currency,
            "reason_code": dispute.reason,
            "free_text": dispute.text,
            "status": dispute.status,
            "resolution_code": dispute.resolution,
            "credit_invoice_id": dispute.credit_invoice_id,
            "owner": dispute.owner,
            "source_updated_at": stamp(dispute.changed_at),
        }

    def price(self, told: PriceSet) -> Row:
        row = {**price_row(told.price, told.at), "approved_by": told.approved_by}
        return row if told.is_new else {**row, "created_at": self._opened}

    def rate(self, fixed: RateFixed) -> Row:
        return {
            "rate_type": "spot",
            "from_currency": fixed.currency,
            "to_currency": self._currency,
            "rate_date": day(fixed.day),
            "rate": millionths(fixed.rate),
            "source_updated_at": stamp(fixed.at),
        }


def price_row(price: Price, at: datetime) -> Row:
    return {
        "price_id": price.price_id,
        "price_kind": price.kind,
        "source_of_truth": price.source,
        "customer_code": price.customer,
        "price_group": price.group,
        "item_code": price.item,
        "uom": price.uom,
        "currency": price.currency,
        "unit_price": money(price.amount),
        "price_basis_qty": "1",
        "tax_inclusive": "true" if price.tax_inclusive else "false",
        "min_qty": str(price.min_qty) if price.min_qty else "",
        "valid_from": day(price.valid_from),
        "valid_to": day(price.valid_to),
        "created_at": stamp(at),
        "approved_by": APPROVER,
        "source_updated_at": stamp(at),
    }


def party_row(customer: Customer) -> Row:
    return {
        "party_code": customer.code,
        "party_role": "customer",
        "party_name": customer.name,
        "bill_to_code": customer.code,
        "payment_terms_code": customer.terms,
        "credit_limit": money(customer.credit_limit) if customer.credit_limit else "",
        "currency": customer.currency,
        "tax_exempt_until": day(customer.tax_exempt_until),
        "fob_default": customer.fob,
        "pod_required": "true" if customer.pod_required else "false",
        "po_required": "true" if customer.po_required else "false",
        "invoice_policy": customer.invoice_policy,
        "invoice_days": customer.invoice_days,
        "partial_billing": customer.partial_billing,
        "price_group": customer.price_group,
        "customer_segment": customer.segment,
        "country": customer.country,
        "region": customer.region,
        "gln": customer.gln,
        "active": "true",
    }


def number_of(invoice_id: str) -> str:
    """The legal number: credits and cancellations have a row of their own."""
    prefix = {"CN": "G-", "CA": "S-"}.get(invoice_id[:2], "")
    return f"{prefix}2025-{invoice_id[2:]}"


def millionths(rate: int) -> str:
    return f"{rate // 1_000_000}.{rate % 1_000_000:06d}"


def _applications(
    receipt_id: str, parts: Iterable[Application], first_line: int, at: datetime
) -> Iterator[Row]:
    for number, part in enumerate(parts, start=first_line):
        yield {
            "cash_receipt_id": receipt_id,
            "application_line": str(number),
            "source_kind": part.kind,
            "settled_by": part.settled_by,
            "settling_document_id": part.settling_document,
            "invoice_id": part.invoice_id,
            "invoice_number": part.stated_number,
            "amount_applied": money(part.applied),
            "discount_taken": money(part.discount) if part.discount else "",
            "deduction_amount": money(part.deduction) if part.deduction else "",
            "deduction_reason": part.deduction_reason,
            "write_off_amount": money(part.write_off) if part.write_off else "",
            "applied_at": stamp(at),
            "applied_by": "auto",
            "source_updated_at": stamp(at),
        }
