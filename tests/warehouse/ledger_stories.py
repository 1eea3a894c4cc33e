"""What came in and what the ledger says of it, one company per story, as of 31 March 2026.

BOOKS keeps a ledger that names its receipts. Most of it agrees; one receipt never got there, one
was posted a month early, one is too young to be missed, and somebody entered seven by hand.
LONELY has a ledger and nothing else, NOBOOKS stock and no ledger, BALANCES sends balances as well.
MOVES sends movements and no receipts, one under a number of a receipt, one under none. STANDARD
keeps its goods at 2.00 and buys at 2.10.
ACCRUE buys on orders: what is received and what is billed differ on every one, for another cause.
CLOSED closes its periods and signs for its accounts; somebody posts into January after that.
SHIPS sends fifty pieces out, one a shipment, and its ledger gets six of them wrong; somebody has
answered one of them with the entry that was proposed. DAYS lacks one receipt of the last three days.
"""

from __future__ import annotations

from hashlib import md5

from tests.warehouse.small_warehouse import rows

MOVED = rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | uom | location_code | receipt_id | receipt_line | unit_cost
BOOKS      | M1          | receipt       | 2026-03-02 12:00 | X         | 10  | EA  | A             | R1         | 1            | 2
BOOKS      | M2          | receipt       | 2026-03-03 12:00 | X         | 10  | EA  | A             | R2         | 1            | 2
BOOKS      | M3          | receipt       | 2026-03-04 12:00 | X         | 10  | EA  | A             | R3         | 1            | 2
BOOKS      | M4          | receipt       | 2026-03-05 12:00 | X         | 10  | EA  | A             | R4         | 1            | 2
BOOKS      | NEVER       | receipt       | 2026-03-10 12:00 | X         | 5   | EA  | A             | R5         | 1            | 3
BOOKS      | EARLY       | receipt       | 2026-03-01 12:00 | X         | 2   | EA  | A             | R6         | 1            | 4
BOOKS      | YOUNG       | receipt       | 2026-03-31 10:00 | X         | 4   | EA  | A             | R7         | 1            | 5
NOBOOKS    | M1          | receipt       | 2026-03-02 12:00 | X         | 10  | EA  | A             | R1         | 1            | 2
BALANCES   | M1          | receipt       | 2026-03-02 12:00 | X         | 10  | EA  | A             | R1         | 1            | 2
""")

MOVED += rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | uom | location_code | receipt_id | receipt_line
ACCRUE     | M1          | receipt       | 2026-03-20 12:00 | X         | 10  | EA  | A             | G1         | 1
ACCRUE     | M2          | receipt       | 2026-03-02 12:00 | X         | 10  | EA  | A             | G2         | 1
ACCRUE     | M3          | receipt       | 2026-03-02 12:00 | X         | 10  | EA  | A             | G3         | 1
ACCRUE     | M4          | receipt       | 2025-12-30 12:00 | X         | 10  | EA  | A             | G4         | 1
ACCRUE     | M5          | receipt       | 2025-12-31 12:00 | X         | 10  | EA  | A             | G5         | 1
ACCRUE     | M6          | receipt       | 2026-03-05 12:00 | X         | 10  | EA  | A             | G6         | 1
CLOSED     | M1          | receipt       | 2026-01-05 12:00 | X         | 10  | EA  | A             | K1         | 1
CLOSED     | M2          | receipt       | 2026-02-05 12:00 | X         | 10  | EA  | A             | K2         | 1
""")
MOVED = [{**row, "unit_cost": "2"} if row["company_id"] == "CLOSED" else row for row in MOVED]

BACK = rows("""
company_id | movement_id | movement_line | movement_type | event_at         | item_code | qty | uom | location_code | receipt_id | receipt_line | stock_status
ACCRUE     | BACK        | 1             | rtv           | 2026-03-10 12:00 | X         | -4  | EA  | A             | G3         | 1            | available
""")

