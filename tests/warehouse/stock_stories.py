"""What happened in each story. One company per story, items and places alike, times in March 2026."""

from __future__ import annotations

from tests.warehouse.small_warehouse import rows

MOVEMENTS = rows("""
company_id | movement_id  | movement_type  | event_at             | item_code | qty | uom | location_code | stock_status | from_stock_status | counter_location_code | linked_movement_id | owner_party_code | reversal_of_movement_id | shipment_id | shipment_line | unit_cost | lot_number
ONESIDE    | receipt      | receipt        | 2026-03-02 12:00     | X         | 10  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 2.50      | -
ONESIDE    | ship         | ship           | 2026-03-03 12:00     | X         | -4  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
TRANSFER   | opening      | opening        | 2026-03-01 12:00     | X         | 60  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 3         | -
TRANSFER   | out 1        | transfer_out   | 2026-03-02 12:00     | X         | -25 | EA  | A             | -            | -                 | B                     | -                  | -                | -                       | -           | -             | -         | -
TRANSFER   | out 2        | transfer_out   | 2026-03-03 12:00     | X         | -5  | EA  | A             | -            | -                 | -                     | in 2               | -                | -                       | -           | -             | -         | -
TRANSFER   | in 2         | transfer_in    | 2026-03-04 12:00     | X         | 5   | EA  | B             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
REVERSAL   | opening      | opening        | 2026-03-01 12:00     | X         | 9   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 1         | -
REVERSAL   | ship         | ship           | 2026-03-02 12:00     | X         | -4  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
REVERSAL   | unship       | unship         | 2026-03-03 12:00     | X         | 3   | EA  | A             | -            | -                 | -                     | -                  | -                | ship                    | -           | -             | -         | -
BOTHSIDES  | receipt      | receipt        | 2026-03-02 12:00     | X         | 10  | EA  | A             | received     | -                 | -                     | -                  | -                | -                       | -           | -             | 2         | -
BOTHSIDES  | putaway      | putaway        | 2026-03-03 12:00     | X         | 8   | EA  | A             | available    | received          | -                     | -                  | -                | -                       | -           | -             | -         | -
BOTHSIDES  | hold out     | hold           | 2026-03-04 12:00     | X         | -3  | EA  | A             | available    | -                 | -                     | hold in            | -                | -                       | -           | -             | -         | -
BOTHSIDES  | hold in      | hold           | 2026-03-04 12:00     | X         | 3   | EA  | A             | quarantine   | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
BOTHSIDES  | to bin       | move           | 2026-03-05 12:00     | X         | 1   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
BOTHSIDES  | from bin     | move           | 2026-03-05 12:00     | X         | -1  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
UNKNOWN    | came back    | ship           | 2026-03-02 12:00     | X         | 1   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
UNKNOWN    | in transit   | count_adjust   | 2026-03-02 12:00     | X         | 1   | EA  | A             | in_transit   | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
UNKNOWN    | by weight    | receipt        | 2026-03-02 12:00     | X         | 1   | KG  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
UNKNOWN    | no such item | receipt        | 2026-03-02 12:00     | GHOST     | 1   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
UNKNOWN    | fine         | opening        | 2026-03-02 12:00     | X         | 1   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
BOTHFEEDS  | receipt      | receipt        | 2026-03-02 12:00     | X         | 10  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 2         | -
BOTHFEEDS  | ship         | ship           | 2026-03-03 12:00     | X         | -4  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
LATE       | opening      | opening        | 2026-03-31 12:00     | X         | 5   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 1         | -
LATE       | tomorrow     | ship           | 2026-03-31 12:00:01  | X         | -5  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
DELIVERY   | opening      | opening        | 2026-03-01 12:00     | X         | 20  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 1         | -
DELIVERY   | to arrive    | ship           | 2026-03-02 12:00     | X         | -5  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | S1          | 1             | -         | -
DELIVERY   | on the road  | ship           | 2026-03-02 12:00     | X         | -6  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | S2          | 1             | -         | -
DELIVERY   | ours at once | ship           | 2026-03-02 12:00     | X         | -7  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | S3          | 1             | -         | -
DELIVERY   | said twice   | deliver        | 2026-03-04 12:00     | X         | -5  | EA  | A             | in_transit   | -                 | -                     | -                  | -                | -                       | S1          | 1             | -         | -
SNAPSHOT   | opening X    | opening        | 2026-03-01 12:00     | X         | 5   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 1         | -
SNAPSHOT   | opening Y    | opening        | 2026-03-01 12:00     | Y         | 7   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 1         | -
SNAPSHOT   | ship X       | ship           | 2026-03-05 12:00     | X         | -6  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
RETURNS    | opening      | opening        | 2026-03-01 12:00     | X         | 10  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 1         | -
RETURNS    | to vendor    | rtv            | 2026-03-02 12:00     | X         | -2  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
RETURNS    | restocked    | return_receipt | 2026-03-03 12:00     | X         | 1   | EA  | A             | available    | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
RETURNS    | to look at   | return_receipt | 2026-03-03 12:00     | X         | 3   | EA  | A             | return_hold  | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
RETURNS    | old label    | relabel        | 2026-03-04 12:00     | X         | -4  | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
RETURNS    | new label    | relabel        | 2026-03-04 12:00     | Y         | 4   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
CONSIGNED  | theirs       | consign_in     | 2026-03-02 12:00     | X         | 8   | EA  | A             | consigned    | -                 | -                     | -                  | SUP              | -                       | -           | -             | 9         | -
CONSIGNED  | ours away    | opening        | 2026-03-02 12:00     | X         | 5   | EA  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 2         | -
CONSIGNED  | sent         | consign_out    | 2026-03-03 12:00     | X         | -5  | EA  | A             | -            | -                 | B                     | -                  | -                | -                       | -           | -             | -         | -
UNITS      | cases        | opening        | 2026-03-02 12:00     | X         | 2   | CS  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 24        | -
UNITS      | one tray     | ship           | 2026-03-03 12:00     | X         | -1  | TR  | A             | -            | -                 | -                     | -                  | -                | -                       | -           | -             | -         | -
CHICAGO    | last night   | opening        | 2026-03-03T03:30:00Z | X         | 1   | EA  | CHI           | -            | -                 | -                     | -                  | -                | -                       | -           | -             | 1         | -
""")

