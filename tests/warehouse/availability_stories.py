"""What is promised in each story. One company per story, items and places alike, as of 31 March 2026.

PROJECTED has 100 pieces of which 30 are reserved, keeps 10, and 50 are confirmed for 5 April. SHARED
gives the web 60 % and the shops 40 %; GROUPED protects pieces of one channel. SHOWN lets a
marketplace show more than it may. TWICE sells to the web what wholesale has. EARLY promises what is
in inspection and pays for an express. BUFFERED may not sell its last 20 on the marketplace. ADVISED
can send from two places. UNEVEN has too much here and nothing there. SOFT promises without saying
out of what. SILENT has orders and no stock feed.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import rows

MOVED = rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | location_code | stock_status | from_stock_status | counter_location_code | order_id | unit_cost
PROJECTED  | M1          | opening       | 2026-03-01 12:00 | X         | 100 | A             | -            | -                 | -                     | -        | 2
SHARED     | M1          | opening       | 2026-03-01 12:00 | X         | 100 | A             | -            | -                 | -                     | -        | 2
GROUPED    | M1          | opening       | 2026-03-01 12:00 | X         | 40  | A             | -            | -                 | -                     | -        | 2
GROUPED    | M2          | opening       | 2026-03-01 12:00 | X         | 40  | BACK          | -            | -                 | -                     | -        | 2
SHOWN      | M1          | opening       | 2026-03-01 12:00 | X         | 90  | A             | -            | -                 | -                     | -        | 2
SHOWN      | M2          | count_adjust  | 2026-03-30 12:00 | X         | 10  | A             | -            | -                 | -                     | -        | 2
TWICE      | M1          | opening       | 2026-03-01 12:00 | X         | 10  | A             | -            | -                 | -                     | -        | 2
EARLY      | M1          | receipt       | 2026-03-02 10:00 | X         | 20  | A             | qc_hold      | -                 | -                     | -        | 2
EARLY      | M2          | putaway       | 2026-03-06 10:00 | X         | 20  | A             | available    | qc_hold           | -                     | -        | -
EARLY      | M3          | ship          | 2026-03-06 12:00 | X         | -8  | A             | -            | -                 | -                     | O1       | -
EARLY      | M4          | opening       | 2026-03-01 10:00 | Y         | 5   | A             | -            | -                 | -                     | -        | 2
BUFFERED   | M1          | opening       | 2026-03-01 12:00 | X         | 30  | A             | -            | -                 | -                     | -        | 2
ADVISED    | M1          | opening       | 2026-03-01 12:00 | X         | 50  | A             | -            | -                 | -                     | -        | 2
ADVISED    | M2          | opening       | 2026-03-01 12:00 | X         | 50  | B             | -            | -                 | -                     | -        | 2
ADVISED    | M3          | opening       | 2026-03-01 12:00 | Y         | 5   | A             | -            | -                 | -                     | -        | 2
UNEVEN     | M1          | opening       | 2026-03-01 12:00 | X         | 300 | A             | -            | -                 | -                     | -        | 2
UNEVEN     | M2          | transfer_out  | 2026-03-20 12:00 | X         | -10 | A             | -            | -                 | B                     | -        | -
UNEVEN     | M3          | ship          | 2026-03-25 12:00 | X         | -10 | B             | -            | -                 | -                     | O1       | -
UNEVEN     | M4          | transfer_in   | 2026-03-21 12:00 | X         | 10  | B             | -            | -                 | A                     | -        | -
SOFT       | M1          | opening       | 2026-03-01 12:00 | X         | 5   | A             | -            | -                 | -                     | -        | 2
""")

