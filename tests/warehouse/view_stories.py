"""Stock as Sales, the warehouse and finance see it, one company per story, as of 31 March 2026.

VIEWS has 80 to sell, 20 in inspection and 20 of its own on their way. UNPOSTED received goods that
the ledger never heard of. ADRIFT has three pieces fewer in the books than anybody can explain.
MONTHEND sends finance's extract for February only. SPREAD has finance's figure for all its places
together. ELSEWHERE has the extract of a place that sends no movements. HELD BACK has a part of each
state. COUNTED counts ten times, once one tenth too much, and is seen a day late. WATCHED comes near
its reorder point, and is above it only by what is on its way; where it has nothing, a planner said
250 instead of 100, and before that 90, until February.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from models.contracts import COMPUTED
from tests.warehouse.small_warehouse import rows

BUILT = (
    "mart_view_bridge",
    "fct_exception",
    "fct_stock_position",
    "mart_availability",
    "mart_reorder",
    "mart_planning_override",
    "mart_distrust_buffer",
    "mart_coverage",
    "mart_maturity",
    "mart_scope_total",
    "mart_handover_drift",
    "mart_receipt_not_capitalised",
    "mart_trace",
    "mart_physical_stock",
)

MOVED = rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | location_code | stock_status | from_stock_status | counter_location_code | owner_party_code | receipt_id | unit_cost
VIEWS      | M1          | opening       | 2026-03-01 08:00 | X         | 80  | A             | -            | -                 | -                     | -                | -          | 2
VIEWS      | M2          | receipt       | 2026-03-20 08:00 | X         | 20  | A             | qc_hold      | -                 | -                     | -                | -          | 2
UNPOSTED   | M1          | receipt       | 2026-03-02 08:00 | X         | 10  | A             | -            | -                 | -                     | -                | R1         | 2
UNPOSTED   | M2          | receipt       | 2026-03-03 08:00 | X         | 5   | A             | -            | -                 | -                     | -                | R2         | 2
ADRIFT     | M1          | opening       | 2026-03-01 08:00 | X         | 10  | A             | -            | -                 | -                     | -                | -          | 2
ADRIFT     | M2          | opening       | 2026-03-01 08:00 | Y         | 10  | A             | -            | -                 | -                     | -                | -          | 2
MONTHEND   | M1          | opening       | 2026-02-01 08:00 | X         | 10  | A             | -            | -                 | -                     | -                | -          | 2
MONTHEND   | M2          | ship          | 2026-03-02 08:00 | X         | -4  | A             | -            | -                 | -                     | -                | -          | -
SPREAD     | M1          | opening       | 2026-03-01 08:00 | X         | 10  | A             | -            | -                 | -                     | -                | -          | 2
SPREAD     | M2          | opening       | 2026-03-01 08:00 | X         | 5   | B             | -            | -                 | -                     | -                | -          | 2
SPREAD     | M3          | opening       | 2026-03-01 08:00 | Y         | 5   | B             | -            | -                 | -                     | -                | -          | 2
ELSEWHERE  | M1          | opening       | 2026-03-01 08:00 | X         | 10  | A             | -            | -                 | -                     | -                | -          | 2
HELD BACK  | M1          | opening       | 2026-01-01 08:00 | X         | 100 | A             | -            | -                 | -                     | -                | -          | 2
HELD BACK  | M2          | damage        | 2026-01-30 08:00 | X         | 1   | A             | damaged      | available         | -                     | -                | -          | -
HELD BACK  | M3          | damage        | 2026-03-30 08:00 | X         | 2   | A             | damaged      | available         | -                     | -                | -          | -
HELD BACK  | M4          | hold          | 2026-03-30 08:00 | X         | 3   | A             | quarantine   | available         | -                     | -                | -          | -
HELD BACK  | M5          | reserve       | 2026-03-30 08:00 | X         | 4   | A             | reserved     | available         | -                     | -                | -          | -
HELD BACK  | M6          | transfer_out  | 2026-03-30 08:00 | X         | -5  | A             | -            | -                 | B                     | -                | -          | -
HELD BACK  | M7          | consign_out   | 2026-03-30 08:00 | X         | -6  | A             | -            | -                 | SITE                  | -                | -          | -
HELD BACK  | M8          | receipt       | 2026-03-30 08:00 | X         | 7   | A             | consigned    | -                 | -                     | SUP              | R1         | -
HELD BACK  | M9          | owner_change  | 2026-03-30 08:00 | X         | 8   | A             | bill_hold    | available         | -                     | C1               | -          | -
COUNTED    | M1          | opening       | 2025-11-01 08:00 | X         | 100 | A             | -            | -                 | -                     | -                | -          | 2
WATCHED    | M1          | opening       | 2026-03-01 08:00 | X         | 150 | A             | -            | -                 | -                     | -                | -          | 2
WATCHED    | M2          | opening       | 2026-03-01 08:00 | Y         | 105 | A             | -            | -                 | -                     | -                | -          | 2
WATCHED    | M3          | transfer_out  | 2026-03-30 08:00 | Y         | -25 | A             | -            | -                 | B                     | -                | -          | -
WATCHED    | M4          | opening       | 2026-03-01 08:00 | Y         | 90  | B             | -            | -                 | -                     | -                | -          | 2
""")

