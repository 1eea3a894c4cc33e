"""How late events are seen, and what was known when: one warehouse of rows delivered over time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.warehouse.small_warehouse import built, prepare, rows

BUILT = ("fct_stock_move", "mart_visibility_lag", "mart_feed_scoreboard", "int_control__site_lag")
LATE = rows("""
company_id | movement_id | movement_type | event_at         | recorded_at      | item_code | qty | uom | location_code | _delivered_at
LAG        | A1          | receipt       | 2026-03-02 08:00 | 2026-03-02 14:00 | X         | 5   | EA  | A             | 2026-03-03T00:00:00+00:00
LAG        | A2          | receipt       | 2026-03-03 08:00 | 2026-03-03 14:00 | X         | 5   | EA  | A             | 2026-03-04T00:00:00+00:00
LAG        | A3          | ship          | 2026-03-03 09:00 | 2026-03-03 09:00 | X         | -1  | EA  | A             | 2026-03-04T00:00:00+00:00
LAG        | B1          | receipt       | 2026-03-02 08:00 | 2026-03-02 08:30 | X         | 5   | EA  | B             | 2026-03-03T00:00:00+00:00
LAG        | B1          | receipt       | 2026-03-02 08:00 | 2026-03-02 08:30 | X         | 6   | EA  | B             | 2026-03-20T00:00:00+00:00
LAG        | B2          | receipt       | 2026-03-03 08:00 | 2026-03-03 12:00 | X         | 5   | EA  | B             | 2026-03-04T00:00:00+00:00
""")
COMPANIES = sorted({str(row["company_id"]) for row in LATE})
TABLES = {
    "wms_stock_movement": [{**row, "movement_line": "1"} for row in LATE],
    "master_company": [
        {"company_id": name, "company_name": name, "currency": "USD", "timezone": "UTC"}
        for name in COMPANIES
    ],
    "master_item": [
        {
            "company_id": "*",
            "item_id": "X",
            "description": "X",
            "item_type": "stock",
            "base_uom": "EA",
            "status": "active",
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
        for code in "AB"
    ],
}
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with built(prepare(tmp_path_factory.mktemp("seen"), TABLES), *BUILT) as connection:
        yield connection


def asked(seen: duckdb.DuckDBPyConnection, query: str) -> Rows:
    return [
        tuple(int(v) if isinstance(v, Decimal) and v == int(v) else v for v in row)
        for row in seen.sql(query).fetchall()
    ]


def test_capability_4_receipts_of_one_site_recorded_six_hours_late_break_its_limit_only(seen):
    found = (
        "select location_id, event_type, p95_hours, p95_limit_hours, is_breach"
        " from mart_visibility_lag where company_id = 'LAG' and lag_step = 'recorded' order by all"
    )
    assert asked(seen, found) == [
        ("A", "receipt", 6, 4, True),
        ("A", "ship", 0, 4, False),
        ("B", "receipt", 4, 4, False),
    ]


def test_a_corrected_row_is_loaded_when_its_first_version_comes(seen):
    loaded = (
        "select p50_hours, p95_hours, p95_limit_hours, is_breach from mart_visibility_lag"
        " where location_id = 'B' and lag_step = 'loaded'"
    )
    assert asked(seen, loaded) == [(16, 16, None, None)]


def test_a_place_is_as_late_as_its_latest_events(seen):
    found = "select location_id, p95_days from int_control__site_lag where lag_step = 'recorded'"
    assert asked(seen, f"{found} order by all") == [
        ("A", Decimal("0.250000")),
        ("B", Decimal("0.166667")),
    ]