ORDER_LINES = [
    {
        **row,
        "po_line": "1",
        "supplier_code": "S",
        "item_code": "X",
        "order_date": "2025-12-01",
        "to_location_code": "A",
        "uom": "EA",
        "unit_price": "2.10" if row["company_id"] == "STANDARD" else "2",
    }
    for row in rows("""
company_id | po_id | po_type  | qty_ordered | currency | status
ACCRUE     | P1    | standard | 10          | USD      | received
ACCRUE     | P2    | standard | 10          | USD      | received
ACCRUE     | P3    | standard | 10          | USD      | received
ACCRUE     | P4    | standard | 10          | USD      | received
ACCRUE     | P5    | standard | 10          | USD      | received
ACCRUE     | P6    | standard | 10          | EUR      | received
ACCRUE     | P7    | dropship | 5           | USD      | received
ACCRUE     | P8    | standard | 5           | USD      | open
MOVES      | P1    | standard | 10          | USD      | received
MOVES      | P2    | standard | 5           | USD      | received
STANDARD   | P1    | standard | 10          | USD      | received
""")
]

RATES = rows("""
company_id | rate_type | from_currency | to_currency | rate_date  | rate
*          | spot      | EUR           | USD         | 2026-03-01 | 1.10
*          | spot      | EUR           | USD         | 2026-03-08 | 1.20
""")

MOVED += rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | uom | location_code | receipt_id | receipt_line
STANDARD   | M1          | receipt       | 2026-03-02 12:00 | X         | 10  | EA  | A             | G1         | 1
""")

MOVES = rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | uom | location_code | receipt_id | receipt_line | ref_doc_type | ref_doc_id | ref_doc_line
MOVES      | M1          | receipt       | 2026-03-02 12:00 | X         | 6   | EA  | A             | G1         | 1            | PO           | P1         | 1
MOVES      | M2          | receipt       | 2026-03-03 12:00 | X         | 4   | EA  | A             | -          | -            | PO           | P1         | 1
MOVES      | M3          | receipt       | 2026-03-04 12:00 | X         | 5   | EA  | A             | -          | -            | PO           | P2         | 1
""")

MOVED += rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | uom | location_code | receipt_id | receipt_line | unit_cost
SHIPS      | M0          | receipt       | 2026-03-01 12:00 | X         | 100 | EA  | A             | L1         | 1            | 2
DAYS       | M1          | receipt       | 2026-03-01 12:00 | X         | 10  | EA  | A             | D1         | 1            | 2
DAYS       | M2          | receipt       | 2026-03-29 12:00 | X         | 10  | EA  | A             | D2         | 1            | 2
""")
SENT = [f"H{number}" for number in range(1, 51)]
SHIPPED = [
    {
        "company_id": "SHIPS",
        "movement_id": f"OUT-{shipment}",
        "movement_line": "1",
        "movement_type": "ship",
        "event_at": "2026-03-10 12:00",
        "item_code": "X",
        "qty": "-1",
        "uom": "EA",
        "location_code": "A",
        "shipment_id": shipment,
        "shipment_line": "1",
    }
    for shipment in SENT
]
MOVEMENTS = [{**row, "movement_line": "1"} for row in MOVED]

RECEIPT_LINES = [
    {
        "company_id": row["company_id"],
        "receipt_id": row["receipt_id"],
        "receipt_line": "1",
        "receipt_type": "po",
        "received_at": row["event_at"],
        "item_code": row["item_code"],
        "qty_received": row["qty"],
        "uom": row["uom"],
        "location_code": row["location_code"],
        "supplier_code": "S",
        "ref_order_id": row["receipt_id"].replace("G", "P")
        if row["company_id"] in ("ACCRUE", "STANDARD")
        else None,
        "ref_order_line": "1" if row["company_id"] in ("ACCRUE", "STANDARD") else None,
    }
    for row in MOVEMENTS
]

SUPPLIER_LINES = rows("""
company_id | supplier_invoice_id | invoice_line | invoice_date | supplier_code | line_type | receipt_id | receipt_line | item_code | qty_invoiced | net_amount | currency
BOOKS      | V1                  | 1            | 2026-03-06   | S             | item      | R1         | 1            | X         | 10           | 20.00      | USD
NOBOOKS    | V1                  | 1            | 2026-03-06   | S             | item      | R1         | 1            | X         | 10           | 20.00      | USD
CLOSED     | V1                  | 1            | 2026-01-10   | S             | item      | K1         | 1            | X         | 10           | 20.00      | USD
BALANCES   | V1                  | 1            | 2026-03-06   | S             | item      | R1         | 1            | X         | 10           | 20.00      | USD
""")

SUPPLIER_INVOICES = [
    {
        "company_id": line["company_id"],
        "supplier_invoice_id": line["supplier_invoice_id"],
        "invoice_type": "invoice",
        "status": "posted",
        "supplier_code": "S",
        "invoice_date": line["invoice_date"],
        "currency": "USD",
        "net_amount": line["net_amount"],
        "gross_amount": line["net_amount"],
    }
    for line in SUPPLIER_LINES
]

SUPPLIER_LINES += [
    {**row, "invoice_line": "1", "supplier_code": "S", "line_type": "item", "item_code": "X"}
    for row in rows("""