SHIPMENTS = rows("""
company_id | shipment_id | shipment_type | ship_from_location | to_location_code | customer_code | ship_confirm_at  | fob_point   | status
DOCUMENTS  | S1          | sale          | A                  | -                | C1            | 2026-03-03 12:00 | -           | shipped
DOCUMENTS  | S2          | sale          | A                  | -                | C1            | -                | -           | planned
DOCUMENTS  | S3          | sale          | A                  | -                | C1            | 2026-03-03 12:00 | -           | cancelled
DOCUMENTS  | S4          | dropship      | A                  | -                | C1            | 2026-03-03 12:00 | -           | shipped
DOCUMENTS  | S5          | transfer      | A                  | B                | -             | 2026-03-04 12:00 | -           | shipped
DOCUMENTS  | S6          | sample        | A                  | -                | C1            | 2026-03-05 12:00 | -           | shipped
BOTHFEEDS  | S1          | sale          | A                  | -                | C1            | 2026-03-03 12:00 | -           | shipped
DELIVERY   | S1          | sale          | A                  | -                | C1            | 2026-03-02 12:00 | destination | delivered
DELIVERY   | S2          | sale          | A                  | -                | C1            | 2026-03-02 12:00 | DAP         | shipped
DELIVERY   | S3          | sale          | A                  | -                | C1            | 2026-03-02 12:00 | origin      | delivered
DEMAND     | S1          | sale          | A                  | -                | C1            | 2026-03-04 12:00 | -           | shipped
OPENED     | S1          | sale          | A                  | -                | C1            | 2026-03-03 12:00 | -           | shipped
OPENED     | S2          | sale          | B                  | -                | C1            | 2026-03-03 12:00 | -           | shipped
""")

