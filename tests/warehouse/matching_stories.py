"""Goods that left and invoices that name them well, badly or not at all; as of 31 March 2026.

One company per story, built together with the billing stories. SHIPPED is an order line and the
shipment line that it left on; BILLED an invoice and its line. Ids of the published cases: B16 ...
"""

from __future__ import annotations

from decimal import Decimal

from tests.warehouse.small_warehouse import companies, rows, sent_and_billed

Row = dict[str, str | None]

SHIPPED = rows("""
company_id | shipment_id | shipment_line | date  | order_id | order_line | customer_po | item_code | ordered_code | qty | uom | unit_price | ordered_qty | ordered_uom | parent_item_code
B16        | S1          | 1             | 03-03 | O1       | 1          | -           | X         | X            | 2   | EA  | 3.33333    | 6           | EA          | -
B16        | S2          | 1             | 03-04 | O1       | 1          | -           | X         | X            | 1   | EA  | 3.33333    | 6           | EA          | -
B16        | S3          | 1             | 03-05 | O1       | 1          | -           | X         | X            | 3   | EA  | 3.33333    | 6           | EA          | -
B17        | S1          | 1             | 03-03 | O1       | 1          | -           | X         | X            | 2   | EA  | 3.33333    | 6           | EA          | -
B17        | S2          | 1             | 03-04 | O1       | 1          | -           | X         | X            | 1   | EA  | 3.33333    | 6           | EA          | -
B17        | S3          | 1             | 03-05 | O1       | 1          | -           | X         | X            | 2   | EA  | 3.33333    | 6           | EA          | -
B17        | S4          | 1             | 03-06 | O1       | 1          | -           | X         | X            | 1   | EA  | 3.33333    | 6           | EA          | -
G07        | S1          | 1             | 03-06 | O1       | 1          | -           | X         | X            | 2   | EA  | 20         | 2           | EA          | -
G08        | S1          | 1             | 03-03 | O1       | 1          | -           | PK        | PK           | 6   | EA  | 90         | 2           | PACK        | -
G08        | S2          | 1             | 03-05 | O1       | 1          | -           | PK        | PK           | 1   | PACK | 90        | 2           | PACK        | -
G10        | S1          | 1             | 03-03 | O1       | 1          | -           | X         | X            | 100 | EA  | 5          | 100         | EA          | -
G10BILLED  | S1          | 1             | 03-03 | O1       | 1          | -           | X         | X            | 100 | EA  | 5          | 100         | EA          | -
BYORDER    | S1          | 1             | 03-02 | O1       | 1          | -           | X         | X            | 10  | EA  | 5          | 50          | EA          | -
BYORDER    | S2          | 1             | 03-09 | O1       | 1          | -           | X         | X            | 10  | EA  | 5          | 50          | EA          | -
BYORDER    | S3          | 1             | 03-13 | O1       | 1          | -           | X         | X            | 10  | EA  | 5          | 50          | EA          | -
BYORDER    | S4          | 1             | 03-16 | O1       | 1          | -           | X         | X            | 10  | EA  | 5          | 50          | EA          | -
BYORDER    | S5          | 1             | 03-17 | O1       | 1          | -           | X         | X            | 10  | EA  | 5          | 50          | EA          | -
BYPO       | S1          | 1             | 03-02 | O1       | 1          | FRAME       | X         | X            | 10  | EA  | 5          | 10          | EA          | -
BYPO       | S2          | 1             | 03-03 | O2       | 1          | FRAME       | X         | X            | 10  | EA  | 5          | 10          | EA          | -
BYPO       | S3          | 1             | 03-04 | O3       | 1          | FRAME       | X         | X            | 10  | EA  | 5          | 10          | EA          | -
BYPO       | S4          | 1             | 03-05 | O4       | 1          | FRAME       | X         | X            | 10  | EA  | 5          | 10          | EA          | -
BYPO       | S5          | 1             | 03-06 | O5       | 1          | FRAME       | X         | X            | 10  | EA  | 5          | 10          | EA          | -
WINDOW     | S1          | 1             | 02-20 | O1       | 1          | EARLY       | X         | X            | 1   | EA  | 5          | 1           | EA          | -
WINDOW     | S2          | 1             | 02-20 | O2       | 1          | TOOEARLY    | X         | X            | 2   | EA  | 5          | 2           | EA          | -
WINDOW     | S3          | 1             | 02-20 | O3       | 1          | LATE        | X         | X            | 3   | EA  | 5          | 3           | EA          | -
WINDOW     | S4          | 1             | 02-20 | O4       | 1          | TOOLATE     | X         | X            | 4   | EA  | 5          | 4           | EA          | -
COLLECT    | S1          | 1             | 03-02 | O1       | 1          | P1          | X         | X            | 3   | EA  | 5          | 3           | EA          | -
COLLECT    | S2          | 1             | 03-04 | O2       | 1          | P2          | X         | X            | 4   | EA  | 5          | 4           | EA          | -
COLLECT    | S3          | 1             | 03-05 | O3       | 1          | P3          | X         | X            | 5   | EA  | 5          | 5           | EA          | -
COLLECT    | S4          | 1             | 03-11 | O4       | 1          | P4          | X         | X            | 6   | EA  | 5          | 6           | EA          | -
COLLECT    | S5          | 1             | 03-12 | O5       | 1          | P5          | X         | X            | 7   | EA  | 5          | 7           | EA          | -
PARTED     | S1          | 1             | 03-03 | O1       | 1          | P1          | X         | X            | 100 | EA  | 5          | 100         | EA          | -
NAMED      | S1          | 1             | 03-03 | O1       | 1          | -           | X         | X            | 4   | EA  | 5          | 4           | EA          | -
NAMED      | S1          | 2             | 03-03 | O1       | 2          | -           | X         | X            | 6   | EA  | 5          | 6           | EA          | -
NAMED      | S2          | 1             | 03-03 | O2       | 1          | -           | X         | X            | 10  | EA  | 5          | 10          | EA          | -
STRANGER   | S1          | 1             | 03-03 | O1       | 1          | P1          | X         | X            | 5   | EA  | 5          | 5           | EA          | -
STRANGER   | S2          | 1             | 03-03 | O2       | 1          | P2          | Y         | Y            | 5   | EA  | 5          | 5           | EA          | -
TWINS      | S1          | 1             | 03-03 | O1       | 1          | P1          | X         | X            | 5   | EA  | 5          | 5           | EA          | -
TWINS      | S2          | 1             | 03-03 | O2       | 1          | P2          | X         | X            | 6   | EA  | 5          | 6           | EA          | -
TWINS      | S3          | 1             | 03-03 | O3       | 1          | -           | X         | X            | 7   | EA  | 5          | 7           | EA          | -
TWINS      | S4          | 1             | 02-23 | O4       | 1          | P4          | X         | X            | 8   | EA  | 5          | 8           | EA          | -
CREDITED   | S1          | 1             | 03-03 | O1       | 1          | -           | X         | X            | 10  | EA  | 5          | 10          | EA          | -
CREDITED   | S2          | 1             | 03-03 | O2       | 1          | -           | X         | X            | 10  | EA  | 5          | 10          | EA          | -
CREDITED   | S3          | 1             | 03-03 | O3       | 1          | -           | X         | X            | 10  | EA  | 5          | 10          | EA          | -
CREDITED   | S4          | 1             | 03-03 | O4       | 1          | -           | X         | X            | 10  | EA  | 5          | 10          | EA          | -
BUNDLE     | S1          | 1             | 03-03 | O1       | 1          | -           | PART1     | BOX          | 6   | EA  | 30         | 3           | EA          | -
BUNDLE     | S1          | 2             | 03-03 | O1       | 1          | -           | PART2     | BOX          | 3   | EA  | 30         | 3           | EA          | -
BUNDLE     | S2          | 1             | 03-04 | O2       | 1          | PO2         | PART1     | BOX          | 2   | EA  | 30         | 1           | EA          | BOX
BUNDLE     | S2          | 2             | 03-04 | O2       | 1          | PO2         | PART2     | BOX          | 1   | EA  | 30         | 1           | EA          | BOX
BUNDLE     | S3          | 1             | 03-05 | O3       | 1          | -           | PART1     | BOX          | 6   | EA  | 30         | 3           | EA          | -
BUNDLE     | S3          | 2             | 03-05 | O3       | 1          | -           | PART2     | BOX          | 3   | EA  | 30         | 3           | EA          | -
BUNDLE     | S4          | 1             | 03-05 | O4       | 1          | -           | BOX       | BOX          | 2   | EA  | 30         | 2           | EA          | -
EIGHTTEN   | S1          | 1             | 03-03 | O1       | 1          | -           | X         | X            | 8   | EA  | 5          | 10          | EA          | -
""")