company_id | supplier_invoice_id | invoice_date | po_id | po_line | receipt_id | receipt_line | qty_invoiced | net_amount | currency
ACCRUE     | B1                  | 2026-04-02   | P1    | 1       | G1         | 1            | 10           | 20.00      | USD
ACCRUE     | B2                  | 2026-03-09   | P2    | 1       | G2         | 1            | 10           | 21.00      | USD
ACCRUE     | B3                  | 2026-03-09   | P3    | 1       | G3         | 1            | 10           | 20.00      | USD
ACCRUE     | B6                  | 2026-03-09   | P6    | 1       | G6         | 1            | 10           | 20.00      | EUR
ACCRUE     | B7                  | 2026-03-09   | P7    | 1       | -          | -            | 5            | 10.00      | USD
ACCRUE     | B8                  | 2026-03-09   | P8    | 1       | -          | -            | 5            | 10.00      | USD
MOVES      | B1                  | 2026-03-09   | P1    | 1       | -          | -            | 10           | 21.00      | USD
STANDARD   | B1                  | 2026-03-09   | P1    | 1       | G1         | 1            | 10           | 22.00      | USD
""")
]

JOURNAL_LINES = rows("""
company_id | journal_id | journal_line | posting_date | fiscal_year | fiscal_period | account | amount | currency | source_doc_type | source_doc_id | source_doc_line | posted_status | is_manual | ledger
BOOKS      | J1         | 1            | 2026-03-02   | 2026        | 3             | 1200    | 20     | USD      | receipt         | R1            | 1               | posted        | -         | -
BOOKS      | J1         | 2            | 2026-03-02   | 2026        | 3             | 2050    | -20    | USD      | receipt         | R1            | 1               | posted        | -         | -
BOOKS      | J2         | 1            | 2026-03-03   | 2026        | 3             | 1200    | 20     | USD      | receipt         | R2            | 1               | posted        | -         | -
BOOKS      | J2         | 2            | 2026-03-03   | 2026        | 3             | 2050    | -20    | USD      | receipt         | R2            | 1               | posted        | -         | -
BOOKS      | J3         | 1            | 2026-03-04   | 2026        | 3             | 1200    | 20     | USD      | receipt         | R3            | 1               | posted        | -         | -
BOOKS      | J3         | 2            | 2026-03-04   | 2026        | 3             | 2050    | -20    | USD      | receipt         | R3            | 1               | posted        | -         | -
BOOKS      | J4         | 1            | 2026-03-05   | 2026        | 3             | 1200    | 20     | USD      | receipt         | R4            | 1               | posted        | -         | -
BOOKS      | J4         | 2            | 2026-03-05   | 2026        | 3             | 2050    | -20    | USD      | receipt         | R4            | 1               | posted        | -         | -
BOOKS      | J5         | 1            | 2026-02-28   | 2026        | 2             | 1200    | 8      | USD      | receipt         | R6            | 1               | posted        | -         | -
BOOKS      | J5         | 2            | 2026-02-28   | 2026        | 2             | 2050    | -8     | USD      | receipt         | R6            | 1               | posted        | -         | -
BOOKS      | J6         | 1            | 2026-03-15   | 2026        | 3             | 1200    | 7      | USD      | -               | -             | -               | posted        | true      | -
BOOKS      | J6         | 2            | 2026-03-15   | 2026        | 3             | 9000    | -7     | USD      | -               | -             | -               | posted        | true      | -
BOOKS      | J7         | 1            | 2026-03-06   | 2026        | 3             | 2050    | 20     | USD      | supplier_invoice | V1           | 1               | posted        | -         | -
BOOKS      | J7         | 2            | 2026-03-06   | 2026        | 3             | 2000    | -20    | USD      | supplier_invoice | V1           | 1               | posted        | -         | -
BOOKS      | J8         | 1            | 2026-03-20   | 2026        | 3             | 1200    | 999    | USD      | -               | -             | -               | parked        | -         | -
BOOKS      | J9         | 1            | 2026-03-20   | 2026        | 3             | 1200    | 555    | USD      | -               | -             | -               | posted        | -         | IFRS
BOOKS      | J9         | 2            | 2026-03-20   | 2026        | 3             | 9000    | -555   | USD      | -               | -             | -               | posted        | -         | IFRS
LONELY     | J1         | 1            | 2025-12-31   | 2025        | 12            | 4000    | -100   | USD      | -               | -             | -               | posted        | -         | -
LONELY     | J1         | 2            | 2025-12-31   | 2025        | 12            | 1000    | 100    | USD      | -               | -             | -               | posted        | -         | -
LONELY     | J2         | 1            | 2026-02-01   | 2026        | 2             | 4000    | -30    | USD      | -               | -             | -               | posted        | -         | -
LONELY     | J2         | 2            | 2026-02-01   | 2026        | 2             | 1000    | 29.99  | USD      | -               | -             | -               | posted        | -         | -
LONELY     | J3         | 1            | 2026-04-01   | 2026        | 4             | 4000    | -1     | USD      | -               | -             | -               | posted        | -         | -
BALANCES   | J1         | 1            | 2026-03-02   | 2026        | 3             | 1200    | 999    | USD      | receipt         | R1            | 1               | posted        | -         | -
""")

BALANCES = rows("""
company_id | fiscal_year | fiscal_period | account | opening | closing | currency
BALANCES   | 2026        | 3             | 1200    | 5       | 25      | USD
""")

JOURNAL_LINES += [
    {**row, "currency": "USD", "posted_status": "posted", "journal_line": row["account"]}
    for row in rows("""
