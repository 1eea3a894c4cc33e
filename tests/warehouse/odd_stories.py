"""Unusual and legal: what a site may send and seldom does. One company per story, as of 31 March 2026."""

from __future__ import annotations

from tests.warehouse.small_warehouse import companies, rows, sent_and_billed

ORDER_LINES = rows("""
company_id | order_id | order_line | order_type | order_at         | customer_code | item_code | qty_ordered | uom | unit_price | net_amount | tax_amount | currency | price_tax_inclusive | line_status
UNPRICED   | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | -          | -          | -          | USD      | -                   | shipped
MIXED      | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | -          | 50.00      | -          | EUR      | -                   | shipped
NOTHING    | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | -          | 50.00      | -          | USD      | -                   | open
REBATE     | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | 5          | 45.00      | -          | USD      | -                   | shipped
NEGATIVE   | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | -          | 50.00      | -          | USD      | -                   | shipped
MONTHS     | O1       | 1          | standard   | 2026-01-20 12:00 | C             | X         | 30          | EA  | -          | 150.00     | -          | USD      | -                   | shipped
EARLYBACK  | O1       | 1          | standard   | 2026-03-01 12:00 | C             | X         | 10          | EA  | -          | 50.00      | -          | USD      | -                   | shipped
INCLUSIVE  | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | 6          | 50.00      | 10.00      | USD      | true                | shipped
TWORULES   | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | -          | 50.00      | -          | USD      | -                   | shipped
TWORULES   | O2       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 10          | EA  | -          | 50.00      | -          | USD      | -                   | shipped
OWNLINE    | O1       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 5           | EA  | -          | 25.00      | -          | USD      | -                   | shipped
OWNLINE    | O2       | 1          | standard   | 2026-03-02 12:00 | C             | X         | 5           | EA  | -          | 25.00      | -          | USD      | -                   | shipped
""")

SENT = rows("""
company_id | shipment_id | order_id | left_at          | qty
UNPRICED   | S1          | O1       | 2026-03-06 12:00 | 10
MIXED      | S1          | O1       | 2026-03-06 12:00 | 10
NOTHING    | S1          | O1       | 2026-03-06 12:00 | 0
REBATE     | S1          | O1       | 2026-03-06 12:00 | 10
NEGATIVE   | S1          | O1       | 2026-03-06 12:00 | 10
MONTHS     | S1          | O1       | 2026-01-30 12:00 | 10
MONTHS     | S2          | O1       | 2026-02-26 12:00 | 10
MONTHS     | S3          | O1       | 2026-03-20 12:00 | 10
EARLYBACK  | S1          | O1       | 2026-03-05 12:00 | 10
INCLUSIVE  | S1          | O1       | 2026-03-06 12:00 | 10
TWORULES   | S1          | O1       | 2026-03-06 12:00 | 10
TWORULES   | S2          | O2       | 2026-03-12 12:00 | 10
OWNLINE    | S1          | O1       | 2026-03-05 12:00 | 5
OWNLINE    | S2          | O2       | 2026-03-05 12:00 | 5
""")

DELIVERED = rows("""
company_id | shipment_id | event_seq | event_type | event_at         | shipment_line | qty_delivered
TWORULES   | S2          | 1         | delivered  | 2026-03-16 12:00 | 1             | 10
""")

