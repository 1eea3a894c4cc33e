"""Stories of cost that take more than movements: sales, supplier bills, a ledger. As of 31 March 2026.

COGS keeps a ledger that lacks two of fifty postings. INTERIM inspects what it receives, REVERSED
takes a receipt back at the wrong amount, NOROLE has no account for what goes back to suppliers.
SALES sells what C18 tells, LATE learns what its goods cost when they are gone, KITS sells boxes of
parts, DROPS has its supplier send the goods, STALE ships a new lot at the cost of the old one, and
JUMP is revalued by hand.
"""

from __future__ import annotations

from tests.warehouse.cost_feeds import Feeds
from tests.warehouse.small_warehouse import AS_OF, rows

LEDGER_COMPANIES = ("COGS", "INTERIM", "REVERSED", "NOROLE")
SELLING_COMPANIES = ("SALES", "LATE", "KITS", "DROPS")
COMPANIES = (*LEDGER_COMPANIES, *SELLING_COMPANIES, "STALE", "JUMP")

MOVEMENTS = rows("""
company_id | movement_id | movement_type  | event_at         | item_code | qty  | location_code | stock_status | ext_cost | unit_cost | receipt_id | receipt_line | shipment_id | shipment_line | lot_number | reversal_of_movement_id | reason_code
COGS       | IN          | receipt        | 2026-03-01 12:00 | A         | 100  | L1            | -            | 20000    | -         | R1         | 1            | -           | -             | -          | -                       | -
INTERIM    | IN          | receipt        | 2026-03-02 12:00 | A         | 10   | L1            | received     | 100      | -         | R1         | 1            | -           | -             | -          | -                       | -
INTERIM    | PUT         | putaway        | 2026-03-03 12:00 | A         | -6   | L1            | received     | -        | -         | R1         | 1            | -           | -             | -          | -                       | -
REVERSED   | WRONG       | receipt        | 2026-03-02 12:00 | A         | 10   | L1            | -            | 100      | -         | R1         | 1            | -           | -             | -          | -                       | -
REVERSED   | BACK        | receipt        | 2026-03-03 12:00 | A         | -10  | L1            | -            | -        | -         | R1         | 1            | -           | -             | -          | WRONG                   | -
REVERSED   | TYPO        | receipt        | 2026-03-04 12:00 | A         | 10   | L1            | -            | 50       | -         | R2         | 1            | -           | -             | -          | -                       | -
REVERSED   | UNDONE      | receipt        | 2026-03-05 12:00 | A         | -10  | L1            | -            | -        | -         | R2         | 1            | -           | -             | -          | TYPO                    | -
NOROLE     | IN          | receipt        | 2026-03-02 12:00 | A         | 10   | L1            | -            | 100      | -         | R1         | 1            | -           | -             | -          | -                       | -
NOROLE     | BACK        | rtv            | 2026-03-04 12:00 | A         | -2   | L1            | available    | -        | -         | R1         | 1            | -           | -             | -          | -                       | -
SALES      | IN A        | receipt        | 2026-03-01 12:00 | A         | 20   | L1            | -            | 400      | -         | R1         | 1            | -           | -             | -          | -                       | -
SALES      | IN B        | receipt        | 2026-03-01 12:00 | B         | 10   | L1            | -            | 200      | -         | R2         | 1            | -           | -             | -          | -                       | -
SALES      | S1          | ship           | 2026-03-02 12:00 | A         | -2   | L1            | -            | -        | -         | -          | -            | S1          | 1             | -          | -                       | -
SALES      | S2          | ship           | 2026-03-03 12:00 | A         | -4   | L1            | -            | -        | -         | -          | -            | S2          | 1             | -          | -                       | -
SALES      | S3          | ship           | 2026-03-03 13:00 | B         | -2   | L1            | -            | -        | -         | -          | -            | S3          | 1             | -          | -                       | -
SALES      | BACK        | return_receipt | 2026-03-03 16:00 | A         | 1    | L1            | available    | -        | -         | T1         | 1            | -           | -             | -          | -                       | -
SALES      | LOST        | count_adjust   | 2026-03-03 17:00 | A         | -1   | L1            | -            | -        | -         | -          | -            | -           | -             | -          | -                       | -
LATE       | IN          | receipt        | 2026-03-01 12:00 | A         | 100  | L1            | -            | 1000     | -         | R1         | 1            | -           | -             | -          | -                       | -
LATE       | S1          | ship           | 2026-03-02 12:00 | A         | -20  | L1            | -            | -        | -         | -          | -            | S1          | 1             | -          | -                       | -
LATE       | S2          | ship           | 2026-03-03 12:00 | A         | -40  | L1            | -            | -        | -         | -          | -            | S2          | 1             | -          | -                       | -
KITS       | IN 1        | receipt        | 2026-03-01 12:00 | PART1     | 20   | L1            | -            | 40       | -         | R1         | 1            | -           | -             | -          | -                       | -
KITS       | IN 2        | receipt        | 2026-03-01 12:00 | PART2     | 10   | L1            | -            | 50       | -         | R2         | 1            | -           | -             | -          | -                       | -
KITS       | S1-1        | ship           | 2026-03-02 12:00 | PART1     | -6   | L1            | -            | -        | -         | -          | -            | S1          | 1             | -          | -                       | -
KITS       | S1-2        | ship           | 2026-03-02 12:00 | PART2     | -3   | L1            | -            | -        | -         | -          | -            | S1          | 2             | -          | -                       | -
STALE      | IN 1        | receipt        | 2026-02-01 12:00 | A         | 10   | L1            | -            | -        | 10        | R1         | 1            | -           | -             | L1         | -                       | -
STALE      | IN 2        | receipt        | 2026-03-01 12:00 | A         | 10   | L1            | -            | -        | 12        | R2         | 1            | -           | -             | L2         | -                       | -
STALE      | OUT         | ship           | 2026-03-05 12:00 | A         | -4   | L1            | -            | -        | 10        | -          | -            | S1          | 1             | L2         | -                       | -
STALE      | OLD LOT     | ship           | 2026-03-05 13:00 | A         | -1   | L1            | -            | -        | 10        | -          | -            | S2          | 1             | L1         | -                       | -
STALE      | NEW COST    | ship           | 2026-03-05 14:00 | A         | -1   | L1            | -            | -        | 12        | -          | -            | S3          | 1             | L2         | -                       | -
JUMP       | IN          | receipt        | 2026-03-01 12:00 | A         | 10   | L1            | -            | 100      | -         | R1         | 1            | -           | -             | -          | -                       | -
JUMP       | COUNT       | count_adjust   | 2026-03-10 12:00 | A         | -1   | L1            | -            | -        | -         | -          | -            | -           | -             | -          | -                       | -
JUMP       | BY HAND     | cost_only      | 2026-03-20 12:00 | A         | 0    | L1            | -            | 900      | -         | -          | -            | -           | -             | -          | -                       | revaluation
""")  # fmt: skip
SHIPPED_ON = {f"S{number}": f"2026-03-{2 + number % 20:02}" for number in range(1, 51)}
SHIPPED = [
    {
        "company_id": "COGS",
        "movement_id": f"OUT {shipment}",
        "movement_type": "ship",
        "event_at": f"{day} 12:00",
        "item_code": "A",
        "qty": "-1",
        "location_code": "L1",
        "shipment_id": shipment,
        "shipment_line": "1",
    }
    for shipment, day in SHIPPED_ON.items()
]

