"""Stock that waits, moves in one place only, or changes without a word: found, valued and named."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.warehouse.limbo_stories import TABLES
from tests.warehouse.project_sql import Built
from tests.warehouse.small_warehouse import prepare

BUILT = (
    "fct_exception",
    "fct_stock_move",
    "mart_exception_stock",
    "mart_physical_stock",
    "mart_transfer_custody",
    "mart_count_accuracy",
    "mart_scan_coverage",
    "mart_availability",
)
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def limbo(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
    home = tmp_path_factory.mktemp("limbo")
    with built(prepare(home, TABLES), *BUILT) as connection:
        yield connection


def asked(limbo: duckdb.DuckDBPyConnection, query: str) -> Rows:
    return [
        tuple(int(v) if isinstance(v, Decimal) and v == int(v) else v for v in row)
        for row in limbo.sql(query).fetchall()
    ]


def problems(limbo: duckdb.DuckDBPyConnection, company: str, columns: str) -> Rows:
    return asked(
        limbo,
        f"select code, {columns}, exposure_amount from fct_exception"
        f" where company_id = '{company}' order by all",
    )


def test_capability_2_a_transfer_on_paper_only_is_one_sided_and_phantom_where_it_left(limbo):
    assert problems(limbo, "PHANTOM", "transfer_id, location_id") == [
        ("PHANTOM_STOCK", "T1", "A", 0),
        ("XFER_ONE_SIDED", "T1", "B", 80),
    ]
    # what came to B as T3 left nowhere: nobody says who sent it
    assert asked(
        limbo,
        "select code, transfer_id, location_id from fct_exception"
        " where company_id = 'CUSTODY' and code like 'XFER%'",
    ) == [("XFER_ONE_SIDED", "T3", "B")]
    assert asked(
        limbo,
        "select count(*) from fct_exception as child inner join fct_exception as root"
        " on child.root_exception_id = root.exception_id"
        " where child.code = 'PHANTOM_STOCK' and root.code = 'XFER_ONE_SIDED'",
    ) == [(1,)]


def test_capability_2_what_left_on_paper_is_not_promised_where_it_left(limbo):
    assert asked(
        limbo,
        "select location_id, on_hand, available_now from mart_availability"
        " where company_id = 'PHANTOM' and is_today and channel = '*' order by all",
    ) == [("A", 100, 60), ("B", 0, 0)]


def test_capability_2_book_stock_that_a_count_does_not_find_is_phantom(limbo):
    assert problems(limbo, "EMPTY", "count_id, location_id") == [
        ("COUNT_VARIANCE", "C1", "A", 0),
        ("PHANTOM_STOCK", "C1", "A", 10),
    ]


def test_capability_30_custody_of_a_transfer_lists_each_handover_and_marks_what_is_missing(limbo):
    chain = "select step, step_status, done_by, scan_method from mart_transfer_custody"
    order = " and company_id = 'CUSTODY' order by step_number"
    assert asked(limbo, f"{chain} where transfer_id = 'T1'{order}") == [
        ("shipped", "done", "ann", "barcode"),
        ("picked up", "done", "driver", "edi"),
        ("arrived", "done", "gate B", "edi"),
        ("received", "done", "bob", "rfid"),
    ]
    assert asked(limbo, f"{chain} where transfer_id = 'T2'{order}") == [
        ("shipped", "done", "ann", "manual"),
        ("picked up", "missing", None, None),
        ("arrived", "missing", None, None),
        ("received", "done", None, None),
    ]


def test_capability_49_scan_coverage_is_the_share_of_movements_that_were_scanned(limbo):
    assert asked(
        limbo,
        "select movements, scanned_movements, coverage_pct, target_pct, is_target_met"
        " from mart_scan_coverage where company_id = 'SCANNED'",
    ) == [(10, 7, 70, 95, False)]
    unknown = "select coverage_pct, is_target_met from mart_scan_coverage"
    assert asked(limbo, f"{unknown} where company_id = 'EMPTY'") == [(None, None)]


def test_capability_60_a_count_fails_the_tolerance_of_its_class_and_the_plan_says_what_is_due(
    limbo,
):
    assert problems(limbo, "COUNTED", "count_id, location_id") == [
        ("COUNT_VARIANCE", "C1", "A", 10)
    ]
    assert asked(
        limbo,
        "select location_id, abc_class, due_counts, counted_lines, open_counts, accurate_lines,"
        " accuracy_by_count_pct, accuracy_by_value_pct, shrink_amount"
        " from mart_count_accuracy where company_id = 'COUNTED' order by all",
    ) == [("A", "A", 1, 1, 0, 0, 0, 95, 10), ("B", "A", 1, 1, 0, 1, 100, 99, 2)]


def test_capability_77_states_from_receipt_to_write_off_and_a_step_that_does_not_exist(limbo):
    steps = asked(
        limbo,
        "select source_movement_id, event_code, from_state, to_state from fct_stock_move"
        " where company_id = 'TIMELINE' and not is_derived order by event_at, move_id",
    )
    assert steps[1:] == [
        ("M2", "E06", "RECEIVED", "QC_HOLD"),
        ("M3", "E07", "QC_HOLD", "ON_HAND"),
        ("M4", "E34", "ON_HAND", "DAMAGED"),
        ("M6", "E36", "DAMAGED", "EXT_SCRAPPED"),
    ]
    assert problems(limbo, "TIMELINE", "movement_id") == [("ILLEGAL_TRANSITION", "M5", 2)]


def test_capability_79_damaged_and_not_found_are_there_and_not_pickable(limbo):
    assert asked(
        limbo,
        "select stock_state, qty_base, pickable_qty, is_pickable, not_pickable_reason"
        " from mart_physical_stock where company_id = 'PICKABLE' order by all",
    ) == [
        ("DAMAGED", 5, 0, False, "Damaged, not written down yet."),
        ("ON_HAND", 92, 92, True, None),
        ("QUARANTINE", 3, 0, False, "Under investigation."),
    ]
    assert asked(
        limbo,
        "select pickable_qty, not_pickable_reason from mart_physical_stock"
        " where company_id = 'EMPTY'",
    ) == [(0, "In the books, and nobody finds it.")]


def test_capability_91_lots_in_limbo_with_age_value_owner_and_next_action(limbo):
    assert asked(
        limbo,
        "select lot_number, stock_state, owner_id, age_bucket, qty_base, value_amount,"
        " over_limit_qty, exception_id is not null from mart_exception_stock"
        " where company_id = 'LIMBO' order by all",
    ) == [
        ("L1", "QUARANTINE", "LIMBO", "15-30", 2, 4, 2, True),
        ("L1", "QUARANTINE", "LIMBO", "8-14", 4, 8, 0, False),
        ("L2", "RETURN_QC", "LIMBO", "8-14", 2, 4, 2, True),
        ("L3", "RTV_STAGED", "LIMBO", "31-90", 6, 12, 6, True),
    ]
    codes = problems(limbo, "LIMBO", "movement_id")
    assert [row for row in codes if row[0] != "RETURN_UNLINKED"] == [
        ("HOLD_AGED", "M2", 4),
        ("RETURN_LIMBO", "M4", 4),
        ("RTV_AGED", "M5", 12),
    ]
    assert asked(
        limbo,
        "select count(*) from mart_exception_stock as stock left join fct_exception as problem"
        " on stock.exception_id = problem.exception_id"
        " where stock.exception_id is not null and problem.exception_id is null",
    ) == [(0,)]


def test_capability_93_an_adjustment_that_the_ledger_has_not_heard_of_after_four_hours(limbo):
    assert [row for row in problems(limbo, "LATE", "movement_id") if row[0].startswith("ADJ")] == [
        ("ADJ_UNPROPAGATED", "M3", 4)
    ]


def test_capability_95_a_change_without_document_partner_or_person(limbo):
    assert problems(limbo, "SHADOW", "movement_id") == [("SHADOW_UPDATE", "M2", 14)]


def test_capability_96_a_write_off_above_the_limit_wants_a_signature(limbo):
    assert problems(limbo, "SIGNED", "movement_id") == [("UNAPPROVED_TRANSITION", "M2", 5000)]


def test_capability_105_one_event_told_twice_is_shown_once(limbo):
    assert problems(limbo, "TWICE", "movement_id") == [("DUP_EVENT", "M3", 8)]
