"""What feeds the numbers and how far orders have come. One company per story, as of 31 March 2026.

DRIFT picks on the first, ships on the second and bills on the fourth, and forgets to bill another.
PILOT begins with warehouse A and its standard orders, and a wider pilot takes B in; it scans 7 of 10
movements in A. MAPPED has three sites, of which finance knows two. CARRIED hears of a receipt from
the warehouse and from what carries its messages. SOLD OFF has damaged goods that still sell.
TRACED sells ten pieces from order to ledger, books no revenue for them, and leaves an order behind.
RETURNED takes goods back six and five business days ago and credits nothing.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import rows

MOVED = rows("""
company_id | source_system | movement_id | movement_type | event_at         | recorded_at      | item_code | qty | location_code | stock_status | from_stock_status | shipment_id | receipt_id | ref_doc_type | ref_doc_id | unit_cost
DRIFT      | wms           | M1          | opening       | 2026-02-01 08:00 | -                | X         | 100 | A             | -            | -                 | -           | -          | -            | -          | 2
DRIFT      | wms           | M2          | reserve       | 2026-03-01 08:00 | -                | X         | 10  | A             | reserved     | available         | -           | -          | SO           | O1         | -
DRIFT      | wms           | M3          | pick          | 2026-03-01 09:00 | -                | X         | 10  | A             | picked       | reserved          | -           | -          | SO           | O1         | -
DRIFT      | wms           | M4          | ship          | 2026-03-02 09:00 | -                | X         | -10 | A             | picked       | -                 | S1          | -          | -            | -          | -
DRIFT      | wms           | M5          | reserve       | 2026-03-29 08:00 | -                | X         | 6   | A             | reserved     | available         | -           | -          | SO           | O2         | -
DRIFT      | wms           | M6          | pick          | 2026-03-30 09:00 | -                | X         | 4   | A             | picked       | reserved          | -           | -          | SO           | O2         | -
MAPPED     | wms           | M1          | opening       | 2026-03-01 08:00 | -                | X         | 5   | A             | -            | -                 | -           | -          | -            | -          | 2
MAPPED     | wms           | M2          | opening       | 2026-03-01 08:00 | -                | X         | 5   | B             | -            | -                 | -           | -          | -            | -          | 2
MAPPED     | wms           | M3          | opening       | 2026-03-01 08:00 | -                | X         | 5   | SHOP          | -            | -                 | -           | -          | -            | -          | 2
CARRIED    | wms           | M1          | receipt       | 2026-03-02 08:00 | 2026-03-02 08:01 | X         | 9   | A             | -            | -                 | -           | R1         | PO           | P1         | 2
CARRIED    | bus           | EVT-7       | receipt       | 2026-03-02 08:00 | 2026-03-02 08:03 | X         | 9   | A             | -            | -                 | -           | R1         | PO           | P1         | 2
CARRIED    | wms           | M2          | receipt       | 2026-03-02 09:00 | 2026-03-02 09:01 | X         | 9   | A             | -            | -                 | -           | R2         | PO           | P2         | 2
TRACED     | wms           | M1          | opening       | 2026-02-01 08:00 | -                | X         | 20  | A             | -            | -                 | -           | -          | -            | -          | 2
TRACED     | wms           | M2          | reserve       | 2026-03-01 08:00 | -                | X         | 10  | A             | reserved     | available         | -           | -          | SO           | O1         | -
TRACED     | wms           | M3          | pick          | 2026-03-01 09:00 | -                | X         | 10  | A             | picked       | reserved          | -           | -          | SO           | O1         | -
TRACED     | wms           | M4          | ship          | 2026-03-02 09:00 | -                | X         | -10 | A             | picked       | -                 | S1          | -          | -            | -          | -
RETURNED   | wms           | M1          | opening       | 2026-02-01 08:00 | -                | X         | 20  | A             | -            | -                 | -           | -          | -            | -          | 2
RETURNED   | wms           | M2          | ship          | 2026-03-02 09:00 | -                | X         | -10 | A             | -            | -                 | S1          | -          | -            | -          | -
RETURNED   | wms           | M3          | return_receipt | 2026-03-23 09:00 | -               | X         | 3   | A             | available    | -                 | -           | R1         | -            | -          | -
RETURNED   | wms           | M4          | return_receipt | 2026-03-24 09:00 | -               | X         | 2   | A             | available    | -                 | -           | R2         | -            | -          | -
SOLD OFF   | wms           | M1          | opening       | 2026-01-01 08:00 | -                | X         | 10  | A             | -            | -                 | -           | -          | -            | -          | 2
SOLD OFF   | wms           | M2          | damage        | 2026-02-28 08:00 | -                | X         | 3   | A             | damaged      | available         | -           | -          | -            | -          | -
SOLD OFF   | wms           | M3          | damage        | 2026-03-01 08:00 | -                | X         | 1   | A             | damaged      | available         | -           | -          | -            | -          | -
""")

PILOTED = [
    {
        "company_id": "PILOT",
        "source_system": "wms",
        "movement_id": f"{place}{number}",
        "movement_type": "opening",
        "event_at": f"2026-03-02 08:{number:02d}",
        "item_code": "X",
        "qty": "10",
        "location_code": place,
        "unit_cost": "2",
        "scan_method": ("barcode", "rfid")[number % 2] if number < scanned else "manual",
    }
    for place, scanned in (("A", 7), ("B", 0))
    for number in range(10)
]

ORDERS = rows("""
company_id | order_id | order_line | order_type | order_at         | item_code | qty_ordered | net_amount | ship_from_location | line_status | promised_date
DRIFT      | O1       | 1          | standard   | 2026-02-28 12:00 | X         | 10          | 100        | A                  | shipped     | -
DRIFT      | O2       | 1          | standard   | 2026-03-28 12:00 | X         | 6           | 60         | A                  | open        | -
PILOT      | O1       | 1          | standard   | 2026-03-02 12:00 | X         | 5           | 50         | A                  | shipped     | -
PILOT      | O2       | 1          | sample     | 2026-03-02 12:00 | X         | 5           | 50         | A                  | shipped     | -
PILOT      | O3       | 1          | standard   | 2026-03-02 12:00 | X         | 5           | 50         | B                  | shipped     | -
PILOT      | O4       | 1          | standard   | 2026-03-02 12:00 | X         | 10          | 100        | B                  | shipped     | -
SOLD OFF   | O1       | 1          | standard   | 2026-03-02 12:00 | X         | 4           | 12         | A                  | shipped     | -
TRACED     | O1       | 1          | standard   | 2026-02-28 12:00 | X         | 10          | 100        | A                  | shipped     | 2026-03-03
TRACED     | O2       | 1          | standard   | 2026-03-01 12:00 | X         | 3           | 30         | A                  | open        | 2026-03-30
TRACED     | O3       | 1          | standard   | 2026-03-01 12:00 | X         | 3           | 30         | A                  | open        | 2026-03-31
RETURNED   | O1       | 1          | standard   | 2026-02-28 12:00 | X         | 10          | 100        | A                  | shipped     | -
""")

SHIPMENTS = rows("""
company_id | shipment_id | shipment_type | ship_from_location | ship_confirm_at  | status
DRIFT      | S1          | sale          | A                  | 2026-03-02 09:00 | shipped
PILOT      | S1          | sale          | A                  | 2026-03-09 12:00 | shipped
PILOT      | S2          | sample        | A                  | 2026-03-09 12:00 | shipped
PILOT      | S3          | sale          | B                  | 2026-03-09 12:00 | shipped
PILOT      | S4          | sale          | B                  | 2026-03-09 12:00 | shipped
PILOT      | S5          | sale          | B                  | 2026-03-10 12:00 | shipped
SOLD OFF   | S1          | sale          | A                  | 2026-03-09 12:00 | shipped
TRACED     | S1          | sale          | A                  | 2026-03-02 09:00 | shipped
RETURNED   | S1          | sale          | A                  | 2026-03-02 09:00 | shipped
""")

SHIPMENT_LINES = rows("""
company_id | shipment_id | shipment_line | order_id | order_line | item_code | qty_shipped
DRIFT      | S1          | 1             | O1       | 1          | X         | 10
PILOT      | S1          | 1             | O1       | 1          | X         | 5
PILOT      | S2          | 1             | O2       | 1          | X         | 5
PILOT      | S3          | 1             | O3       | 1          | X         | 5
PILOT      | S4          | 1             | O4       | 1          | X         | 6
PILOT      | S5          | 1             | O4       | 1          | X         | 4
SOLD OFF   | S1          | 1             | O1       | 1          | X         | 4
TRACED     | S1          | 1             | O1       | 1          | X         | 10
RETURNED   | S1          | 1             | O1       | 1          | X         | 10
""")

INVOICES = rows("""
company_id | invoice_id | invoice_date | created_at       | net_amount | gross_amount
DRIFT      | I1         | 2026-03-04   | 2026-03-04 12:00 | 100        | -
SOLD OFF   | I1         | 2026-03-10   | 2026-03-10 12:00 | 12        | -
TRACED     | I1         | 2026-03-04   | 2026-03-04 12:00 | 100        | 100
RETURNED   | I1         | 2026-03-03   | 2026-03-03 12:00 | 100        | -
""")

INVOICE_LINES = rows("""
company_id | invoice_id | invoice_line | item_code | qty_billed | net_amount | order_id | order_line | shipment_id | shipment_line
DRIFT      | I1         | 1            | X         | 10         | 100        | -        | -          | S1          | 1
SOLD OFF   | I1         | 1            | X         | 4          | 12         | O1       | 1          | S1          | 1
TRACED     | I1         | 1            | X         | 10         | 100        | -        | -          | S1          | 1
RETURNED   | I1         | 1            | X         | 10         | 100        | -        | -          | S1          | 1
""")

BOOKED = rows("""
company_id | as_of_date | item_code | location_code | qty | value
MAPPED     | 2026-03-31 | X         | A             | 5   | 10
MAPPED     | 2026-03-31 | X         | B             | 5   | 10
""")

RECEIPTS = rows("""
company_id | receipt_id | receipt_line | receipt_type | received_at      | item_code | qty_received | location_code | original_shipment_id | original_shipment_line
RETURNED   | R1         | 1            | return       | 2026-03-23 09:00 | X         | 3            | A             | S1                   | 1
RETURNED   | R2         | 1            | return       | 2026-03-24 09:00 | X         | 2            | A             | S1                   | 1
""")

JOURNALS = rows("""
company_id | journal_id | journal_line | posting_date | fiscal_year | fiscal_period | account | amount | currency | source_doc_type | source_doc_id | source_doc_line | posted_status
TRACED     | J1         | 1            | 2026-03-04   | 2026        | 3             | 5000    | 20     | USD      | shipment        | S1            | 1               | posted
TRACED     | J1         | 2            | 2026-03-04   | 2026        | 3             | 1200    | -20    | USD      | shipment        | S1            | 1               | posted
""")

SCOPES = rows("""
company_id | scope | include | location_id | order_type | valid_from
PILOT      | pilot | true    | A           | standard   | 2026-01-01
PILOT      | wider | true    | A           | standard   | 2026-01-01
PILOT      | wider | true    | B           | standard   | 2026-01-01
""")

COMPANIES = sorted({str(row["company_id"]) for row in (*MOVED, *PILOTED)})
PIECE = {"uom": "EA"}
SOLD = {"customer_code": "C1", "currency": "USD"}

TABLES: dict[str, list[dict[str, str | None]]] = {
    "master_company": [
        {"company_id": company, "company_name": company, "currency": "USD", "timezone": "UTC"}
        for company in COMPANIES
    ],
    "master_item": [
        {
            "company_id": company,
            "item_id": "X",
            "description": "X",
            "item_type": "stock",
            "base_uom": "EA",
        }
        for company in COMPANIES
    ],
    "master_location": [
        {
            "company_id": "MAPPED",
            "location_code": "SHOP",
            "location_id": "SHOP",
            "location_name": "a shop",
            "location_type": "store",
            "timezone": "UTC",
        }
    ],
    "wms_stock_movement": [
        {
            **row,
            **PIECE,
            "movement_line": "1",
            "shipment_line": "1" if row.get("shipment_id") else None,
            "receipt_line": "1" if row.get("receipt_id") else None,
            "ref_doc_line": "1" if row.get("ref_doc_id") else None,
        }
        for row in (*MOVED, *PILOTED)
    ],
    "wms_shipment": [{**row, "customer_code": "C1"} for row in SHIPMENTS],
    "wms_shipment_line": [{**row, **PIECE} for row in SHIPMENT_LINES],
    "wms_receipt_line": [{**row, **PIECE} for row in RECEIPTS],
    "billing_order_line": [{**row, **PIECE, **SOLD} for row in ORDERS],
    "billing_invoice": [
        {
            **row,
            **SOLD,
            "invoice_number": row["invoice_id"],
            "invoice_type": "invoice",
            "status": "posted",
        }
        for row in INVOICES
    ],
    "billing_invoice_line": [{**row, **PIECE, "line_type": "item"} for row in INVOICE_LINES],
    "gl_inventory_subledger": [{**row, **PIECE, "currency": "USD"} for row in BOOKED],
    "gl_journal_line": JOURNALS,
    "policy_scope": SCOPES,
}