RECEIPT_LINES = [
    {
        "company_id": row["company_id"],
        "receipt_id": row["receipt_id"],
        "receipt_line": "1",
        "receipt_type": "return" if row["movement_type"] == "return_receipt" else "po",
        "original_shipment_id": "S2" if row["movement_type"] == "return_receipt" else None,
        "original_shipment_line": "1" if row["movement_type"] == "return_receipt" else None,
        "received_at": row["event_at"],
        "item_code": row["item_code"],
        "qty_received": row["qty"],
        "uom": "EA",
        "location_code": "L1",
        "unit_cost": row["unit_cost"],
        "lot_number": row["lot_number"],
        "supplier_code": "S",
    }
    for row in MOVEMENTS
    if row["receipt_id"] and str(row["movement_type"]).endswith("receipt")
    if not row["reversal_of_movement_id"]
]

ITEM_COSTS = rows("""
company_id | item_code | cost_type | unit_cost | currency | valid_from | valid_to
STALE      | A         | last      | 10        | USD      | 2020-01-01 | 2026-02-28
STALE      | A         | last      | 12        | USD      | 2026-03-01 | -
""")

LANDED = rows("""
company_id | landed_cost_id | component_line | component | basis    | amount | currency | is_estimate | cost_date  | receipt_id | source_updated_at
LATE       | L1             | 1              | freight   | quantity | 50.00  | USD      | false       | 2026-03-10 | R1         | 2026-03-10 12:00
""")

