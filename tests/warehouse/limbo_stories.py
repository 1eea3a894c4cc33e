"""Goods that wait, get lost or change without a word. One company per story, as of 31 March 2026.

PHANTOM ships 40 pieces on paper only. CUSTODY sends one transfer with every scan and one without.
LIMBO has three lots that wait. COUNTED counts 95 of 100, and 99 of 100. TIMELINE takes goods from
receipt to write-off, and lets damaged goods free by a step that does not exist. PICKABLE has five
damaged and three that a picker did not find. LATE adjusts in the warehouse what the ledger does not
hear of. SHADOW is changed by nobody. SIGNED writes off 5,000. SCANNED scans 7 of 10. TWICE hears of
one event from two systems. EMPTY counts none where the book shows five.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import rows

MOVED = rows("""
company_id | movement_id | movement_type  | event_at             | item_code | qty  | location_code | stock_status | from_stock_status | counter_location_code | linked_movement_id | lot_number | ref_doc_type | ref_doc_id | ref_doc_line | shipment_id | unit_cost | scan_method | user_id | approved_by
PHANTOM    | M1          | opening        | 2026-03-01 08:00     | X         | 100  | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
CUSTODY    | M1          | opening        | 2026-03-01 08:00     | X         | 100  | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
CUSTODY    | M2          | transfer_out   | 2026-03-02 08:00     | X         | -25  | A             | -            | -                 | B                     | -                  | -          | TO           | T1         | 1            | S1          | -         | barcode     | ann     | -
CUSTODY    | M3          | transfer_in    | 2026-03-04 08:00     | X         | 25   | B             | -            | in_transit        | -                     | M2                 | -          | TO           | T1         | 1            | -           | -         | rfid        | bob     | -
CUSTODY    | M4          | transfer_out   | 2026-03-05 08:00     | X         | -10  | A             | -            | -                 | B                     | -                  | -          | TO           | T2         | 1            | -           | -         | manual      | ann     | -
CUSTODY    | M5          | transfer_in    | 2026-03-06 08:00     | X         | 10   | B             | -            | in_transit        | -                     | M4                 | -          | TO           | T2         | 1            | -           | -         | -           | -       | -
CUSTODY    | M6          | transfer_in    | 2026-03-07 08:00     | X         | 3    | B             | -            | in_transit        | -                     | -                  | -          | TO           | T3         | 1            | -           | -         | -           | -       | -
LIMBO      | M1          | opening        | 2026-02-01 08:00     | X         | 20   | A             | -            | -                 | -                     | -                  | L1         | -            | -          | -            | -           | 2         | -           | -       | -
LIMBO      | M2          | hold           | 2026-03-16 08:00     | X         | 3    | A             | quarantine   | available         | -                     | -                  | L1         | -            | -          | -            | -           | -         | -           | -       | -
LIMBO      | M3          | hold           | 2026-03-17 08:00     | X         | 4    | A             | quarantine   | available         | -                     | -                  | L1         | -            | -          | -            | -           | -         | -           | -       | -
LIMBO      | M4          | return_receipt | 2026-03-20 08:00     | X         | 2    | A             | return_hold  | -                 | -                     | -                  | L2         | -            | -          | -            | -           | -         | -           | -       | -
LIMBO      | M5          | opening        | 2026-01-10 08:00     | X         | 6    | A             | rtv          | -                 | -                     | -                  | L3         | -            | -          | -            | -           | 2         | -           | -       | -
LIMBO      | M6          | release        | 2026-03-28 08:00     | X         | 1    | A             | available    | quarantine        | -                     | -                  | L1         | -            | -          | -            | -           | -         | -           | -       | -
COUNTED    | M1          | opening        | 2026-03-01 08:00     | X         | 100  | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
COUNTED    | M2          | opening        | 2026-03-01 08:00     | X         | 100  | B             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
TIMELINE   | M1          | receipt        | 2026-03-02 08:00     | X         | 10   | A             | received     | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
TIMELINE   | M2          | hold           | 2026-03-03 08:00     | X         | 10   | A             | qc_hold      | received          | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
TIMELINE   | M3          | putaway        | 2026-03-04 08:00     | X         | 10   | A             | available    | qc_hold           | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
TIMELINE   | M4          | damage         | 2026-03-05 08:00     | X         | 4    | A             | damaged      | available         | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
TIMELINE   | M5          | release        | 2026-03-06 08:00     | X         | 1    | A             | available    | damaged           | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
TIMELINE   | M6          | scrap          | 2026-03-07 08:00     | X         | -4   | A             | damaged      | -                 | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
PICKABLE   | M1          | opening        | 2026-03-01 08:00     | X         | 100  | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
PICKABLE   | M2          | damage         | 2026-03-30 08:00     | X         | 5    | A             | damaged      | available         | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
PICKABLE   | M3          | reserve        | 2026-03-30 09:00     | X         | 3    | A             | reserved     | available         | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
PICKABLE   | M4          | hold           | 2026-03-30 10:00     | X         | 3    | A             | quarantine   | reserved          | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
LATE       | M1          | opening        | 2026-03-01 08:00     | X         | 100  | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
LATE       | M2          | count_adjust   | 2026-03-30 08:00     | X         | -3   | A             | -            | -                 | -                     | -                  | -          | COUNT        | C1         | 1            | -           | -         | -           | ann     | bob
LATE       | M3          | count_adjust   | 2026-03-30 08:00     | X         | -2   | A             | -            | -                 | -                     | -                  | -          | COUNT        | C1         | 2            | -           | -         | -           | ann     | bob
LATE       | M4          | count_adjust   | 2026-03-31 08:00     | X         | -1   | A             | -            | -                 | -                     | -                  | -          | COUNT        | C2         | 1            | -           | -         | -           | ann     | bob
SHADOW     | M1          | opening        | 2026-03-01 08:00     | X         | 100  | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
SHADOW     | M2          | sync           | 2026-03-30 08:00     | X         | -7   | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | -         | api         | job     | -
SIGNED     | M1          | opening        | 2026-03-01 08:00     | X         | 9000 | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
SIGNED     | M2          | scrap          | 2026-03-30 08:00     | X         | -2500 | A            | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | ann     | -
SIGNED     | M3          | scrap          | 2026-03-30 09:00     | X         | -2500 | A            | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | ann     | bob
SIGNED     | M4          | scrap          | 2026-03-30 10:00     | X         | -500 | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | ann     | -
TWICE      | M1          | opening        | 2026-03-01 08:00     | X         | 100  | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
TWICE      | M2          | damage         | 2026-03-30 08:00     | X         | 4    | A             | damaged      | available         | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
TWICE      | M3          | damage         | 2026-03-30 08:00     | X         | 4    | A             | damaged      | available         | -                     | -                  | -          | -            | -          | -            | -           | -         | -           | -       | -
EMPTY      | M1          | opening        | 2026-03-01 08:00     | X         | 5    | A             | -            | -                 | -                     | -                  | -          | -            | -          | -            | -           | 2         | -           | -       | -
""")

SCANNED = [
    {
        "company_id": "SCANNED",
        "movement_id": f"M{number}",
        "movement_type": "opening" if number == 0 else "ship",
        "event_at": f"2026-03-02 08:{number:02d}",
        "item_code": "X",
        "qty": "100" if number == 0 else "-1",
        "location_code": "A",
        "scan_method": ("barcode", "rfid")[number % 2] if number < 7 else "manual",
    }
    for number in range(10)
]

NOTICES = rows("""
company_id | inbound_id | inbound_line | inbound_type | ref_order_id | ref_order_line | from_location_code | to_location_code | item_code | qty_expected | uom | shipped_at       | eta_at           | status
PHANTOM    | N1         | 1            | transfer     | T1           | 1              | A                  | B                | X         | 40           | EA  | 2026-03-20 08:00 | 2026-03-22 08:00 | in_transit
""")

CARRIED = rows("""
company_id | shipment_id | event_seq | event_type | event_at         | signed_by
CUSTODY    | S1          | 1         | pickup     | 2026-03-02 10:00 | driver
CUSTODY    | S1          | 2         | delivered  | 2026-03-04 07:00 | gate B
""")

COUNTS = rows("""
company_id | count_id | count_line | count_type | count_at         | item_code | location_code | book_qty | counted_qty | uom | adjustment_txn_id
COUNTED    | C1       | 1          | cycle      | 2026-03-10 08:00 | X         | A             | 100      | 95          | EA  | -
COUNTED    | C1       | 2          | cycle      | 2026-03-10 08:00 | X         | B             | 100      | 99          | EA  | -
EMPTY      | C1       | 1          | spot       | 2026-03-10 08:00 | X         | A             | 5        | 0           | EA  | -
""")

JOURNALS = rows("""
company_id | journal_id | journal_line | posting_date | fiscal_year | fiscal_period | account | amount | currency | source_doc_type | source_doc_id | source_doc_line | posted_status
LATE       | J1         | 1            | 2026-03-30   | 2026        | 3             | 1200    | -6     | USD      | count           | C1            | 1               | posted
LATE       | J1         | 2            | 2026-03-30   | 2026        | 3             | 5210    | 6      | USD      | count           | C1            | 1               | posted
""")

COMPANIES = sorted({str(row["company_id"]) for row in (*MOVED, *SCANNED)})

TABLES = {
    "master_company": [
        {"company_id": company, "company_name": company, "currency": "USD", "timezone": "UTC"}
        for company in COMPANIES
    ],
    "master_item": [
        {
            "company_id": "*",
            "item_id": "X",
            "description": "X",
            "item_type": "stock",
            "base_uom": "EA",
            "abc_class": "A",
        }
    ],
    "master_location": [
        {
            "company_id": "*",
            "location_code": code,
            "location_id": code,
            "location_name": code,
            "location_type": "warehouse",
            "timezone": "UTC",
        }
        for code in ("A", "B")
    ],
    "master_item_cost": [
        {
            "company_id": company,
            "item_code": "X",
            "cost_type": "standard",
            "unit_cost": "2",
            "currency": "USD",
            "uom": "EA",
            "valid_from": "2020-01-01",
        }
        for company in COMPANIES
    ],
    "wms_stock_movement": [
        {**row, "movement_line": "1", "uom": "EA"} for row in (*MOVED, *SCANNED)
    ],
    "wms_inbound_line": NOTICES,
    "wms_delivery_event": CARRIED,
    "wms_count_line": COUNTS,
    "gl_journal_line": JOURNALS,
}