ORDERED = rows("""
company_id | order_id | order_line | order_at         | channel     | item_code | qty_ordered | net_amount | promised_date | promise_basis | ship_from_location | line_status | ship_to_code
PROJECTED  | O1       | 1          | 2026-03-30 12:00 | wholesale   | X         | 30          | 300        | 2026-04-01    | on_hand       | A                  | open        | -
TWICE      | O1       | 1          | 2026-03-29 12:00 | wholesale   | X         | 7           | 70         | 2026-04-01    | on_hand       | A                  | open        | -
TWICE      | O2       | 1          | 2026-03-30 00:00 | web         | X         | 5           | 50         | 2026-04-01    | on_hand       | A                  | open        | -
EARLY      | O1       | 1          | 2026-03-03 12:00 | web         | X         | 8           | 160        | 2026-03-04    | inbound       | A                  | shipped     | -
EARLY      | O2       | 1          | 2026-03-03 12:00 | web         | Y         | 5           | 50         | 2026-03-04    | inbound       | A                  | open        | -
EARLY      | O3       | 1          | 2026-03-07 12:00 | web         | X         | 13          | 130        | 2026-03-30    | planned       | A                  | open        | -
BUFFERED   | O1       | 1          | 2026-03-02 12:00 | marketplace | X         | 10          | 100        | 2026-03-03    | on_hand       | A                  | open        | -
BUFFERED   | O2       | 1          | 2026-03-03 12:00 | marketplace | X         | 1           | 10         | 2026-03-04    | on_hand       | A                  | open        | -
BUFFERED   | O3       | 1          | 2026-03-04 12:00 | wholesale   | X         | 5           | 50         | 2026-03-05    | on_hand       | A                  | open        | -
ADVISED    | O1       | 1          | 2026-03-30 12:00 | web         | X         | 20          | 200        | 2026-04-01    | -             | -                  | open        | C9
ADVISED    | O2       | 1          | 2026-03-30 12:00 | web         | Y         | 8           | 80         | 2026-04-01    | -             | -                  | open        | C9
ADVISED    | O3       | 1          | 2026-03-30 12:00 | web         | Z         | 8           | 80         | 2026-04-01    | -             | -                  | open        | C9
UNEVEN     | O1       | 1          | 2026-03-24 12:00 | web         | X         | 10          | 100        | 2026-03-25    | on_hand       | B                  | shipped     | -
UNEVEN     | O2       | 1          | 2026-02-24 12:00 | web         | X         | 87          | 870        | 2026-03-25    | planned       | A                  | shipped     | -
SOFT       | O1       | 1          | 2026-03-30 12:00 | web         | X         | 6           | 60         | 2026-04-01    | -             | A                  | open        | -
SOFT       | O2       | 1          | 2026-03-30 13:00 | web         | X         | 4           | 40         | 2026-04-05    | -             | A                  | open        | -
SOFT       | O3       | 1          | 2026-03-30 14:00 | web         | X         | 9           | 90         | -             | -             | A                  | open        | -
SILENT     | O1       | 1          | 2026-03-30 12:00 | web         | X         | 6           | 60         | 2026-04-01    | on_hand       | A                  | open        | -
""")

ALLOCATED = rows("""
company_id | allocation_id | order_id | order_line | item_code | location_code | qty_reserved | uom | reserved_at      | status    | hard_soft | released_at
PROJECTED  | L1            | O1       | 1          | X         | A             | 30           | EA  | 2026-03-30 12:00 | open      | hard      | -
PROJECTED  | L2            | O1       | 1          | X         | A             | 30           | EA  | 2026-03-30 12:00 | cancelled | hard      | -
TWICE      | L1            | O1       | 1          | X         | A             | 7            | EA  | 2026-03-29 12:02 | open      | -         | -
TWICE      | L2            | O2       | 1          | X         | A             | 5            | EA  | 2026-03-30 00:00 | open      | soft      | -
""")

PURCHASED = rows("""
company_id | po_id | po_line | po_type  | order_date | promised_date | confirmed_at     | to_location_code | item_code | qty_ordered | uom | currency | status
PROJECTED  | P1    | 1       | standard | 2026-03-20 | 2026-04-05    | 2026-03-21 12:00 | A                | X         | 50          | EA  | USD      | open
PROJECTED  | P2    | 1       | standard | 2026-03-20 | 2026-04-07    | -                | A                | X         | 50          | EA  | USD      | open
SOFT       | P1    | 1       | standard | 2026-03-20 | 2026-04-03    | 2026-03-21 12:00 | A                | X         | 5           | EA  | USD      | open
""")

SHIPPED = rows("""
company_id | shipment_id | shipment_type | ship_from_location | customer_code | ship_confirm_at  | service_level | status
EARLY      | S1          | sale          | A                  | C1            | 2026-03-06 12:00 | Express       | delivered
UNEVEN     | S1          | sale          | B                  | C1            | 2026-03-25 12:00 | standard      | delivered
UNEVEN     | S2          | sale          | A                  | C1            | 2026-02-26 12:00 | standard      | delivered
""")