# What the ledgers say: the goods of COGS but for two issues, a receipt of REVERSED taken back at 99.
POSTED = [
    ("COGS", "JR", "1200", "20000", "receipt", "R1"),
    ("COGS", "JR", "2050", "-20000", "receipt", "R1"),
    *(
        ("COGS", f"JS{number}", account, amount, "shipment", f"S{number}")
        for number in range(1, 49)
        for account, amount in (("5000", "200"), ("1200", "-200"))
    ),
    ("REVERSED", "J1", "1200", "100", "receipt", "R1"),
    ("REVERSED", "J1", "2050", "-100", "receipt", "R1"),
    ("REVERSED", "J2", "1200", "-99", "receipt", "R1"),
    ("REVERSED", "J2", "2050", "99", "receipt", "R1"),
    ("REVERSED", "J3", "1200", "50", "receipt", "R2"),
    ("REVERSED", "J3", "2050", "-50", "receipt", "R2"),
    ("REVERSED", "J4", "1200", "-50", "receipt", "R2"),
    ("REVERSED", "J4", "2050", "50", "receipt", "R2"),
    ("INTERIM", "J1", "1210", "100", "receipt", "R1"),
    ("INTERIM", "J1", "2050", "-100", "receipt", "R1"),
    ("NOROLE", "J1", "1200", "100", "receipt", "R1"),
    ("NOROLE", "J1", "9000", "-100", "receipt", "R1"),
]
JOURNAL_LINES = [
    {
        "company_id": company,
        "journal_id": journal,
        "journal_line": account,
        "posting_date": SHIPPED_ON.get(
            document, "2026-03-01" if company == "COGS" else "2026-03-02"
        ),
        "fiscal_year": "2026",
        "fiscal_period": "3",
        "account": account,
        "amount": amount,
        "currency": "USD",
        "source_doc_type": kind,
        "source_doc_id": document,
        "source_doc_line": "1",
        "posted_status": "posted",
    }
    for company, journal, account, amount, kind, document in POSTED
]
ACCOUNTS = [
    {**row, "company_id": company}
    for company in LEDGER_COMPANIES
    for row in rows("""
account | account_name  | account_type | account_role
1200    | Stock         | asset        | INV
1210    | To be checked | asset        | INV_INTERIM
2050    | Not invoiced  | liability    | GRIR
5000    | Cost of sales | expense      | COGS
9000    | Other         | asset        | -
""")
    if company != "NOROLE" or row["account_role"] != "GRIR"
]
PROFILES = rows("""
company_id | profile          | interim_receipts | transfer_cost | posting_sla_days | valid_from | approved_by
INTERIM    | control_transfer | true             | capitalise    | 1                | 2020-01-01 | controller
""")
# A bill that has nothing to do with the goods: only then what is not invoiced is told.
SUPPLIER_LINES = [
    {"company_id": company, "supplier_invoice_id": "V1", "invoice_line": "1",
     "invoice_date": "2026-03-30", "supplier_code": "S", "line_type": "item", "item_code": "B",
     "receipt_id": "ELSEWHERE", "receipt_line": "1", "qty_invoiced": "1", "net_amount": "0.00",
     "currency": "USD"}
    for company in LEDGER_COMPANIES
]  # fmt: skip

