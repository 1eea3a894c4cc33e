"""Deliveries that are late, missing, repeated or altered. One company per story, as of 31 March 2026.

LATE agreed on 60 minutes and waited 95. SCORED had 20 deliveries, two of them late, one of these in
an agreed pause. SILENT agreed on a delivery a day and has heard nothing since. LOST misses the file
that told of three arrivals. TWINS spells one item two ways and measures it in two units. RESIZED
rewrites a pack size. FREE has agreed on nothing.
"""

from __future__ import annotations

from tests.warehouse.small_warehouse import rows

COUNTS = {
    "rows_read": "1", "rows_accepted": "1", "rows_rejected": "0", "rows_repeated": "0",
    "rows_filtered": "0", "status": "loaded",
}  # fmt: skip
Row = dict[str, str | None]


def _delivered(company: str, feed: str, file_name: str, at: str) -> Row:
    names = {"batch_id": f"{company}-{file_name}", "file_hash": f"{company}-{file_name}"}
    return {
        "company_id": company, "feed": feed, "source_system": "wms", "file_name": file_name,
        "delivered_at": at, **names, **COUNTS,
    }  # fmt: skip


def _announced(company: str, feed: str, file_name: str, until: str, made: str) -> Row:
    return {
        "company_id": company, "feed_name": feed, "batch_id": file_name, "produced_at": made,
        "schema_version": "1", "row_count": "1", "watermark_at": until,
    }  # fmt: skip


def _told(company: str, feed: str, file_name: str, until: str, at: str) -> tuple[Row, Row]:
    """A delivery and its manifest: data until a time, delivered at another."""
    return _delivered(company, feed, file_name, at), _announced(company, feed, file_name, until, at)


def _scored() -> list[tuple[Row, Row]]:
    """A delivery a day with an hour to make it; that of the 5th and of the 9th take two."""
    return [
        _told(
            "SCORED", "billing_invoice", f"day{day:02d}.csv", f"2026-03-{day:02d} 00:00",
            f"2026-03-{day:02d} {'02:00' if day in (5, 9) else '01:00'}",
        )
        for day in range(1, 21)
    ]  # fmt: skip


TOLD = [
    _told("LATE", "wms_shipment", "ships.csv", "2026-03-30 10:00", "2026-03-30 11:35"),
    *_scored(),
    _told("SILENT", "wms_shipment", "ships.csv", "2026-03-29 10:00", "2026-03-29 10:30"),
    _told("LOST", "wms_stock_movement", "first.csv", "2026-03-10 00:00", "2026-03-10 00:00"),
    _told("LOST", "wms_stock_movement", "third.csv", "2026-03-14 00:00", "2026-03-14 00:00"),
]
LOST_FILE = _announced(
    "LOST", "wms_stock_movement", "second.csv", "2026-03-12 00:00", "2026-03-12 00:00"
)
FREE = [
    _delivered("FREE", "wms_shipment", "old.csv", "2025-01-01 00:00"),
    _delivered("FREE", "wms_shipment", "new.csv", "2026-03-01 00:00"),
]
OTHERS = [_delivered("TWINS", "wms_count_line", "counts.csv", "2026-03-30 12:00")]

FEED_CONTRACTS = rows("""
company_id | feed            | source_system | valid_from | cadence_minutes | latency_minutes | owner_role
LATE       | wms_shipment    | wms           | 2026-01-01 | -               | 60              | carrier desk
SCORED     | billing_invoice | *             | 2026-01-01 | 1440            | 60              | -
SILENT     | *               | wms           | 2026-01-01 | 1440            | 60              | -
""")
PAUSES = rows("""
company_id | feed | source_system | starts_at        | ends_at
SCORED     | *    | *             | 2026-03-09 01:30 | 2026-03-09 02:30
""")

MOVED = rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | location_code | counter_location_code | ref_doc_type | ref_doc_id | ref_doc_line | unit_cost
LOST       | M1          | opening       | 2026-03-01 08:00 | X         | 100 | A             | -                     | -            | -          | -            | 2
LOST       | M2          | transfer_out  | 2026-03-08 08:00 | X         | -10 | A             | B                     | TO           | T1         | 1            | -
LOST       | M3          | transfer_out  | 2026-03-08 09:00 | X         | -20 | A             | B                     | TO           | T2         | 1            | -
LOST       | M4          | transfer_out  | 2026-03-08 10:00 | X         | -5  | A             | B                     | TO           | T3         | 1            | -
LOST       | M5          | transfer_out  | 2026-03-15 08:00 | X         | -1  | A             | B                     | TO           | T4         | 1            | -
""")
LANES = rows("""
company_id | from_location_id | to_location_id | lead_time_days | valid_from
LOST       | A                | B              | 2              | 2026-01-01
""")
COUNTED = rows("""
company_id | count_id | count_line | count_type | count_at         | item_code | location_code | book_qty | counted_qty | uom
TWINS      | C1       | 1          | cycle      | 2026-03-29 08:00 | AB-01     | A             | 5        | 5           | EA
TWINS      | C2       | 1          | cycle      | 2026-03-30 08:00 | AB-01     | A             | 5        | 5           | EA
TWINS      | C3       | 1          | cycle      | 2026-03-30 09:00 | AB01      | A             | 5        | 5           | BX
TWINS      | C4       | 1          | cycle      | 2026-03-30 10:00 | PACKED    | A             | 5        | 5           | CS
""")
ITEMS = rows("""
company_id | source_system | item_id | base_uom
LOST       | wms           | X       | EA
TWINS      | erp           | AB01    | EA
TWINS      | wms           | AB01    | CS
TWINS      | erp           | PACKED  | EA
RESIZED    | erp           | CASED   | EA
""")
UNITS = rows("""
company_id | source_system | item_id | from_uom | to_uom | numerator | denominator | valid_from
TWINS      | erp           | PACKED  | CS       | EA     | 12        | 1           | 2026-01-01
TWINS      | erp           | PACKED  | EA       | CS     | 1         | 10          | 2026-01-01
""")
# The same case, first of twelve and three weeks later of ten, for the same day it begins.
RESIZED = [
    {
        "company_id": "RESIZED", "source_system": "erp", "item_id": "CASED", "from_uom": "CS",
        "to_uom": "EA", "numerator": numerator, "denominator": "1", "valid_from": "2026-01-01",
        "_delivered_at": f"2026-03-{day}T00:00:00+00:00",
    }
    for day, numerator in (("01", "12"), ("22", "10"))
]  # fmt: skip
PLACES = rows("""
company_id | location_code | location_id | location_type
LOST       | A             | A           | dc
LOST       | B             | B           | dc
TWINS      | A             | A           | dc
""")


def tables() -> dict[str, list[Row]]:
    """Rows by contract table."""
    return {
        "control_feed_manifest": [note for _, note in TOLD] + [LOST_FILE],
        "wms_stock_movement": [{"movement_line": "1", "uom": "EA", **row} for row in MOVED],
        "wms_count_line": COUNTED,
        "master_item": [
            {"item_type": "stock", "status": "active", "description": "thing", **row}
            for row in ITEMS
        ],
        "master_uom": [*UNITS, *RESIZED],
        "policy_lane": LANES,
        "master_location": [{"location_name": "place", "timezone": "UTC", **row} for row in PLACES],
    }


def ingested() -> dict[str, list[Row]]:
    """What ingestion says of itself."""
    return {
        "feed_delivery": [delivery for delivery, _ in TOLD] + FREE + OTHERS,
        "feed_contract": FEED_CONTRACTS,
        "maintenance_window": PAUSES,
    }
