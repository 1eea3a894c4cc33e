"""What the goods cost."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import positive
from models.contracts.fields import KEY, OPTIONAL, REQUIRED
from models.contracts.kernel import Extract, rule
from models.vocabulary.codes import FOB_POINTS, PAYMENT_STATUSES


class PurchasingOrderLine(Extract, control_qty="qty_ordered", event_time="order_date"):
    """One row per purchase order line."""

    po_id = column.text(KEY, "number")
    po_line = column.text(KEY, "line")
    po_type = column.code(
        REQUIRED,
        ("standard", "transfer", "consignment", "dropship", "subcontract", "intercompany"),
        "what kind of order",
    )
    supplier_code = column.text(OPTIONAL, "supplier")
    from_location_code = column.text(OPTIONAL, "transfer source")
    item_code = column.text(OPTIONAL, "SKU (null for services)")
    order_date = column.date(REQUIRED, "ordered")
    promised_date = column.date(OPTIONAL, "supplier promise")
    confirmed_at = column.timestamp(OPTIONAL, "supplier confirmation")
    to_location_code = column.text(REQUIRED, "destination")
    qty_ordered = column.quantity(REQUIRED, "quantity")
    qty_cancelled = column.quantity(OPTIONAL, "cancelled")
    uom = column.text(REQUIRED, "unit")
    unit_price = column.price(OPTIONAL, "price")
    price_basis_qty = column.quantity(OPTIONAL, "per n units")
    currency = column.text(REQUIRED, "ISO 4217")
    fob_point = column.code(
        OPTIONAL, FOB_POINTS, "where title passes: origin, destination or an Incoterm"
    )
    transfer_price = column.price(OPTIONAL, "inter-company price")
    status = column.code(
        REQUIRED,
        ("draft", "open", "partial", "received", "invoiced", "closed", "cancelled"),
        "how far the line has come; draft takes part in nothing",
    )

    @rule
    def price_basis_quantity_is_positive(cls) -> pl.Expr:
        return positive("price_basis_qty")


class PurchasingInvoiceLine(
    Extract,
    header=("purchasing_invoice", ("supplier_invoice_id",)),
    control_qty="qty_invoiced",
    control_amount="net_amount",
    event_time="invoice_date",
):
    """One row per supplier invoice line."""

    supplier_invoice_id = column.text(KEY, "id")
    invoice_line = column.text(KEY, "line")
    invoice_number = column.text(OPTIONAL, "supplier number")
    invoice_date = column.date(REQUIRED, "date")
    posting_date = column.date(OPTIONAL, "ledger date")
    supplier_code = column.text(REQUIRED, "supplier")
    line_type = column.code(
        REQUIRED,
        ("item", "freight", "duty", "insurance", "handling", "tax", "other"),
        "what the line bills",
    )
    po_id = column.text(OPTIONAL, "PO")
    po_line = column.text(OPTIONAL, "line")
    receipt_id = column.text(OPTIONAL, "receipt")
    receipt_line = column.text(OPTIONAL, "line")
    item_code = column.text(OPTIONAL, "SKU")
    qty_invoiced = column.quantity(OPTIONAL, "quantity")
    uom = column.text(OPTIONAL, "unit")
    unit_price = column.price(OPTIONAL, "price")
    net_amount = column.amount(REQUIRED, "net")
    tax_amount = column.amount(OPTIONAL, "tax")
    currency = column.text(REQUIRED, "ISO 4217")
    status = column.code(
        OPTIONAL,
        ("parked", "posted", "blocked", "cancelled"),
        "how far the document has come; parked takes part in nothing",
    )
    gl_document_id = column.text(OPTIONAL, "journal")


class PurchasingLandedCost(Extract, control_amount="amount", event_time="cost_date"):
    """One row per component of a landed cost document and its target."""

    landed_cost_id = column.text(KEY, "document")
    replaces_landed_cost_id = column.text(OPTIONAL, "estimate that this final cost replaces")
    component_line = column.text(KEY, "line")
    component = column.code(
        REQUIRED,
        ("freight", "duty", "insurance", "brokerage", "handling", "other"),
        "what kind of cost",
    )
    basis = column.code(
        REQUIRED, ("value", "weight", "volume", "quantity", "manual"), "by what it is allocated"
    )
    amount = column.amount(REQUIRED, "to allocate")
    currency = column.text(REQUIRED, "ISO 4217")
    is_estimate = column.boolean(REQUIRED, "accrual or final")
    cost_date = column.date(REQUIRED, "date")
    receipt_id = column.text(OPTIONAL, "target receipt")
    receipt_line = column.text(OPTIONAL, "target line (null = all lines)")
    inbound_id = column.text(OPTIONAL, "target container/ASN")
    supplier_code = column.text(OPTIONAL, "carrier/broker")
    supplier_invoice_id = column.text(OPTIONAL, "final invoice")
    manual_share = column.price(OPTIONAL, "for basis manual")

    @rule
    def manual_basis_has_a_share(cls) -> pl.Expr:
        return (pl.col("basis") != "manual") | pl.col("manual_share").is_not_null()


class PurchasingInvoice(Extract, control_amount="gross_amount", event_time="invoice_date"):
    """One row per supplier invoice or credit memo, its header."""

    supplier_invoice_id = column.text(KEY, "internal id")
    invoice_number = column.text(OPTIONAL, "supplier's number")
    invoice_type = column.code(
        REQUIRED, ("invoice", "credit_memo", "debit_memo", "cancellation"), "what kind of document"
    )
    supplier_code = column.text(REQUIRED, "party")
    invoice_date = column.date(REQUIRED, "document date")
    posting_date = column.date(OPTIONAL, "ledger date")
    due_date = column.date(OPTIONAL, "due")
    currency = column.text(REQUIRED, "ISO 4217")
    fx_rate = column.price(OPTIONAL, "to company currency")
    net_amount = column.amount(OPTIONAL, "net")
    tax_amount = column.amount(OPTIONAL, "tax")
    gross_amount = column.amount(REQUIRED, "gross")
    status = column.code(
        REQUIRED,
        ("parked", "posted", "blocked", "cancelled", "paid"),
        "how far the document has come; parked takes part in nothing",
    )
    gl_document_id = column.text(OPTIONAL, "journal link")

    @rule
    def exchange_rate_is_positive(cls) -> pl.Expr:
        return positive("fx_rate")


class PurchasingPayment(Extract, control_amount="amount_applied", event_time="payment_date"):
    """One row per application line of a supplier payment."""

    payment_id = column.text(KEY, "payment")
    payment_line = column.text(KEY, "application line")
    payment_date = column.date(REQUIRED, "paid")
    supplier_code = column.text(REQUIRED, "party")
    supplier_invoice_id = column.text(OPTIONAL, "invoice settled; empty = on account")
    amount_applied = column.amount(REQUIRED, "document currency")
    discount_taken = column.amount(OPTIONAL, "discount")
    currency = column.text(REQUIRED, "ISO 4217")
    status = column.code(OPTIONAL, PAYMENT_STATUSES, "default cleared")
    gl_document_id = column.text(OPTIONAL, "journal link")