# the events of COUNTED are loaded a day after they happened
CAME = {"COUNTED": "2025-11-02T08:00:00+00:00"}

NOTICES = rows("""
company_id | inbound_id | inbound_line | inbound_type | ref_order_id | ref_order_line | supplier_code | to_location_code | item_code | qty_expected | fob_point | shipped_at       | status
VIEWS      | N1         | 1            | po           | P1           | 1              | SUP           | A                | X         | 20           | origin    | 2026-03-28 08:00 | in_transit
""")

PURCHASES = rows("""
company_id | po_id | po_line | po_type  | supplier_code | order_date | to_location_code | item_code | qty_ordered | unit_price | fob_point | status | currency
VIEWS      | P1    | 1       | standard | SUP           | 2026-03-10 | A                | X         | 20          | 2          | origin    | open   | USD
""")

RECEIPTS = rows("""
company_id | receipt_id | receipt_line | receipt_type | received_at      | item_code | qty_received | location_code | supplier_code
UNPOSTED   | R1         | 1            | po           | 2026-03-02 08:00 | X         | 10           | A             | SUP
UNPOSTED   | R2         | 1            | po           | 2026-03-03 08:00 | X         | 5            | A             | SUP
HELD BACK  | R1         | 1            | consignment_in | 2026-03-30 08:00 | X       | 7            | A             | SUP
""")

JOURNALS = rows("""
company_id | journal_id | journal_line | posting_date | fiscal_year | fiscal_period | account | amount | currency | source_doc_type | source_doc_id | source_doc_line | posted_status
UNPOSTED   | J1         | 1            | 2026-03-02   | 2026        | 3             | 1200    | 20     | USD      | receipt         | R1            | 1               | posted
UNPOSTED   | J1         | 2            | 2026-03-02   | 2026        | 3             | 2050    | -20    | USD      | receipt         | R1            | 1               | posted
""")

BOOKED = rows("""
company_id | as_of_date | item_code | location_code | qty | value | account
VIEWS      | 2026-03-31 | X         | A             | 100 | 200   | 1200
VIEWS      | 2026-03-31 | X         | A             | 20  | 41    | 1210
ADRIFT     | 2026-03-31 | X         | A             | 7   | 14    | 1200
ADRIFT     | 2026-03-31 | Y         | A             | 10  | 20    | 1200
MONTHEND   | 2026-02-28 | X         | A             | 10  | 20    | 1200
SPREAD     | 2026-03-31 | X         | -             | 16  | 32    | 1200
SPREAD     | 2026-03-31 | Y         | -             | 5   | 10    | 1200
ELSEWHERE  | 2026-03-31 | X         | A             | 10  | 20    | 1200
ELSEWHERE  | 2026-03-31 | X         | FAR           | 70  | 140   | 1200
""")

COUNTS = [
    {
        "company_id": "COUNTED",
        "count_id": f"C{number}",
        "count_line": "1",
        "count_type": "cycle",
        "count_at": f"2025-11-{number + 2:02d} 08:00",
        "item_code": "X",
        "location_code": "A",
        "book_qty": "100",
        "counted_qty": "110" if number == 0 else "100",
        "_delivered_at": f"2025-11-{number + 3:02d}T08:00:00+00:00",
    }
    for number in range(10)
]

