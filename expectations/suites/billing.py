"""Orders, invoices and cash: volumes, signs and the mix of document types."""

from expectations.expected import between, holds, not_before, usual_share, usual_volume

LARGE_QTY, LARGE_PRICE, LARGE_AMOUNT = 1_000_000, 1_000_000, 100_000_000

SUITES = {
    "billing_order_line": (
        usual_volume("order_at"),
        between("qty_ordered", -LARGE_QTY, LARGE_QTY),
        between("unit_price", 0, LARGE_PRICE, mostly=0.99),
        not_before("confirmed_at", "order_at", mostly=0.99),
        usual_share("line_status", "cancelled", 0.0, 0.20),
        usual_share("order_type", "sample", 0.0, 0.15),
    ),
    "billing_invoice": (
        usual_volume("invoice_date"),
        holds("invoice_type", "invoice"),
        between("net_amount", -LARGE_AMOUNT, LARGE_AMOUNT),
        not_before("due_date", "invoice_date", mostly=0.99),
        usual_share("invoice_type", "credit_memo", 0.0, 0.20, why="many credits: ask before billing"),
        usual_share("invoice_type", "cancellation", 0.0, 0.10),
        usual_share("creation_mode", "manual", 0.0, 0.30),
    ),
    "billing_invoice_line": (
        holds("line_type", "item"),
        between("qty_billed", -LARGE_QTY, LARGE_QTY),
        between("qty_billed", 0, None, mostly=0.80, why="credits are the smaller part"),
        between("unit_price", 0, LARGE_PRICE, mostly=0.99),
    ),
    "billing_cash_receipt": (
        usual_volume("receipt_date"),
        between("amount", -LARGE_AMOUNT, LARGE_AMOUNT),
        between("amount", 0, None, mostly=0.95),
        usual_share("status", "bounced", 0.0, 0.10),
    ),
    "billing_cash_application": (
        between("amount_applied", -LARGE_AMOUNT, LARGE_AMOUNT),
        between("amount_applied", 0, None, mostly=0.90),
    ),
}  # fmt: skip