BILLED = rows("""
company_id | invoice_id | invoice_line | date  | type        | customer_po | reference | reason | item_code | qty | uom  | amount | order_id | order_line | shipment_id | shipment_line | customer_code
B16        | I1         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 1   | EA   | 3.33   | O1       | 1          | -           | -             | C
B16        | I2         | 1            | 03-05 | invoice     | -           | -         | -      | X         | 3   | EA   | 10.00  | O1       | 1          | -           | -             | C
B16        | I3         | 1            | 03-06 | invoice     | -           | -         | -      | X         | 2   | EA   | 6.67   | O1       | 1          | -           | -             | C
B17        | I1         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 1   | EA   | 3.33   | O1       | 1          | -           | -             | C
B17        | I2         | 1            | 03-05 | invoice     | -           | -         | -      | X         | 4   | EA   | 13.33  | O1       | 1          | -           | -             | C
B17        | I3         | 1            | 03-06 | invoice     | -           | -         | -      | X         | 1   | EA   | 3.33   | O1       | 1          | -           | -             | C
G07        | I1         | 1            | 03-02 | invoice     | -           | -         | -      | X         | 2   | EA   | 40.00  | O1       | 1          | -           | -             | C
G08        | I1         | 1            | 03-04 | invoice     | -           | -         | -      | PK        | 1   | PACK | 90.00  | O1       | 1          | -           | -             | C
G08        | I2         | 1            | 03-06 | invoice     | -           | -         | -      | PK        | 6   | EA   | 90.00  | O1       | 1          | -           | -             | C
G10        | I1         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 90  | EA   | 450.00 | O1       | 1          | -           | -             | C
G10BILLED  | I1         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 100 | EA   | 500.00 | O1       | 1          | -           | -             | C
BYORDER    | I1         | 1            | 03-03 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O1       | 1          | -           | -             | C
BYORDER    | I3         | 1            | 03-16 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O1       | 1          | -           | -             | C
BYORDER    | I4         | 1            | 03-17 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O1       | 1          | -           | -             | C
BYORDER    | I5         | 1            | 03-18 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O1       | 1          | -           | -             | C
BYPO       | I1         | 1            | 03-03 | invoice     | FRAME       | -         | -      | X         | 10  | EA   | 50.00  | -        | -          | -           | -             | C
BYPO       | I2         | 1            | 03-04 | invoice     | FRAME       | -         | -      | X         | 10  | EA   | 50.00  | -        | -          | -           | -             | C
BYPO       | I4         | 1            | 03-06 | invoice     | FRAME       | -         | -      | X         | 10  | EA   | 50.00  | -        | -          | -           | -             | C
BYPO       | I5         | 1            | 03-09 | invoice     | FRAME       | -         | -      | X         | 10  | EA   | 50.00  | -        | -          | -           | -             | C
WINDOW     | I1         | 1            | 02-18 | invoice     | EARLY       | -         | -      | X         | 1   | EA   | 5.00   | -        | -          | -           | -             | C
WINDOW     | I2         | 1            | 02-17 | invoice     | TOOEARLY    | -         | -      | X         | 2   | EA   | 10.00  | -        | -          | -           | -             | C
WINDOW     | I3         | 1            | 03-22 | invoice     | LATE        | -         | -      | X         | 3   | EA   | 15.00  | -        | -          | -           | -             | C
WINDOW     | I4         | 1            | 03-23 | invoice     | TOOLATE     | -         | -      | X         | 4   | EA   | 20.00  | -        | -          | -           | -             | C
COLLECT    | I1         | 1            | 03-06 | invoice     | -           | -         | -      | X         | 12  | EA   | 60.00  | -        | -          | -           | -             | C
COLLECT    | I2         | 1            | 03-13 | invoice     | -           | -         | -      | X         | 13  | EA   | 65.00  | -        | -          | -           | -             | OTHER
PARTED     | I1         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 60  | EA   | 300.00 | -        | -          | -           | -             | C
PARTED     | I2         | 1            | 03-05 | invoice     | -           | -         | -      | X         | 40  | EA   | 200.00 | -        | -          | -           | -             | C
NAMED      | I1         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | -        | -          | S1          | -             | C
NAMED      | I2         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O2       | -          | -           | -             | C
STRANGER   | I1         | 1            | 03-04 | invoice     | P1          | -         | -      | X         | 5   | EA   | 25.00  | O9       | 1          | -           | -             | C
STRANGER   | I2         | 1            | 03-04 | invoice     | P-2         | -         | -      | Y         | 4   | EA   | 20.00  | -        | -          | -           | -             | C
TWINS      | I1         | 1            | 03-04 | invoice     | P1          | -         | -      | X         | 5   | EA   | 25.00  | -        | -          | -           | -             | C
TWINS      | I2         | 1            | 03-05 | invoice     | P1          | -         | -      | X         | 5   | EA   | 25.00  | -        | -          | -           | -             | C
TWINS      | I3         | 1            | 03-04 | invoice     | P2          | -         | -      | X         | 6   | EA   | 30.00  | -        | -          | -           | -             | C
TWINS      | I4         | 1            | 03-05 | invoice     | P2          | -         | -      | X         | 6   | EA   | 30.01  | -        | -          | -           | -             | C
TWINS      | I5         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 7   | EA   | 35.00  | -        | -          | -           | -             | C
TWINS      | I6         | 1            | 03-05 | invoice     | -           | -         | -      | X         | 7   | EA   | 35.00  | -        | -          | -           | -             | C
TWINS      | I7         | 1            | 02-24 | invoice     | P4          | -         | -      | X         | 8   | EA   | 40.00  | -        | -          | -           | -             | C
TWINS      | I8         | 1            | 03-27 | invoice     | P4          | -         | -      | X         | 8   | EA   | 40.00  | -        | -          | -           | -             | C
CREDITED   | I1         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 10  | EA   | 40.00  | O1       | 1          | S1          | 1             | C
CREDITED   | C1         | 1            | 03-10 | credit_memo | -           | I1        | price  | X         | -10 | EA   | -40.00 | O1       | 1          | S1          | 1             | C
CREDITED   | I1A        | 1            | 03-10 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O1       | 1          | S1          | 1             | C
CREDITED   | I2         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O2       | 1          | S2          | 1             | C
CREDITED   | I2A        | 1            | 03-05 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O2       | 1          | S2          | 1             | C
CREDITED   | C2         | 1            | 03-10 | credit_memo | -           | I2A       | double | X         | -10 | EA   | -50.00 | O2       | 1          | S2          | 1             | C
CREDITED   | I3         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O3       | 1          | S3          | 1             | C
CREDITED   | C3         | 1            | 03-10 | credit_memo | -           | I3        | price  | X         | -10 | EA   | -5.00  | O3       | 1          | S3          | 1             | C
CREDITED   | I4         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O4       | 1          | S4          | 1             | C
CREDITED   | I4A        | 1            | 03-05 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O4       | 1          | S4          | 1             | C
CREDITED   | C4         | 1            | 03-10 | credit_memo | -           | I4        | price  | X         | -10 | EA   | -5.00  | O4       | 1          | S4          | 1             | C
BUNDLE     | I1         | 1            | 03-04 | invoice     | -           | -         | -      | BOX       | 3   | EA   | 90.00  | O1       | 1          | -           | -             | C
BUNDLE     | I2         | 1            | 03-05 | invoice     | PO2         | -         | -      | BOX       | 1   | EA   | 30.00  | -        | -          | -           | -             | C
BUNDLE     | I3         | 1            | 03-06 | invoice     | -           | -         | -      | PART1     | 6   | EA   | 60.00  | -        | -          | S3          | 1             | C
BUNDLE     | I3         | 2            | 03-06 | invoice     | -           | -         | -      | PART2     | 3   | EA   | 30.00  | O3       | 1          | S3          | 2             | C
BUNDLE     | I4         | 1            | 03-06 | invoice     | -           | -         | -      | PART1     | 4   | EA   | 40.00  | O4       | 1          | -           | -             | C
BUNDLE     | I4         | 2            | 03-06 | invoice     | -           | -         | -      | PART2     | 2   | EA   | 16.00  | O4       | 1          | -           | -             | C
EIGHTTEN   | I1         | 1            | 03-04 | invoice     | -           | -         | -      | X         | 10  | EA   | 50.00  | O1       | 1          | -           | -             | C
EIGHTTEN   | I1         | 2            | 03-04 | invoice     | -           | -         | -      | Y         | 1   | EA   | 7.00   | -        | -          | -           | -             | C
""")