SHIPMENT_LINES = rows("""
company_id | shipment_id | shipment_line | order_id | order_line | item_code | qty_shipped | uom
DOCUMENTS  | S1          | 1             | -        | -          | X         | 4           | EA
DOCUMENTS  | S2          | 1             | -        | -          | X         | 100         | EA
DOCUMENTS  | S3          | 1             | -        | -          | X         | 100         | EA
DOCUMENTS  | S4          | 1             | -        | -          | X         | 100         | EA
DOCUMENTS  | S5          | 1             | -        | -          | X         | 3           | EA
DOCUMENTS  | S6          | 1             | -        | -          | X         | 1           | EA
BOTHFEEDS  | S1          | 1             | -        | -          | X         | 5           | EA
DELIVERY   | S1          | 1             | -        | -          | X         | 5           | EA
DELIVERY   | S2          | 1             | -        | -          | X         | 6           | EA
DELIVERY   | S3          | 1             | -        | -          | X         | 7           | EA
DEMAND     | S1          | 1             | O1       | 1          | X         | 6           | EA
DEMAND     | S1          | 2             | -        | -          | X         | 2           | EA
OPENED     | S1          | 1             | -        | -          | X         | 5           | EA
OPENED     | S2          | 1             | -        | -          | X         | 1           | EA
""")

RECEIPT_LINES = rows("""
company_id | receipt_id | receipt_line | receipt_type | status    | received_at      | item_code | qty_received | qty_rejected | uom | location_code | unit_cost
DOCUMENTS  | R1         | 1            | po           | posted    | 2026-03-02 12:00 | X         | 20           | 2            | EA  | A             | 1.50
DOCUMENTS  | R2         | 1            | po           | cancelled | 2026-03-02 12:00 | X         | 100          | -            | EA  | A             | 1.50
DOCUMENTS  | R3         | 1            | transfer     | -         | 2026-03-06 12:00 | X         | 2            | -            | EA  | B             | -
BOTHFEEDS  | R1         | 1            | po           | posted    | 2026-03-02 12:00 | X         | 10           | -            | EA  | A             | 2
""")

COUNT_LINES = rows("""
company_id | count_id | count_line | count_type | count_at         | item_code | location_code | book_qty | counted_qty | uom
DOCUMENTS  | C1       | 1          | cycle      | 2026-03-07 12:00 | X         | A             | 10       | 9           | EA
DOCUMENTS  | C1       | 2          | cycle      | 2026-03-07 12:00 | Y         | A             | 0        | 0           | EA
""")

DELIVERY_EVENTS = rows("""
company_id | shipment_id | event_seq | event_type | event_at         | shipment_line | qty_delivered
DELIVERY   | S1          | 1         | delivered  | 2026-03-04 15:00 | -             | -
DELIVERY   | S1          | 2         | pod_signed | 2026-03-04 16:00 | -             | -
DELIVERY   | S2          | 1         | in_transit | 2026-03-03 15:00 | -             | -
DELIVERY   | S3          | 1         | delivered  | 2026-03-04 15:00 | 1             | 7
""")

SNAPSHOTS = rows("""
company_id | snapshot_at      | item_code | location_code | bin_code | stock_status | qty | uom
SNAPSHOT   | 2026-03-04 12:00 | X         | A             | 01       | available    | 2   | EA
SNAPSHOT   | 2026-03-04 12:00 | X         | A             | 02       | available    | 3   | EA
SNAPSHOT   | 2026-03-05 12:00 | X         | A             | 01       | available    | 0   | EA
SNAPSHOT   | 2026-03-05 12:00 | X         | B             | 01       | available    | 9   | EA
OPENED     | 2026-03-01 12:00 | X         | A             | 01       | available    | 8   | EA
OPENED     | 2026-03-01 12:00 | X         | A             | 02       | available    | 4   | EA
OPENED     | 2026-03-01 12:00 | Y         | A             | -        | damaged      | 2   | EA
OPENED     | 2026-03-05 12:00 | X         | A             | 01       | available    | 6   | EA
OPENED     | 2026-03-05 12:00 | X         | B             | 01       | available    | 9   | EA
""")