ORDER_LINES = [
    {**row, "order_line": "1", "order_at": "2026-03-01 12:00", "customer_code": "C", "uom": "EA",
     "currency": "USD", "line_status": "shipped"}
    for row in rows("""
company_id | order_id | order_type | item_code | qty_ordered | unit_price | net_amount
SALES      | O1       | standard   | A         | 2           | 40         | 80.00
SALES      | O2       | standard   | A         | 4           | 30         | 120.00
SALES      | O3       | standard   | B         | 2           | 50         | 100.00
LATE       | O1       | standard   | A         | 20          | 15         | 300.00
LATE       | O2       | standard   | A         | 40          | 15         | 600.00
KITS       | O1       | standard   | BOX       | 3           | 30         | 90.00
DROPS      | O1       | dropship   | A         | 5           | 12         | 60.00
""")
]  # fmt: skip
SHIPMENTS = [
    {**row, "shipment_type": "sale", "ship_from_location": "L1", "customer_code": "C",
     "status": "shipped"}
    for row in rows("""
company_id | shipment_id | ship_confirm_at
SALES      | S1          | 2026-03-02 12:00
SALES      | S2          | 2026-03-03 12:00
SALES      | S3          | 2026-03-03 13:00
LATE       | S1          | 2026-03-02 12:00
LATE       | S2          | 2026-03-03 12:00
KITS       | S1          | 2026-03-02 12:00
""")
]  # fmt: skip
SHIPMENT_LINES = [
    {**row, "order_line": "1", "uom": "EA"}
    for row in rows("""
company_id | shipment_id | shipment_line | order_id | item_code | parent_item_code | qty_shipped
SALES      | S1          | 1             | O1       | A         | -                | 2
SALES      | S2          | 1             | O2       | A         | -                | 4
SALES      | S3          | 1             | O3       | B         | -                | 2
LATE       | S1          | 1             | O1       | A         | -                | 20
LATE       | S2          | 1             | O2       | A         | -                | 40
KITS       | S1          | 1             | O1       | PART1     | BOX              | 6
KITS       | S1          | 2             | O1       | PART2     | BOX              | 3
""")
]
SHIPMENTS += [
    {"company_id": "COGS", "shipment_id": shipment, "ship_confirm_at": f"{day} 12:00",
     "shipment_type": "sale", "ship_from_location": "L1", "customer_code": "C",
     "status": "shipped"}
    for shipment, day in SHIPPED_ON.items()
]  # fmt: skip
SHIPMENT_LINES += [
    {"company_id": "COGS", "shipment_id": shipment, "shipment_line": "1", "item_code": "A",
     "qty_shipped": "1", "uom": "EA"}
    for shipment in SHIPPED_ON
]  # fmt: skip
DROPPED = rows("""
company_id | billable_event_id | event_type    | event_at         | customer_code | order_id | order_line | item_code | qty | uom | currency | report_ref
DROPS      | B1                | dropship_ship | 2026-03-04 12:00 | C             | O1       | 1          | A         | 5   | EA  | USD      | PO1
""")
PURCHASES = rows("""
company_id | po_id | po_line | po_type  | order_date | supplier_code | to_location_code | item_code | qty_ordered | uom | unit_price | currency | status
DROPS      | PO1   | 1       | dropship | 2026-03-02 | S             | L1               | A         | 5           | EA  | 7          | USD      | received
""")
INVOICES = [
    {**row, "invoice_number": row["invoice_id"], "created_at": f"{row['invoice_date']} 12:00",
     "customer_code": "C", "currency": "USD", "status": "posted"}
    for row in rows("""
company_id | invoice_id | invoice_type | invoice_date | net_amount | reference_invoice_id | reason_code
SALES      | I1         | invoice      | 2026-03-04   | 80.00      | -                    | -
SALES      | I2         | invoice      | 2026-03-04   | 120.00     | -                    | -
SALES      | I3         | invoice      | 2026-03-04   | 100.00     | -                    | -
SALES      | CR         | credit_memo  | 2026-03-06   | -30.00     | I2                   | return
LATE       | I1         | invoice      | 2026-03-04   | 900.00     | -                    | -
KITS       | I1         | invoice      | 2026-03-04   | 90.00      | -                    | -
DROPS      | I1         | invoice      | 2026-03-05   | 60.00      | -                    | -
""")
]  # fmt: skip
INVOICE_LINES = [
    {**row, "line_type": "item", "uom": "EA"}
    for row in rows("""
company_id | invoice_id | invoice_line | item_code | qty_billed | net_amount | order_id | order_line | shipment_id | shipment_line
SALES      | I1         | 1            | A         | 2          | 80.00      | -        | -          | S1          | 1
SALES      | I2         | 1            | A         | 4          | 120.00     | -        | -          | S2          | 1
SALES      | I3         | 1            | B         | 2          | 100.00     | -        | -          | S3          | 1
SALES      | CR         | 1            | A         | -1         | -30.00     | -        | -          | S2          | 1
LATE       | I1         | 1            | A         | 20         | 300.00     | -        | -          | S1          | 1
LATE       | I1         | 2            | A         | 40         | 600.00     | -        | -          | S2          | 1
KITS       | I1         | 1            | BOX       | 3          | 90.00      | O1       | 1          | -           | -
DROPS      | I1         | 1            | A         | 5          | 60.00      | O1       | 1          | -           | -
""")
]
ITEMS = rows("""
company_id | item_id | description | item_type | base_uom
*          | BOX     | kit         | kit       | EA
*          | PART1   | part        | stock     | EA
*          | PART2   | part        | stock     | EA
""")
BOM = rows("""
company_id | parent_item_code | component_item_code | qty_per | uom | bom_type | valid_from
*          | BOX              | PART1               | 2       | EA  | kit      | 2020-01-01
*          | BOX              | PART2               | 1       | EA  | kit      | 2020-01-01
""")
PARTIES = rows("""
company_id | party_code | party_role | party_name
*          | C          | customer   | Customer
""")

