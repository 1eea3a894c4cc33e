"""How late events are seen, and what was known when: one warehouse of rows delivered over time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.warehouse.project_sql import Built
from tests.warehouse.small_warehouse import prepare, rows

BUILT = (
    "fct_stock_move",
    "fct_stock_move_version",
    "mart_position_restated",
    "mart_visibility_lag",
    "mart_feed_scoreboard",
    "int_control__site_lag",
)
LATE = rows("""
company_id | movement_id | movement_type | event_at         | recorded_at      | item_code | qty | uom | location_code | _delivered_at
LAG        | A1          | receipt       | 2026-03-02 08:00 | 2026-03-02 14:00 | X         | 5   | EA  | A             | 2026-03-03T00:00:00+00:00
LAG        | A2          | receipt       | 2026-03-03 08:00 | 2026-03-03 14:00 | X         | 5   | EA  | A             | 2026-03-04T00:00:00+00:00
LAG        | A3          | ship          | 2026-03-03 09:00 | 2026-03-03 09:00 | X         | -1  | EA  | A             | 2026-03-04T00:00:00+00:00
LAG        | B1          | receipt       | 2026-03-02 08:00 | 2026-03-02 08:30 | X         | 5   | EA  | B             | 2026-03-03T00:00:00+00:00
LAG        | B1          | receipt       | 2026-03-02 08:00 | 2026-03-02 08:30 | X         | 6   | EA  | B             | 2026-03-20T00:00:00+00:00
LAG        | B2          | receipt       | 2026-03-03 08:00 | 2026-03-03 12:00 | X         | 5   | EA  | B             | 2026-03-04T00:00:00+00:00
""")
# In February goods came in; in March it turns out that the receipt was 8 and not 10, that a
# shipment of February was never told, and that another one had never been.
RESTATED = rows("""
company_id | movement_id | movement_type | event_at         | item_code | qty | uom | location_code | is_deleted | _delivered_at
TIME       | receipt     | receipt       | 2026-02-10 08:00 | X         | 10  | EA  | A             | -          | 2026-02-11T00:00:00+00:00
TIME       | never was   | ship          | 2026-02-12 08:00 | X         | -3  | EA  | A             | -          | 2026-02-13T00:00:00+00:00
TIME       | in time     | ship          | 2026-02-28 23:00 | X         | -1  | EA  | A             | -          | 2026-03-01T00:00:00+00:00
TIME       | backdated   | ship          | 2026-02-20 08:00 | X         | -2  | EA  | A             | -          | 2026-03-01T00:00:01+00:00
TIME       | receipt     | receipt       | 2026-02-10 08:00 | X         | 8   | EA  | A             | -          | 2026-03-10T00:00:00+00:00
TIME       | never was   | ship          | 2026-02-12 08:00 | X         | -3  | EA  | A             | true       | 2026-03-12T00:00:00+00:00
TIME       | march       | receipt       | 2026-03-15 08:00 | X         | 7   | EA  | A             | -          | 2026-03-16T00:00:00+00:00
""")
COMPANIES = sorted({str(row["company_id"]) for row in LATE + RESTATED})
TABLES = {
    "wms_stock_movement": [{**row, "movement_line": "1"} for row in LATE + RESTATED],
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
def seen(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
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


def test_a_position_then_and_now_differs_by_what_came_late_and_what_was_corrected(seen):
    found = (
        "select date, stock_state, qty_known_then, qty_known_now, late_qty, corrected_qty"
        " from mart_position_restated where company_id = 'TIME' and stock_state = 'ON_HAND'"
    )
    # then 10 - 3 - 1; now 8 - 1 - 2: 8 and -2 came late, 10 and -3 hold no more
    assert asked(seen, found) == [(date(2026, 2, 28), "ON_HAND", 6, 5, 6, -7)]


def test_a_corrected_movement_keeps_what_was_known_of_it_and_until_when(seen):
    found = (
        "select source_movement_id, qty_base, cast(known_at as date), cast(superseded_at as date)"
        " from fct_stock_move_version where company_id = 'TIME' and to_state = 'ON_HAND'"
    )
    receipt = f"{found} and source_movement_id = 'receipt' order by known_at"
    assert asked(seen, receipt) == [
        ("receipt", 10, date(2026, 2, 11), date(2026, 3, 10)),
        ("receipt", 8, date(2026, 3, 10), None),
    ]
    withdrawn = (
        "select from_state, to_state, qty_base, cast(superseded_at as date)"
        " from fct_stock_move_version where source_movement_id = 'never was'"
    )
    assert asked(seen, withdrawn) == [("ON_HAND", "EXT_CUSTOMER", 3, date(2026, 3, 12))]


def test_every_move_says_since_when_it_is_known(seen):
    found = (
        "select distinct source_movement_id, cast(known_at as date) from fct_stock_move"
        " where company_id = 'TIME' order by all"
    )
    assert asked(seen, found) == [
        ("backdated", date(2026, 3, 1)),
        ("in time", date(2026, 3, 1)),
        ("march", date(2026, 3, 16)),
        ("receipt", date(2026, 3, 10)),
    ]