DEMANDED = rows("""
company_id | demand_date | item_code | location_code | qty_demanded
COUNTED    | 2026-03-30  | X         | A             | 900
""")

CHANNELS = rows("""
company_id | channel | share_pct | use_safety_buffer | valid_from
HELD BACK  | web     | 50        | true              | 2026-01-01
HELD BACK  | *       | -         | true              | 2026-01-01
""")

ACCOUNTS = rows("""
company_id | account | account_name   | account_type | account_role
*          | 1200    | Stock          | asset        | INV
*          | 1210    | Stock on a way | asset        | INV_TRANSIT
*          | 2050    | Not invoiced   | liability    | GRIR
*          | 4000    | Revenue        | revenue      | REVENUE
*          | 5000    | Cost of sales  | expense      | COGS
""")

COMPANIES = sorted({str(row["company_id"]) for row in MOVED})
PIECE = {"uom": "EA"}

TABLES: dict[str, list[dict[str, str | None]]] = {
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
            "abc_class": "A",
            "safety_stock": "10" if company == "HELD BACK" else None,
        }
        for company in COMPANIES
        for item in "XY"
    ],
    "master_location": [
        {
            "company_id": "*",
            "location_code": code,
            "location_id": code,
            "location_name": code,
            "location_type": kind,
            "timezone": "UTC",
        }
        for code, kind in (("A", "warehouse"), ("B", "warehouse"), ("SITE", "consignment_site"))
    ],
    "master_account": ACCOUNTS,
    "wms_stock_movement": [
        {
            **row,
            **PIECE,
            "movement_line": "1",
            "receipt_line": "1" if row["receipt_id"] else None,
            "_delivered_at": CAME.get(str(row["company_id"])),
        }
        for row in MOVED
    ],
    "wms_inbound_line": [{**row, **PIECE} for row in NOTICES],
    "wms_receipt_line": [{**row, **PIECE} for row in RECEIPTS],
    "wms_count_line": [{**row, **PIECE} for row in COUNTS],
    "purchasing_order_line": [{**row, **PIECE} for row in PURCHASES],
    "gl_journal_line": JOURNALS,
    "gl_inventory_subledger": [{**row, **PIECE, "currency": "USD"} for row in BOOKED],
    "demand_history": [{**row, **PIECE} for row in DEMANDED],
    "policy_channel": CHANNELS,
    "policy_override": [
        {
            "company_id": "WATCHED",
            "override_id": override,
            "subject": "value",
            "business_key": "reorder_point|X|B",
            "new_value": said,
            "reason": "fair in April",
            "user_id": "anna",
            "approved_by": "olaf",
            "valid_from": since,
            "expires_at": until,
        }
        for override, said, since, until in (
            ("FAIR", "250", "2026-03-01", "2026-04-30 22:00"),
            ("SALE", "90", "2026-02-01", "2026-02-28 22:00"),
        )
    ],
}


def reorders(folder: Path) -> Path:
    """What the engine computed for WATCHED: 10 a day and order at 100, at both places."""
    told = {
        "company_id": "WATCHED",
        "reorder_point": Decimal(100),
        "safety_stock": Decimal(30),
        "order_up_to": Decimal(300),
        "lead_time_days": Decimal(7),
        "lead_time_sd_days": Decimal(0),
        "review_days": 0,
        "service_target": Decimal("0.95"),
        "service_kind": "cycle_service",
        "holding_rate": Decimal("0.2"),
        "demand_mean_daily": Decimal(10),
        "demand_sd_daily": Decimal(1),
        "forecaster": "mean",
        "policy_id": "",
        "policy_valid_from": date(2026, 1, 1),
        "reason": "Ten a day.",
        "origin_date": date(2026, 3, 30),
    }
    rows = [{**told, "item_id": item, "location_id": place} for item, place in ("XA", "XB", "YB")]
    path = folder / "reorder.parquet"
    types = COMPUTED["reorder"].polars_types()
    pl.DataFrame(rows, schema_overrides=types).select(*types).write_parquet(path)
    return path