# 1,000 lines of which 990 are billed; 12 of which none is, two of them a day old; a contract price
# of 9.80 that billing does not know; a standing order.
SHIPPED += [
    {
        "company_id": story, "shipment_id": f"S{number}", "shipment_line": "1", "date": day,
        "order_id": f"O{number}", "order_line": "1", "customer_po": None, "item_code": "X",
        "ordered_code": "X", "qty": qty, "uom": "EA", "unit_price": price, "ordered_qty": qty,
        "ordered_uom": "EA", "parent_item_code": None,
    }
    for story, numbers, day, qty, price in (
        ("THOUSAND", range(1000, 2000), "03-03", "1", "5"),
        ("TWELVE", range(10, 20), "03-06", "2", "5"),
        ("TWELVE", range(20, 22), "03-30", "2", "5"),
        ("PRICED", range(1, 2), "03-06", "100", "9.5"),
        ("STANDING", range(1, 2), "03-06", "50", "2"),
    )
    for number in numbers
]  # fmt: skip
BILLED += [
    {
        "company_id": story, "invoice_id": f"I{number}", "invoice_line": "1", "date": "03-09",
        "type": "invoice", "customer_po": None, "reference": None, "reason": None,
        "item_code": "X", "qty": qty, "uom": "EA", "amount": amount, "order_id": f"O{number}",
        "order_line": "1", "shipment_id": None, "shipment_line": None, "customer_code": "C",
        "creation_mode": "manual" if number < 1099 else "automatic",
    }
    for story, numbers, qty, amount in (
        ("THOUSAND", range(1000, 1990), "1", "5.00"),
        ("PRICED", range(1, 2), "100", "950.00"),
    )
    for number in numbers
]  # fmt: skip

