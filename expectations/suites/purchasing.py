"""Purchases and what suppliers bill: volumes, signs and states."""

from expectations.expected import between, not_before, usual_share, usual_volume

LARGE_QTY, LARGE_AMOUNT = 1_000_000, 100_000_000

SUITES = {
    "purchasing_order_line": (
        usual_volume("order_date"),
        between("qty_ordered", 0, LARGE_QTY, mostly=0.99),
        between("unit_price", 0, None, mostly=0.99),
        not_before("promised_date", "order_date", mostly=0.95),
        usual_share("status", "cancelled", 0.0, 0.20),
    ),
    "purchasing_invoice": (
        usual_volume("invoice_date"),
        between("gross_amount", -LARGE_AMOUNT, LARGE_AMOUNT),
        not_before("due_date", "invoice_date", mostly=0.98),
        usual_share("invoice_type", "credit_memo", 0.0, 0.20),
        usual_share("status", "blocked", 0.0, 0.30),
    ),
    "purchasing_invoice_line": (
        between("qty_invoiced", -LARGE_QTY, LARGE_QTY),
        between("net_amount", -LARGE_AMOUNT, LARGE_AMOUNT),
    ),
    "purchasing_payment": (
        usual_volume("payment_date"),
        between("amount_applied", -LARGE_AMOUNT, LARGE_AMOUNT),
    ),
}