company_id | journal_id | posting_date | fiscal_year | fiscal_period | account | amount | source_doc_type | source_doc_id | source_doc_line | is_manual | entered_at
CLOSED     | J1         | 2026-01-05   | 2026        | 1             | 1200    | 20     | receipt         | K1            | 1               | -         | 2026-01-05 18:00
CLOSED     | J1         | 2026-01-05   | 2026        | 1             | 2050    | -20    | receipt         | K1            | 1               | -         | 2026-01-05 18:00
CLOSED     | J2         | 2026-02-05   | 2026        | 2             | 1200    | 20     | receipt         | K2            | 1               | -         | 2026-02-05 18:00
CLOSED     | J2         | 2026-02-05   | 2026        | 2             | 2050    | -20    | receipt         | K2            | 1               | -         | 2026-02-05 18:00
CLOSED     | J4         | 2026-01-10   | 2026        | 1             | 2050    | 20     | supplier_invoice| V1            | 1               | -         | 2026-01-10 18:00
CLOSED     | J4         | 2026-01-10   | 2026        | 1             | 2000    | -20    | supplier_invoice| V1            | 1               | -         | 2026-01-10 18:00
CLOSED     | J3         | 2026-01-31   | 2026        | 1             | 1200    | 5      | -               | -             | -               | true      | 2026-02-20 18:00
CLOSED     | J3         | 2026-01-31   | 2026        | 1             | 9000    | -5     | -               | -             | -               | true      | 2026-02-20 18:00
""")
]

SHIPPED_COST = {"H46": "9000"}  # account of the cost, where it is not 5000
NOT_POSTED = ("H44", "H49", "H50")
PROPOSAL = md5(b"SHIPS|MISSING_IN_GL|shipment|H44").hexdigest()[:16]


def _entry(
    journal: str, company: str, day: str, lines: dict[str, str], **facts: str
) -> list[dict[str, str | None]]:
    return [
        {
            "company_id": company,
            "journal_id": journal,
            "journal_line": str(number),
            "posting_date": day,
            "fiscal_year": "2026",
            "fiscal_period": "3",
            "account": account,
            "amount": amount,
            "currency": "USD",
            "posted_status": "posted",
            **facts,
        }
        for number, (account, amount) in enumerate(lines.items(), 1)
    ]


for company, journal, document in (("SHIPS", "J0", "L1"), ("DAYS", "J1", "D1")):
    value = "200" if company == "SHIPS" else "20"
    JOURNAL_LINES += _entry(
        journal, company, "2026-03-01", {"1200": value, "2050": f"-{value}"},
        source_doc_type="receipt", source_doc_id=document, source_doc_line="1",
    )  # fmt: skip
for shipment in SENT:
    cost = "3" if shipment == "H47" else "2"
    for journal in (f"J{shipment}", *(["JH48-2"] if shipment == "H48" else [])):
        if shipment not in NOT_POSTED:
            JOURNAL_LINES += _entry(
                journal, "SHIPS", "2026-03-10",
                {SHIPPED_COST.get(shipment, "5000"): cost, "1200": f"-{cost}"},
                source_doc_type="shipment", source_doc_id=shipment, source_doc_line="1",
            )  # fmt: skip
JOURNAL_LINES += _entry(
    "ANSWER", "SHIPS", "2026-03-12", {"5000": "2", "1200": "-2"},
    is_manual="true", reference=PROPOSAL,
)  # fmt: skip

FISCAL_PERIODS = rows("""
company_id | fiscal_year | fiscal_period | module | start_date | end_date   | status | closed_at        | closed_by
CLOSED     | 2026        | 1             | INV    | 2026-01-01 | 2026-01-31 | closed | 2026-02-06 12:00 | carl
CLOSED     | 2026        | 1             | GL     | 2026-01-01 | 2026-01-31 | closed | 2026-02-09 12:00 | carl
CLOSED     | 2026        | 2             | INV    | 2026-02-01 | 2026-02-28 | closed | 2026-03-05 12:00 | carl
CLOSED     | 2026        | 2             | GL     | 2026-02-01 | 2026-02-28 | closed | 2026-03-06 12:00 | carl
CLOSED     | 2026        | 3             | GL     | 2026-03-01 | 2026-03-31 | closed | 2026-04-08 12:00 | carl
""")

SIGNATURES = [
    {
        "company_id": "CLOSED",
        "override_id": f"S{number}",
        "subject": "value",
        "business_key": f"reconciliation|2026|{row['period']}|{row['account']}",
        "condition_code": row["step"],
        "new_value": None,
        "reason": "monthly close",
        "user_id": row["user"],
        "approved_by": row["user"],
        "approved_at": row["at"],
        "valid_from": "2026-01-01",
        "expires_at": "2027-01-01 00:00",
    }
    for number, row in enumerate(
        rows("""
