"""Orders, invoices, receivables."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_before, positive
from models.contracts.fields import KEY, OPTIONAL, REQUIRED
from models.contracts.kernel import Extract, rule
from models.vocabulary.codes import (
    DISPUTE_REASONS,
    FOB_POINTS,
    FREIGHT_TERMS,
    INVOICE_POLICIES,
    ORDER_TYPES,
    PAYMENT_STATUSES,
)


class BillingOrderLine(
    Extract, control_qty="qty_ordered", control_amount="net_amount", event_time="order_at"
):
    """One row per customer order line; a later version replaces an earlier one."""

    order_id = column.text(KEY, "order number")
    order_line = column.text(KEY, "line")
    order_type = column.code(REQUIRED, ORDER_TYPES, "what kind of order")
    order_at = column.timestamp(REQUIRED, "entered")
    confirmed_at = column.timestamp(OPTIONAL, "confirmed")
    customer_code = column.text(REQUIRED, "sold-to")
    bill_to_code = column.text(OPTIONAL, "payer")
    ship_to_code = column.text(OPTIONAL, "site")
    customer_po = column.text(OPTIONAL, "customer reference")
    channel = column.text(OPTIONAL, "web, marketplace, wholesale, store, edi, intercompany")
    sales_rep = column.text(OPTIONAL, "person")
    item_code = column.text(REQUIRED, "SKU")
    qty_ordered = column.quantity(REQUIRED, "ordered (negative for returns)")
    qty_cancelled = column.quantity(OPTIONAL, "cancelled")
    uom = column.text(REQUIRED, "unit")
    unit_price = column.price(
        OPTIONAL,
        "agreed unit price before discount_pct; comparisons use net_amount / qty where given",
    )
    price_uom = column.text(OPTIONAL, "unit of the price")
    price_basis_qty = column.quantity(OPTIONAL, "price per n units")
    discount_pct = column.price(OPTIONAL, "percent")
    net_amount = column.amount(OPTIONAL, "net of the line")
    tax_amount = column.amount(OPTIONAL, "tax of the line")
    freight_amount = column.amount(OPTIONAL, "freight promised on the line")
    currency = column.text(REQUIRED, "ISO 4217")
    price_tax_inclusive = column.boolean(OPTIONAL, "gross price")
    price_source = column.text(OPTIONAL, "contract/list id")
    requested_date = column.date(OPTIONAL, "wanted")
    promised_date = column.date(OPTIONAL, "promised")
    promise_basis = column.code(
        OPTIONAL, ("on_hand", "inbound", "planned", "unknown"), "which supply the promise stands on"
    )
    ship_from_location = column.text(OPTIONAL, "planned source")
    payment_terms_code = column.text(OPTIONAL, "terms")
    freight_terms = column.code(OPTIONAL, FREIGHT_TERMS, "as in wms_shipment")
    fob_point = column.code(OPTIONAL, FOB_POINTS, "as in wms_shipment")
    credit_status = column.code(
        OPTIONAL, ("ok", "hold", "released"), "whether credit control lets the order go"
    )
    credit_hold_at = column.timestamp(OPTIONAL, "blocked")
    credit_release_at = column.timestamp(OPTIONAL, "released")
    released_by = column.text(OPTIONAL, "who")
    line_status = column.code(
        REQUIRED,
        ("draft", "open", "partial", "shipped", "billed", "closed", "cancelled"),
        "how far the line has come; draft takes part in nothing",
    )
    changed_at = column.timestamp(OPTIONAL, "last change (version rows welcome)")
    changed_by = column.text(OPTIONAL, "who")
    contract_id = column.text(OPTIONAL, "contract")
    recurrence_rule = column.text(OPTIONAL, "billing cycle for recurring")
    invoice_policy = column.code(OPTIONAL, INVOICE_POLICIES, "overrides the party's")

    @rule
    def price_basis_quantity_is_positive(cls) -> pl.Expr:
        return positive("price_basis_qty")


class BillingInvoice(Extract, control_amount="net_amount", event_time="created_at"):
    """One row per customer invoice or credit memo, its header."""

    invoice_id = column.text(KEY, "internal id")
    invoice_number = column.text(REQUIRED, "legal number")
    invoice_type = column.code(
        REQUIRED,
        ("invoice", "credit_memo", "debit_memo", "cancellation", "pro_forma"),
        "what kind of document",
    )
    invoice_date = column.date(REQUIRED, "document date")
    created_at = column.timestamp(REQUIRED, "created in the system")
    sent_at = column.timestamp(OPTIONAL, "sent to customer")
    posting_date = column.date(OPTIONAL, "ledger date")
    customer_code = column.text(OPTIONAL, "sold-to; empty for a cash sale")
    bill_to_code = column.text(OPTIONAL, "payer")
    currency = column.text(REQUIRED, "ISO 4217")
    fx_rate = column.price(OPTIONAL, "to company currency")
    net_amount = column.amount(REQUIRED, "net")
    tax_amount = column.amount(OPTIONAL, "tax")
    gross_amount = column.amount(OPTIONAL, "gross")
    payment_terms_code = column.text(OPTIONAL, "terms")
    due_date = column.date(OPTIONAL, "due")
    discount_date = column.date(OPTIONAL, "cash discount until")
    discount_amount = column.amount(OPTIONAL, "possible cash discount")
    customer_po = column.text(OPTIONAL, "reference")
    reference_invoice_id = column.text(OPTIONAL, "credited/cancelled invoice")
    reason_code = column.text(OPTIONAL, "credit reason")
    status = column.code(
        REQUIRED,
        ("draft", "posted", "sent", "cancelled", "paid"),
        "how far the document has come; draft takes part in nothing",
    )
    created_by = column.text(OPTIONAL, "user or system")
    creation_mode = column.code(
        OPTIONAL,
        ("automatic", "batch", "manual"),
        "who made it: the system at once, a batch run, a person",
    )
    approved_at = column.timestamp(OPTIONAL, "approval")
    gl_document_id = column.text(OPTIONAL, "journal link")

    @rule
    def exchange_rate_is_positive(cls) -> pl.Expr:
        return positive("fx_rate")


class BillingInvoiceLine(
    Extract,
    header=("billing_invoice", ("invoice_id",)),
    control_qty="qty_billed",
    control_amount="net_amount",
):
    """One row per customer invoice or credit memo line."""

    invoice_id = column.text(KEY, "header")
    invoice_line = column.text(KEY, "line")
    line_type = column.code(
        REQUIRED,
        (
            "item",
            "freight",
            "surcharge",
            "handling",
            "hazmat",
            "discount",
            "tax",
            "service",
            "rounding",
            "deposit",
            "fee",
            "adjustment",
            "write_off",
        ),
        "what the line bills",
    )
    item_code = column.text(OPTIONAL, "SKU (item lines)")
    description = column.text(OPTIONAL, "text")
    qty_billed = column.quantity(REQUIRED, "quantity (negative on credits)")
    uom = column.text(OPTIONAL, "unit")
    unit_price = column.price(
        OPTIONAL, "unit price before discount lines; comparisons use net_amount / qty"
    )
    price_uom = column.text(OPTIONAL, "price unit")
    price_basis_qty = column.quantity(OPTIONAL, "per n units")
    net_amount = column.amount(REQUIRED, "net")
    tax_code = column.text(OPTIONAL, "tax")
    tax_amount = column.amount(OPTIONAL, "tax")
    order_id = column.text(OPTIONAL, "order")
    order_line = column.text(OPTIONAL, "line")
    shipment_id = column.text(OPTIONAL, "shipment")
    shipment_line = column.text(OPTIONAL, "line")
    billable_event_id = column.text(OPTIONAL, "non-shipment trigger")
    price_source = column.text(OPTIONAL, "list/contract used")
    manual_price_flag = column.boolean(OPTIONAL, "overridden by hand")
    cogs_amount = column.amount(OPTIONAL, "cost booked with the invoice")
    revenue_account = column.text(OPTIONAL, "account used")
    lot_number = column.text(OPTIONAL, "batch")

    @rule
    def price_basis_quantity_is_positive(cls) -> pl.Expr:
        return positive("price_basis_qty")


class BillingBillableEvent(
    Extract, control_qty="qty", control_amount="charge_amount", event_time="event_at"
):
    """One row per event that should be billed and is no shipment."""

    billable_event_id = column.text(KEY, "id")
    event_type = column.code(
        REQUIRED,
        (
            "freight_charge",
            "surcharge",
            "handling",
            "hazmat",
            "consumption",
            "recurring",
            "service",
            "storage",
            "bill_hold",
            "dropship_ship",
            "min_order_fee",
        ),
        "what happened that should be billed",
    )
    event_at = column.timestamp(REQUIRED, "when")
    customer_code = column.text(REQUIRED, "payer")
    shipment_id = column.text(OPTIONAL, "shipment")
    order_id = column.text(OPTIONAL, "order")
    order_line = column.text(OPTIONAL, "line")
    item_code = column.text(OPTIONAL, "SKU")
    location_code = column.text(OPTIONAL, "consignment site")
    qty = column.quantity(OPTIONAL, "quantity")
    uom = column.text(OPTIONAL, "unit")
    cost_amount = column.amount(OPTIONAL, "our cost")
    charge_amount = column.amount(OPTIONAL, "amount to bill, if rated")
    currency = column.text(OPTIONAL, "ISO 4217")
    rated_flag = column.boolean(OPTIONAL, "priced yet")
    report_ref = column.text(OPTIONAL, "consumption report / carrier invoice")
    evidence_ref = column.text(OPTIONAL, "bill-and-hold request etc.")


class BillingCashReceipt(Extract, control_amount="amount", event_time="receipt_date"):
    """One row per payment received."""

    cash_receipt_id = column.text(KEY, "payment id (or bank entry ref)")
    receipt_date = column.date(REQUIRED, "booked")
    value_date = column.date(OPTIONAL, "value")
    customer_code = column.text(OPTIONAL, "payer (null = unidentified)")
    payer_name = column.text(OPTIONAL, "name on statement")
    payer_account = column.text(OPTIONAL, "IBAN/account (masked allowed)")
    amount = column.amount(REQUIRED, "received")
    currency = column.text(REQUIRED, "ISO 4217")
    payment_method = column.code(
        OPTIONAL, ("wire", "ach", "check", "card", "cash", "direct_debit"), "how it was paid"
    )
    status = column.code(OPTIONAL, PAYMENT_STATUSES, "default cleared")
    bank_ref = column.text(OPTIONAL, "bank reference")
    remittance_text = column.text(OPTIONAL, "free text")
    end_to_end_id = column.text(OPTIONAL, "payment reference")
    gl_document_id = column.text(OPTIONAL, "journal")


class BillingCashApplication(
    Extract,
    header=("billing_cash_receipt", ("cash_receipt_id",)),
    headless=("settled_by", ("credit_memo", "write_off")),
    control_amount="amount_applied",
    event_time="applied_at",
):
    """One row per part of a payment that settles an invoice, announced or applied."""

    cash_receipt_id = column.text(KEY, "payment")
    application_line = column.text(KEY, "line")
    source_kind = column.code(
        REQUIRED,
        ("remittance", "applied"),
        "remittance = what the payer says, applied = what was booked",
    )
    settled_by = column.code(
        OPTIONAL, ("cash", "credit_memo", "other_receipt", "write_off"), "default cash"
    )
    settling_document_id = column.text(
        OPTIONAL, "credit memo or other receipt whose credit is used"
    )
    invoice_id = column.text(OPTIONAL, "invoice")
    invoice_number = column.text(OPTIONAL, "as stated by payer")
    amount_applied = column.amount(REQUIRED, "amount")
    discount_taken = column.amount(OPTIONAL, "cash discount")
    deduction_amount = column.amount(OPTIONAL, "short pay")
    deduction_reason = column.text(OPTIONAL, "reason")
    write_off_amount = column.amount(
        OPTIONAL,
        "written off; applied, discount, deduction and write-off together settle the invoice",
    )
    applied_at = column.timestamp(OPTIONAL, "when")
    applied_by = column.text(OPTIONAL, "user or auto")


class BillingDispute(Extract, control_amount="amount", event_time="opened_at"):
    """One row per dispute a customer opened."""

    dispute_id = column.text(KEY, "id")
    opened_at = column.timestamp(REQUIRED, "opened")
    closed_at = column.timestamp(OPTIONAL, "closed")
    invoice_id = column.text(OPTIONAL, "invoice")
    invoice_line = column.text(OPTIONAL, "line")
    customer_code = column.text(REQUIRED, "customer")
    amount = column.amount(REQUIRED, "disputed")
    currency = column.text(REQUIRED, "ISO 4217")
    reason_code = column.code(OPTIONAL, DISPUTE_REASONS, "what the customer disputes")
    free_text = column.text(OPTIONAL, "customer text")
    status = column.code(REQUIRED, ("open", "accepted", "rejected", "partial"), "outcome so far")
    resolution_code = column.text(OPTIONAL, "outcome")
    credit_invoice_id = column.text(OPTIONAL, "credit memo")
    owner = column.text(OPTIONAL, "role or person")

    @rule
    def dispute_closes_after_it_opens(cls) -> pl.Expr:
        return not_before("closed_at", "opened_at")


class BillingInvoiceInstalment(
    Extract, header=("billing_invoice", ("invoice_id",)), control_amount="amount"
):
    """One row per instalment of a customer invoice."""

    invoice_id = column.text(KEY, "header")
    instalment = column.integer(KEY, "1..n")
    due_date = column.date(REQUIRED, "due")
    amount = column.amount(REQUIRED, "gross part")

    @rule
    def instalment_counts_from_one(cls) -> pl.Expr:
        return positive("instalment")