DELIVERED = rows("""
company_id | shipment_id | event_seq | event_type | event_at         | shipment_line | qty_delivered
STANDING   | S1          | 1         | pod_signed | 2026-03-09 12:00 | 1             | 48
""")

PRICES = rows("""
company_id | price_id | price_kind | customer_code | item_code | uom | currency | unit_price | valid_from
PRICED     | CONTRACT | contract   | C             | X         | EA  | USD      | 9.8        | 2026-02-01
""")

RETURNED = rows("""
company_id | receipt_id | receipt_line | receipt_type | status | received_at      | inspection_at    | disposition | item_code | qty_received | uom | location_code | original_shipment_id | original_shipment_line
G10        | R1         | 1            | return       | posted | 2026-03-10 12:00 | 2026-03-11 12:00 | restock     | X         | 10           | EA  | A             | S1                   | 1
G10BILLED  | R1         | 1            | return       | posted | 2026-03-10 12:00 | 2026-03-11 12:00 | restock     | X         | 10           | EA  | A             | S1                   | 1
""")

ITEMS = rows("""
company_id | item_id | description | item_type | base_uom
*          | PK      | packed      | stock     | EA
""")

UNITS = rows("""
company_id | item_id | from_uom | to_uom | numerator | denominator | valid_from
*          | PK      | PACK     | EA     | 6         | 1           | 2020-01-01
""")