SHIPPED_LINES = rows("""
company_id | shipment_id | shipment_line | order_id | order_line | item_code | qty_shipped | uom
EARLY      | S1          | 1             | O1       | 1          | X         | 8           | EA
UNEVEN     | S1          | 1             | O1       | 1          | X         | 10          | EA
UNEVEN     | S2          | 1             | O2       | 1          | X         | 87          | EA
""")

FREIGHT = rows("""
company_id | billable_event_id | event_type     | event_at         | customer_code | shipment_id | cost_amount | currency
EARLY      | E1                | freight_charge | 2026-03-06 12:00 | C1            | S1          | 80          | USD
""")

CHANNELS = rows("""
company_id | channel     | location_id | share_pct | protected_qty | use_safety_buffer | valid_from
SHARED     | web         | -           | 60        | -             | false             | 2026-01-01
SHARED     | store       | A           | 40        | -             | false             | 2026-01-01
SHARED     | store       | -           | 10        | -             | false             | 2026-01-01
SHARED     | *           | -           | -         | -             | false             | 2026-01-01
GROUPED    | web         | A           | -         | 15            | false             | 2026-01-01
GROUPED    | *           | -           | -         | -             | false             | 2026-01-01
BUFFERED   | marketplace | -           | -         | -             | true              | 2026-01-01
BUFFERED   | *           | -           | -         | -             | false             | 2026-01-01
EARLY      | *           | -           | -         | -             | false             | 2026-01-01
""")

# A channel says what it shows: the marketplace of SHARED once too much and then what it may.
SIGNALS = rows("""
company_id | signal_name           | signal_date | available_from_at | is_forecast | location_code | item_code | value
SHOWN      | available_marketplace | 2026-03-29  | 2026-03-29 20:00  | false       | A             | X         | 75
SHOWN      | available_marketplace | 2026-03-30  | 2026-03-30 08:00  | false       | A             | X         | 999
SHOWN      | available_marketplace | 2026-03-30  | 2026-03-30 20:00  | false       | A             | X         | 100
SHARED     | available_web         | 2026-03-29  | 2026-03-29 20:00  | false       | A             | X         | 70
SHARED     | available_web         | 2026-03-30  | 2026-03-30 20:00  | false       | A             | X         | 60
SHARED     | available_store       | 2026-03-30  | 2026-03-30 20:00  | false       | A             | X         | 35
SHARED     | temperature           | 2026-03-30  | 2026-03-30 20:00  | false       | A             | X         | 7
""")

LANES = rows("""
company_id | from_location_id | to_location_id | cost_per_unit | cost_per_shipment | lead_time_days | valid_from
ADVISED    | A                | C9             | 0.25          | 4                 | 2              | 2026-01-01
ADVISED    | B                | C9             | 0.20          | 1                 | 3              | 2026-01-01
UNEVEN     | A                | B              | 0.50          | 40                | 2              | 2026-01-01
""")

COMPANIES = sorted({str(row["company_id"]) for row in (*MOVED, *ORDERED)})
SAFETY = {"PROJECTED": "10", "SHOWN": "20", "BUFFERED": "20"}

TABLES = {
    "master_company": [
        {"company_id": company, "company_name": company, "currency": "USD", "timezone": "UTC"}
        for company in COMPANIES
    ],
    "master_item": [
        {
            "company_id": company,
            "item_id": item,
            "description": item,
            "item_type": "stock",
            "base_uom": "EA",
            "safety_stock": SAFETY.get(company),
        }
        for company in COMPANIES
        for item in ("X", "Y", "Z")
    ],
    "master_location": [
        {
            "company_id": "*",
            "location_code": code,
            "location_id": code,
            "location_name": code,
            "location_type": "warehouse",
            "timezone": "UTC",
            "sellable": sellable,
            "channel_group": group,
        }
        for code, sellable, group in (
            ("A", None, "front"), ("B", "true", None), ("BACK", "false", None)
        )
    ],
    "wms_stock_movement": [{**row, "movement_line": "1", "uom": "EA"} for row in MOVED],
    "wms_allocation": ALLOCATED,
    "wms_shipment": SHIPPED,
    "wms_shipment_line": SHIPPED_LINES,
    "billing_order_line": [
        {**row, "order_type": "standard", "customer_code": "C1", "uom": "EA", "currency": "USD"}
        for row in ORDERED
    ],
    "billing_billable_event": FREIGHT,
    "purchasing_order_line": PURCHASED,
    "policy_channel": CHANNELS,
    "policy_lane": LANES,
    "demand_signal": SIGNALS,
}  # fmt: skip
