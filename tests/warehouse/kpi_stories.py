"""How long invoices take and how many of them are wrong; as of 31 March 2026, a Tuesday.

CYCLE bills four lines after 2, 10, 30 and 120 hours. LATE lets goods go on Tuesday 3 March at 10:00
and bills them on Monday 9 March at 09:00: SAID was entered on the Monday, UNSAID was never
confirmed, TOLD was confirmed at once. RIGHT writes 200 invoices; six are credited and written anew,
two more are disputed with success, one in vain, one is credited because the goods came back.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import companies, rows, sent_and_billed

Row = dict[str, str | None]

SENT = rows("""
company_id | id     | left_at          | confirm_at       | recorded_at      | status  | billed_at
CYCLE      | L2     | 2026-03-02 08:00 | 2026-03-02 08:00 | -                | shipped | 2026-03-02 10:00
CYCLE      | L10    | 2026-03-02 08:00 | 2026-03-02 08:00 | -                | shipped | 2026-03-02 18:00
CYCLE      | L30    | 2026-03-02 08:00 | 2026-03-02 08:00 | -                | shipped | 2026-03-03 14:00
CYCLE      | L120   | 2026-03-02 08:00 | 2026-03-02 08:00 | -                | shipped | 2026-03-07 08:00
LATE       | SAID   | 2026-03-03 10:00 | 2026-03-03 10:00 | 2026-03-09 08:30 | shipped | 2026-03-09 09:00
LATE       | UNSAID | 2026-03-03 10:00 | -                | -                | packed  | 2026-03-09 09:00
LATE       | TOLD   | 2026-03-03 10:00 | 2026-03-03 10:00 | -                | shipped | 2026-03-09 09:00
""")
SENT += [
    {
        "company_id": "RIGHT",
        "id": f"N{number}",
        "left_at": "2026-03-02 08:00",
        "confirm_at": "2026-03-02 08:00",
        "recorded_at": None,
        "status": "shipped",
        "billed_at": "2026-03-02 12:00",
    }
    for number in range(100, 300)
]

CORRECTIONS = rows("""
company_id | invoice_id | invoice_type | invoice_number | reference | reason   | net
RIGHT      | C199       | credit_memo  | C199           | I-N199    | return   | -50.00
""") + [
    row
    for number in range(100, 106)
    for row in (
        {
            "company_id": "RIGHT",
            "invoice_id": f"C{number}",
            "invoice_type": "credit_memo",
            "invoice_number": f"C{number}",
            "reference": f"I-N{number}",
            "reason": "price",
            "net": "-50.00",
        },
        {
            "company_id": "RIGHT",
            "invoice_id": f"A{number}",
            "invoice_type": "invoice",
            "invoice_number": f"A{number}",
            "reference": None,
            "reason": None,
            "net": "50.00",
        },
    )
]

DISPUTES = rows("""
company_id | dispute_id | opened_at        | closed_at        | invoice_id | customer_code | amount | currency | reason_code | status
RIGHT      | D1         | 2026-03-10 12:00 | 2026-03-12 12:00 | I-N150     | C             | 5.00   | USD      | price       | accepted
RIGHT      | D2         | 2026-03-10 12:00 | 2026-03-14 12:00 | I-N151     | C             | 5.00   | USD      | quantity    | partial
RIGHT      | D3         | 2026-03-10 12:00 | 2026-03-19 12:00 | I-N152     | C             | 5.00   | USD      | quantity    | rejected
RIGHT      | D4         | 2026-03-10 12:00 | -                | I-N100     | C             | 5.00   | USD      | price       | open
""")

ORDER_LINES: list[Row] = [
    {
        "company_id": row["company_id"],
        "order_id": row["id"],
        "order_line": "1",
        "order_type": "standard",
        "order_at": "2026-03-01 12:00",
        "customer_code": "C",
        "item_code": "X",
        "qty_ordered": "10",
        "uom": "EA",
        "net_amount": "50.00",
        "currency": "USD",
        "line_status": "billed",
    }
    for row in SENT
]

SHIPMENTS: list[Row] = [
    {
        "company_id": row["company_id"],
        "shipment_id": row["id"],
        "shipment_type": "sale",
        "ship_from_location": "A",
        "customer_code": "C",
        "ship_confirm_at": row["confirm_at"],
        "recorded_at": row["recorded_at"],
        "status": row["status"],
    }
    for row in SENT
]

SHIPMENT_LINES: list[Row] = [
    {
        "company_id": row["company_id"],
        "shipment_id": row["id"],
        "shipment_line": "1",
        "order_id": row["id"],
        "order_line": "1",
        "item_code": "X",
        "qty_shipped": "10",
        "uom": "EA",
    }
    for row in SENT
]

PICKUPS: list[Row] = [
    {
        "company_id": row["company_id"],
        "shipment_id": row["id"],
        "event_seq": "1",
        "event_type": "pickup",
        "event_at": row["left_at"],
    }
    for row in SENT
    if row["company_id"] == "LATE"
]

INVOICES: list[Row] = [
    {
        "company_id": row["company_id"],
        "invoice_id": f"I-{row['id']}",
        "invoice_number": f"I-{row['id']}",
        "invoice_type": "invoice",
        "invoice_date": str(row["billed_at"])[:10],
        "created_at": row["billed_at"],
        "customer_code": "C",
        "currency": "USD",
        "net_amount": "50.00",
        "creation_mode": "automatic",
        "status": "posted",
    }
    for row in SENT
] + [
    {
        "company_id": row["company_id"],
        "invoice_id": row["invoice_id"],
        "invoice_number": row["invoice_number"],
        "invoice_type": row["invoice_type"],
        "invoice_date": "2026-03-05",
        "created_at": "2026-03-05 12:00",
        "customer_code": "C",
        "currency": "USD",
        "net_amount": row["net"],
        "reference_invoice_id": row["reference"],
        "reason_code": row["reason"],
        "status": "posted",
    }
    for row in CORRECTIONS
]

INVOICE_LINES: list[Row] = [
    {
        "company_id": row["company_id"],
        "invoice_id": f"I-{row['id']}",
        "invoice_line": "1",
        "line_type": "item",
        "item_code": "X",
        "qty_billed": "10",
        "uom": "EA",
        "net_amount": "50.00",
        "order_id": row["id"],
        "order_line": "1",
        "shipment_id": row["id"],
        "shipment_line": "1",
    }
    for row in SENT
] + [
    {
        "company_id": row["company_id"],
        "invoice_id": row["invoice_id"],
        "invoice_line": "1",
        "line_type": "item",
        "item_code": "X",
        "qty_billed": "10" if row["invoice_type"] == "invoice" else "-10",
        "uom": "EA",
        "net_amount": row["net"],
        "order_id": f"N{str(row['invoice_id'])[1:]}",
        "order_line": "1",
        "shipment_id": f"N{str(row['invoice_id'])[1:]}",
        "shipment_line": "1",
    }
    for row in CORRECTIONS
]

STORIES = sorted({str(row["company_id"]) for row in SENT})

TABLES = {
    "billing_order_line": ORDER_LINES,
    "wms_shipment": SHIPMENTS,
    "wms_shipment_line": SHIPMENT_LINES,
    "wms_delivery_event": PICKUPS,
    "billing_invoice": INVOICES,
    "billing_invoice_line": INVOICE_LINES,
    "billing_dispute": DISPUTES,
    "master_company": companies(STORIES),
}

WATERMARKS = sent_and_billed(STORIES)