STORIES = sorted({str(row["company_id"]) for row in SHIPPED})


def _at(day: str | None) -> str:
    return f"2026-{day} 12:00"


def _once(listed: list[Row], *key: str) -> list[Row]:
    """The first row of each key."""
    return list({tuple(row[name] for name in key): row for row in reversed(listed)}.values())[::-1]


def _money(row: Row) -> str:
    return f"{Decimal(row['unit_price'] or 0) * Decimal(row['ordered_qty'] or 0):.2f}"


TOTALS: dict[tuple[str | None, str | None], Decimal] = {}
for billed in BILLED:
    document = billed["company_id"], billed["invoice_id"]
    TOTALS[document] = TOTALS.get(document, Decimal(0)) + Decimal(billed["amount"] or 0)


def _total(invoice: Row) -> str:
    return str(TOTALS[invoice["company_id"], invoice["invoice_id"]])


ORDER_LINES: list[Row] = [
    {
        **{name: row[name] for name in ("company_id", "order_id", "order_line", "customer_po")},
        "order_type": "recurring" if row["company_id"] == "STANDING" else "standard",
        "order_at": "2026-02-16 12:00",
        "customer_code": "C",
        "item_code": row["ordered_code"],
        "qty_ordered": row["ordered_qty"],
        "uom": row["ordered_uom"],
        "unit_price": row["unit_price"],
        "net_amount": _money(row),
        "currency": "USD",
        "line_status": "shipped",
    }
    for row in _once(SHIPPED, "company_id", "order_id", "order_line")
]