ORDER_LINES = rows("""
company_id | order_id | order_line | order_type | order_at         | customer_code | item_code | qty_ordered | qty_cancelled | uom | currency | net_amount | requested_date | ship_from_location | line_status
DEMAND     | O1       | 1          | standard   | 2026-03-02 12:00 | C1            | X         | 10          | 1             | EA  | USD      | 45         | -              | -                  | partial
DEMAND     | O2       | 1          | standard   | 2026-03-02 12:00 | C1            | X         | 5           | -             | EA  | USD      | -          | 2026-03-06     | A                  | open
DEMAND     | O3       | 1          | return     | 2026-03-02 12:00 | C1            | X         | -5          | -             | EA  | USD      | -          | -              | A                  | open
DEMAND     | O4       | 1          | standard   | 2026-03-02 12:00 | C1            | X         | 50          | -             | EA  | USD      | -          | -              | A                  | cancelled
DEMAND     | O5       | 1          | standard   | 2026-04-01 12:00 | C1            | X         | 50          | -             | EA  | USD      | -          | -              | A                  | open
""")

PURCHASES = rows("""
company_id | po_id | po_line | po_type  | order_date | to_location_code | item_code | qty_ordered | uom | currency | status
DEMAND     | P1    | 1       | standard | 2026-03-01 | A                | X         | 40          | EA  | USD      | open
DEMAND     | P2    | 1       | standard | 2026-03-01 | A                | X         | 40          | EA  | USD      | closed
""")

UNITS = rows("""
company_id | item_id | from_uom | to_uom | numerator | denominator | valid_from
UNITS      | X       | CS       | EA     | 12        | 1           | 2020-01-01
UNITS      | -       | EA       | TR     | 3         | 10          | 2020-01-01
""")

TOLERANCES = rows("""
company_id | tolerance | value | valid_from | valid_to   | approved_by
ONESIDE    | price_abs | 0.05  | 2026-03-01 | 2026-03-15 | controller
*          | price_pct | 1     | 2026-01-01 | -          | controller
""")

HOLIDAYS = rows("""
company_id | event_id | event_type | start_date | end_date   | known_from_date
ONESIDE    | founders | holiday    | 2026-03-10 | 2026-03-10 | 2026-01-01
""")

COMPANIES = sorted({str(row["company_id"]) for row in (*MOVEMENTS, *SHIPMENTS, *ORDER_LINES)})

MASTERS = {
    "master_company": [
        {"company_id": company, "company_name": company, "currency": "USD", "timezone": "UTC"}
        for company in COMPANIES
    ],
    "master_item": [
        {
            "company_id": "*",
            "item_id": item,
            "description": item,
            "item_type": "stock",
            "base_uom": "EA",
        }
        for item in ("X", "Y")
    ],
    "master_location": [
        {
            "company_id": "*",
            "location_code": code,
            "location_id": code,
            "location_name": code,
            "location_type": "warehouse",
            "timezone": zone,
        }
        for code, zone in (("A", "UTC"), ("B", "UTC"), ("CHI", "America/Chicago"))
    ],
}

TABLES = {
    **MASTERS,
    "wms_stock_movement": [{**row, "movement_line": "1"} for row in MOVEMENTS],
    "wms_shipment": SHIPMENTS,
    "wms_shipment_line": SHIPMENT_LINES,
    "wms_receipt_line": RECEIPT_LINES,
    "wms_count_line": COUNT_LINES,
    "wms_delivery_event": DELIVERY_EVENTS,
    "wms_inventory_snapshot": SNAPSHOTS,
    "billing_order_line": ORDER_LINES,
    "purchasing_order_line": PURCHASES,
    "master_uom": UNITS,
    "policy_tolerance": TOLERANCES,
    "demand_calendar_event": HOLIDAYS,
}

DECLARATIONS = rows("""
source_system | company_id | location_code | declaration  | value
wms           | BOTHFEEDS  | A             | stock_ledger | movements
""")