TABLES = {
    "wms_stock_movement": [
        {**row, "movement_line": "1", "uom": "EA", "_delivered_at": f"{row['event_at']}:00+00:00"}
        for row in MOVEMENTS + SHIPPED
    ],
    "wms_receipt_line": RECEIPT_LINES,
    "master_item_cost": ITEM_COSTS,
    "purchasing_landed_cost": LANDED,
    "purchasing_invoice_line": SUPPLIER_LINES,
    "purchasing_order_line": PURCHASES,
    "gl_journal_line": JOURNAL_LINES,
    "master_account": ACCOUNTS,
    "policy_posting_profile": PROFILES,
    "billing_order_line": ORDER_LINES,
    "wms_shipment": SHIPMENTS,
    "wms_shipment_line": SHIPMENT_LINES,
    "billing_billable_event": DROPPED,
    "billing_invoice": INVOICES,
    "billing_invoice_line": INVOICE_LINES,
    "master_item": ITEMS,
    "master_bom": BOM,
    "master_party": PARTIES,
}
WATERMARKS = [
    (feed, company, AS_OF)
    for company in SELLING_COMPANIES
    for feed in ("billing_invoice", "billing_invoice_line", "wms_shipment", "wms_shipment_line")
]

GOLDEN = "d1 in 100@10; in 50@12; d2 out 120; d3 in 80@13; d4 out 60"  # domain B.3
METHODS = (
    "fifo", "lifo", "lifo_periodic", "moving_average", "periodic_average", "standard", "specific",
)  # fmt: skip
BASES = ("value", "weight", "volume", "quantity")


def tell(feeds: Feeds) -> None:
    """The stories, and those of the golden table and of landed costs."""
    for name, told in TABLES.items():
        feeds.tables[name] += told
    for company in COMPANIES:
        feeds.company(company, "fifo")
    for method in METHODS[:-1]:
        feeds.company(f"GOLDEN {method}", method)
        feeds.tell(f"GOLDEN {method}", GOLDEN)
    feeds.cost("GOLDEN standard", "standard", "11")
    feeds.company("SERIAL", "specific")
    feeds.tell("SERIAL", "d1 in 1@70 *S1; in 1@90 *S2; d2 out 1 *S1")
    for row in feeds.tables["wms_stock_movement"]:
        if row["company_id"] == "SERIAL":
            row["serial_number"] = row.pop("lot_number")
    for basis in BASES:
        feeds.company(f"LANDED {basis}", "fifo")
        feeds.receipt(f"LANDED {basis}", "R", [("A", "100", "1000"), ("B", "50", "2000")])
        feeds.landed(f"LANDED {basis}", "L", "R", "300", basis=basis)
    _withdrawn(feeds)


def _withdrawn(feeds: Feeds) -> None:
    """A receipt of January that is taken back when January is closed."""
    feeds.company("WITHDRAWN", "fifo")
    feeds.tell("WITHDRAWN", "d1 in 10@10; d2 in 10@20 #never; d3 out 5")
    (never,) = [
        row
        for row in feeds.tables["wms_stock_movement"]
        if (row["company_id"], row["movement_id"]) == ("WITHDRAWN", "never")
    ]
    feeds.tables["wms_stock_movement"].append(
        {**never, "is_deleted": "true", "_delivered_at": "2025-03-10T20:00:00+00:00"}
    )
    feeds.tables["master_fiscal_period"] += rows("""
company_id | fiscal_year | fiscal_period | module | start_date | end_date   | status | closed_at        | closed_by
WITHDRAWN  | 2025        | 1             | INV    | 2025-01-01 | 2025-01-31 | closed | 2025-02-05 12:00 | carl
WITHDRAWN  | 2025        | 2             | INV    | 2025-02-01 | 2025-02-28 | open   | -                | -
""")