period | account | step      | user | at
1      | 1200    | prepared  | anna | 2026-02-07 10:00
1      | 1200    | reviewed  | ben  | 2026-02-07 11:00
1      | 1200    | certified | carl | 2026-02-07 12:00
1      | 2050    | prepared  | anna | 2026-02-07 10:00
1      | 2050    | reviewed  | anna | 2026-02-07 11:00
1      | 2050    | certified | carl | 2026-02-07 12:00
2      | 1200    | prepared  | anna | 2026-03-06 10:00
2      | 1200    | reviewed  | ben  | 2026-03-06 11:00
2      | 1200    | certified | carl | 2026-03-07 00:00
2      | 2050    | prepared  | anna | 2026-03-06 10:00
2      | 2050    | reviewed  | ben  | 2026-03-06 11:00
2      | 2050    | certified | dora | 2026-03-06 12:00
3      | 1200    | prepared  | anna | 2026-03-30 10:00
3      | 1200    | reviewed  | ben  | 2026-04-02 10:00
""")
    )
]

USERS = rows("""
company_id | system_name | user_id | role_name  | privilege
CLOSED     | erp         | anna    | accountant | post
CLOSED     | erp         | ben     | accountant | post
CLOSED     | erp         | carl    | controller | approve
CLOSED     | erp         | dora    | accountant | post
""")

INVENTORY_SUBLEDGER = rows("""
company_id | as_of_date | item_code | qty | uom | value | account | currency
BOOKS      | 2026-03-15 | X         | 1   | EA  | 1     | 1200    | USD
BOOKS      | 2026-03-31 | X         | 46  | EA  | 111   | 1200    | USD
""")

ACCOUNTS = rows("""
company_id | account | account_name | account_type | account_role
*          | 1000    | Cash         | asset        | CASH
*          | 1200    | Stock        | asset        | INV
*          | 2000    | Payables     | liability    | AP
*          | 2050    | Not invoiced | liability    | GRIR
*          | 4000    | Sales        | revenue      | REVENUE
*          | 5000    | Cost of sale | expense      | COGS
*          | 9000    | Other        | asset        | -
""")

ITEMS = rows("""
company_id | item_id | description | item_type | base_uom
*          | X       | thing       | stock     | EA
""")

COMPANIES = [
    {"company_id": story, "company_name": story, "currency": "USD", "timezone": "UTC"}
    for story in (
        "BOOKS",
        "LONELY",
        "NOBOOKS",
        "BALANCES",
        "ACCRUE",
        "CLOSED",
        "MOVES",
        "STANDARD",
        "SHIPS",
        "DAYS",
    )
]

STANDARD_COSTS = rows("""
company_id | item_code | cost_type | unit_cost | currency | valid_from
STANDARD   | X         | standard  | 2.00      | USD      | 2026-01-01
""")

VALUATIONS = rows("""
company_id | policy_id | costing_method | cost_pool | negative_stock | backdating | late_cost | returned_layer | rounding_residual | same_day_order | valid_from
STANDARD   | V         | standard       | company   | true_up        | restate    | expense   | original       | last_issue        | receipts_first | 2026-01-01
""")

TABLES = {
    "wms_stock_movement": [
        *MOVEMENTS,
        *BACK,
        *SHIPPED,
        *({**row, "movement_line": "1"} for row in MOVES),
    ],
    "master_item_cost": STANDARD_COSTS,
    "policy_valuation": VALUATIONS,
    "purchasing_order_line": ORDER_LINES,
    "master_fx_rate": RATES,
    "master_fiscal_period": FISCAL_PERIODS,
    "policy_override": SIGNATURES,
    "control_access": USERS,
    "wms_receipt_line": RECEIPT_LINES,
    "purchasing_invoice": SUPPLIER_INVOICES,
    "purchasing_invoice_line": SUPPLIER_LINES,
    "gl_journal_line": JOURNAL_LINES,
    "gl_balance": BALANCES,
    "gl_inventory_subledger": INVENTORY_SUBLEDGER,
    "master_account": ACCOUNTS,
    "master_item": ITEMS,
    "master_company": COMPANIES,
}