SHIPMENTS: list[Row] = [
    {
        "company_id": row["company_id"],
        "shipment_id": row["shipment_id"],
        "shipment_type": "sale",
        "ship_from_location": "A",
        "customer_code": "C",
        "ship_confirm_at": _at(row["date"]),
        "status": "shipped",
    }
    for row in _once(SHIPPED, "company_id", "shipment_id")
]

SHIPMENT_LINES: list[Row] = [
    {
        "company_id": row["company_id"],
        "shipment_id": row["shipment_id"],
        "shipment_line": row["shipment_line"],
        "order_id": row["order_id"],
        "order_line": row["order_line"],
        "item_code": row["item_code"],
        "parent_item_code": row["parent_item_code"],
        "qty_shipped": row["qty"],
        "uom": row["uom"],
    }
    for row in SHIPPED
]

INVOICES: list[Row] = [
    {
        "company_id": row["company_id"],
        "invoice_id": row["invoice_id"],
        "invoice_number": row["invoice_id"],
        "invoice_type": row["type"],
        "invoice_date": f"2026-{row['date']}",
        "created_at": _at(row["date"]),
        "customer_code": row["customer_code"],
        "customer_po": row["customer_po"],
        "currency": "USD",
        "net_amount": _total(row),
        "reference_invoice_id": row["reference"],
        "reason_code": row["reason"],
        "creation_mode": row.get("creation_mode"),
        "status": "posted",
    }
    for row in _once(BILLED, "company_id", "invoice_id")
]

INVOICE_LINES: list[Row] = [
    {
        "company_id": row["company_id"],
        "invoice_id": row["invoice_id"],
        "invoice_line": row["invoice_line"],
        "line_type": "item",
        "item_code": row["item_code"],
        "qty_billed": row["qty"],
        "uom": row["uom"],
        "net_amount": row["amount"],
        "order_id": row["order_id"],
        "order_line": row["order_line"],
        "shipment_id": row["shipment_id"],
        "shipment_line": row["shipment_line"],
    }
    for row in BILLED
]

TABLES = {
    "billing_order_line": ORDER_LINES,
    "wms_shipment": SHIPMENTS,
    "wms_shipment_line": SHIPMENT_LINES,
    "wms_delivery_event": DELIVERED,
    "wms_receipt_line": RETURNED,
    "billing_invoice": INVOICES,
    "billing_invoice_line": INVOICE_LINES,
    "master_item": ITEMS,
    "master_price": PRICES,
    "master_uom": UNITS,
    "master_company": companies(STORIES),
}

WATERMARKS = sent_and_billed(STORIES)