BILLED = rows("""
company_id | invoice_id | invoice_type | date       | currency | reason | invoice_line | line_type | item_code | qty | amount | order_id | order_line | shipment_id
UNPRICED   | I1         | invoice      | 2026-03-09 | USD      | -      | 1            | item      | X         | 10  | 50.00  | -        | -          | -
ALONE      | I1         | invoice      | 2026-03-09 | USD      | -      | 1            | item      | X         | 5   | 25.00  | -        | -          | -
ORPHAN     | C1         | credit_memo  | 2026-02-20 | USD      | return | 1            | item      | X         | -5  | -25.00 | -        | -          | -
MIXED      | I1         | invoice      | 2026-03-09 | GBP      | -      | 1            | item      | X         | 10  | 40.00  | O1       | 1          | -
NOTHING    | I1         | invoice      | 2026-03-09 | USD      | -      | 1            | item      | X         | 0   | 10.00  | O1       | 1          | S1
REBATE     | I1         | invoice      | 2026-03-09 | USD      | -      | 1            | item      | X         | 10  | 50.00  | O1       | 1          | S1
REBATE     | I1         | invoice      | 2026-03-09 | USD      | -      | 2            | discount  | -         | 1   | -5.00  | O1       | 1          | S1
NEGATIVE   | I1         | invoice      | 2026-03-09 | USD      | -      | 1            | item      | X         | 10  | -50.00 | O1       | 1          | S1
MONTHS     | I1         | invoice      | 2026-03-31 | USD      | -      | 1            | item      | X         | 30  | 150.00 | O1       | 1          | -
EARLYBACK  | I1         | invoice      | 2026-03-06 | USD      | -      | 1            | item      | X         | 10  | 50.00  | O1       | 1          | S1
INCLUSIVE  | I1         | invoice      | 2026-03-09 | USD      | -      | 1            | item      | X         | 10  | 50.00  | O1       | 1          | S1
TWORULES   | I1         | invoice      | 2026-03-09 | USD      | -      | 1            | item      | X         | 10  | 50.00  | O1       | 1          | S1
OWNLINE    | I1         | invoice      | 2026-03-06 | USD      | -      | 1            | item      | X         | 10  | 50.00  | O1       | 1          | -
""")

RETURNED = rows("""
company_id | receipt_id | receipt_line | receipt_type | status | received_at      | inspection_at    | disposition | item_code | qty_received | uom | location_code | original_shipment_id | original_shipment_line
EARLYBACK  | R1         | 1            | return       | posted | 2026-03-02 12:00 | 2026-03-03 12:00 | restock     | X         | 10           | EA  | A             | S1                   | 1
""")

RULES = rows("""
company_id | billing_rule_id | priority | order_type | trigger | due_hours | clock    | grace_hours | valid_from | valid_to   | note
TWORULES   | BR-OLD          | 1        | standard   | ship    | 48        | calendar | 0           | 2020-01-01 | 2026-03-09 | what left is billed
TWORULES   | BR-NEW          | 1        | standard   | deliver | 24        | calendar | 0           | 2026-03-10 | -          | what arrived is billed
""")

STORIES = sorted({str(row["company_id"]) for row in [*SENT, *BILLED]})
HEADERS = {(row["company_id"], row["invoice_id"]): row for row in BILLED}

TABLES = {
    "billing_order_line": ORDER_LINES,
    "wms_shipment": [
        {
            "company_id": row["company_id"],
            "shipment_id": row["shipment_id"],
            "shipment_type": "sale",
            "ship_from_location": "A",
            "customer_code": "C",
            "ship_confirm_at": row["left_at"],
            "status": "shipped",
        }
        for row in SENT
    ],
    "wms_shipment_line": [
        {
            "company_id": row["company_id"],
            "shipment_id": row["shipment_id"],
            "shipment_line": "1",
            "order_id": row["order_id"],
            "order_line": "1",
            "item_code": "X",
            "qty_shipped": row["qty"],
            "uom": "EA",
        }
        for row in SENT
    ],
    "wms_delivery_event": DELIVERED,
    "wms_receipt_line": RETURNED,
    "billing_invoice": [
        {
            "company_id": company,
            "invoice_id": invoice,
            "invoice_number": invoice,
            "invoice_type": row["invoice_type"],
            "invoice_date": row["date"],
            "created_at": f"{row['date']} 12:00",
            "customer_code": "C",
            "currency": row["currency"],
            "net_amount": row["amount"],
            "reason_code": row["reason"],
            "status": "posted",
        }
        for (company, invoice), row in HEADERS.items()
    ],
    "billing_invoice_line": [
        {
            "company_id": row["company_id"],
            "invoice_id": row["invoice_id"],
            "invoice_line": row["invoice_line"],
            "line_type": row["line_type"],
            "item_code": row["item_code"],
            "qty_billed": row["qty"],
            "uom": "EA",
            "net_amount": row["amount"],
            "order_id": row["order_id"],
            "order_line": row["order_line"],
            "shipment_id": row["shipment_id"],
            "shipment_line": row["shipment_id"] and "1",
        }
        for row in BILLED
    ],
    "policy_billing_rule": RULES,
    "master_company": companies(STORIES),
}

# ALONE sends invoices and nothing else: what left is not known, so nothing is billed without goods.
WATERMARKS = [
    mark
    for mark in sent_and_billed(STORIES)
    if not (mark[1] == "ALONE" and mark[0].startswith("wms"))
]
