"""Cells against the truth: equal, on one side only, different; by the day of the run; not built."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.score.tables import TableScore
from tests.unit.pipelines.score.small_key import compared, publish, rows, tell

DEMAND = "company_id, date, location_id, item_id, demand_qty"
DEMAND_KEY = "company_id,date,location_id,item_id,qty\n"
DAILY = "company_id, location_id, item_id, stock_state, date, qty_base"
STOCK_KEY = "company_id,date,location_id,item_id,stock_state,qty\n"


def counts(line: TableScore) -> tuple[int, int, int, int, int]:
    assert line.status == "compared", line.reason
    assert line.cells == line.equal + line.missing + line.extra + line.differing
    return line.cells, line.equal, line.missing, line.extra, line.differing


def test_a_cell_is_equal_different_or_on_one_side_only(tmp_path: Path) -> None:
    publish(
        tmp_path,
        fct_demand=rows(
            DEMAND,
            "'C', date '2025-01-01', 'L', 'same', 3.000000",
            "'C', date '2025-01-01', 'L', 'other', 5.000000",
            "'C', date '2025-01-01', 'L', 'extra', 1.000000",
            "'C', date '2025-01-01', 'L', 'zero', 0.000000",
        ),
    )
    tell(
        tmp_path,
        truth_demand=DEMAND_KEY
        + "C,2025-01-01,L,same,3\nC,2025-01-01,L,other,1\nC,2025-01-01,L,missing,2\n",
    )
    (line,) = compared(tmp_path, "truth_demand", "fct_demand")
    assert counts(line) == (4, 1, 1, 1, 1)
    assert line.largest_difference == 4


def test_only_what_holds_by_the_local_day_of_the_run_counts_on_either_side(tmp_path: Path) -> None:
    publish(
        tmp_path,
        fct_demand=rows(
            DEMAND,
            "'C', date '2025-12-31', 'L', 'I', 3.0",
            "'C', date '2026-01-01', 'L', 'I', 5.0",
        ),
    )
    tell(tmp_path, truth_demand=DEMAND_KEY + "C,2025-12-31,L,I,3\nC,2026-01-02,L,I,9\n")
    (line,) = compared(tmp_path, "truth_demand", "fct_demand")
    assert counts(line) == (1, 1, 0, 0, 0)
    earlier = datetime(2025, 12, 30, 22, 59, 59, tzinfo=UTC)
    (line,) = compared(tmp_path, "truth_demand", "fct_demand", earlier)
    assert counts(line) == (0, 0, 0, 0, 0)


def test_an_unpublished_table_an_empty_one_and_a_missing_file_are_not_available(
    tmp_path: Path,
) -> None:
    tell(tmp_path, truth_demand=DEMAND_KEY + "C,2025-01-01,L,I,3\n")
    publish(tmp_path)
    (line,) = compared(tmp_path, "truth_demand", "fct_demand")
    assert (line.status, line.reason) == ("not available", "fct_demand is not built")
    publish(
        tmp_path, fct_demand=rows(DEMAND, "'C', date '2025-01-01', 'L', 'I', 3.0") + " where false"
    )
    (line,) = compared(tmp_path, "truth_demand", "fct_demand")
    assert (line.status, line.reason) == ("not available", "fct_demand has no demand_qty")
    (tmp_path / "key" / "truth_demand.csv").unlink()
    (line,) = compared(tmp_path, "truth_demand", "fct_demand")
    assert line.reason == "the key has no truth_demand.csv"


def test_a_table_without_a_column_is_not_available_and_says_which(tmp_path: Path) -> None:
    tell(
        tmp_path,
        truth_availability="company_id,date,location_id,item_id,available_now,on_hand,reserved,"
        "protected\nC,2025-12-31,L,I,4,5,1,0\n",
        truth_demand=DEMAND_KEY + "C,2025-01-01,L,I,3\n",
    )
    publish(
        tmp_path,
        mart_availability=rows(
            "company_id, date, location_id, item_id, channel, available_now, on_hand, reserved",
            "'C', date '2025-12-31', 'L', 'I', '*', 4.0, 6.0, 1.0",
            "'C', date '2025-12-31', 'L', 'I', 'web', 2.0, 2.0, 0.0",
        ),
        fct_demand=rows("company_id, date, demand_qty", "'C', date '2025-01-01', 3.0"),
    )
    lines = {
        line.column: line for line in compared(tmp_path, "truth_availability", "mart_availability")
    }
    assert lines["available_now"].equal == lines["reserved"].equal == 1
    assert lines["on_hand"].largest_difference == 1
    assert lines["protected"].reason == "mart_availability has no column protected"
    (line,) = compared(tmp_path, "truth_demand", "fct_demand")
    assert line.reason == "fct_demand has no column item_id, location_id"


def test_stock_is_compared_on_every_day_that_either_side_changes(tmp_path: Path) -> None:
    publish(
        tmp_path,
        fct_stock_position_daily=rows(
            DAILY,
            "'C', 'L', 'I', 'ON_HAND', date '2025-01-01', 10.0",  # equal
            "'C', 'L', 'I', 'ON_HAND', date '2025-01-03', 7.0",  # the truth is still at 10
            "'C', 'L', 'I', 'ON_HAND', date '2025-01-05', 0.0",  # both zero
            "'C', 'L', 'I', 'EXT_SUPPLIER', date '2025-01-01', -10.0",  # the outside is left out
            "'C', 'L', 'I', 'PACKED', date '2025-01-02', 1.0",  # nobody told of it
        ),
        fct_stock_position=rows(
            "company_id, location_id, item_id, stock_state, lot_number, qty_base",
            "'C', 'L', 'K', 'ON_HAND', 'a', 2.0",
            "'C', 'L', 'K', 'ON_HAND', 'b', 2.0",
            "'C', 'L', 'I', 'PACKED', 'a', 1.0",
        ),
    )
    tell(
        tmp_path,
        truth_stock=STOCK_KEY
        + "C,2025-01-01,L,I,ON_HAND,10\n"
        + "C,2025-01-04,L,I,ON_HAND,7\n"  # equal again, by carrying the 7 of the day before
        + "C,2025-01-05,L,I,ON_HAND,0\n"
        + "C,2025-01-05,L,K,ON_HAND,9\n"
        + "C,2025-01-06,L,K,ON_HAND,4\n"
        + "C,2026-01-06,L,K,ON_HAND,99\n",
    )
    (daily,) = compared(tmp_path, "truth_stock", "fct_stock_position_daily")
    assert counts(daily) == (7, 3, 2, 1, 1)
    assert daily.largest_difference == 9
    (now,) = compared(tmp_path, "truth_stock", "fct_stock_position")
    assert counts(now) == (2, 1, 0, 1, 0)


MOVE = (
    "company_id, event_code, event_at, item_id, qty_base, from_location_id, from_state,"
    " to_location_id, to_state, lot_number, source_movement_id, is_derived"
)
MOVE_KEY = (
    "company_id,event_code,event_at,item_id,qty,from_location_id,from_state,to_location_id,to_state,"
    "lot_number,source_movement_id\n"
)


def test_sent_moves_are_told_apart_by_moment_states_and_source(tmp_path: Path) -> None:
    publish(
        tmp_path,
        fct_stock_move=rows(
            MOVE,
            "'C', 'E07', timestamptz '2025-01-01 10:00:00+00', 'I', 5.0, null, 'EXT_SUPPLIER', 'L',"
            " 'RECEIVED', '', 'M1', false",
            "'C', 'E08', timestamptz '2025-01-01 11:00:01+00', 'I', 5.0, 'L', 'RECEIVED', 'L',"
            " 'ON_HAND', '', 'M2', false",
        ),
    )
    tell(
        tmp_path,
        truth_move=MOVE_KEY
        + "C,E07,2025-01-01T10:00:00Z,I,5,L,EXT_SUPPLIER,L,RECEIVED,,M1\n"
        + "C,E08,2025-01-01T11:00:00Z,I,5,L,RECEIVED,L,ON_HAND,,M2\n"
        + "C,E08,2025-12-31T23:00:00Z,I,5,L,RECEIVED,L,ON_HAND,,M3\n",
    )
    (line,) = compared(tmp_path, "truth_move", "fct_stock_move")
    assert line.part == "sent"
    assert counts(line) == (3, 1, 1, 1, 0)


def test_a_step_that_nobody_sent_is_known_by_its_day_and_not_by_its_source(tmp_path: Path) -> None:
    publish(
        tmp_path,
        fct_stock_move=rows(
            MOVE,
            "'C', 'E16', timestamptz '2025-01-01 12:57:00+00', 'I', 2.0, 'L', 'RESERVED', 'L',"
            " 'PICKED', '', 'M9', true",
            "'C', 'E17', timestamptz '2025-01-01 12:57:00+00', 'I', 3.0, 'L', 'PICKED', 'L',"
            " 'PACKED', '', 'M9', true",
        ),
    )
    tell(
        tmp_path,
        truth_move=MOVE_KEY
        + "C,E16,2025-01-01T11:27:00Z,I,2,L,RESERVED,L,PICKED,,\n"
        + "C,E17,2025-01-02T00:12:00Z,I,3,L,PICKED,L,PACKED,,\n"
        + "C,E17,2025-12-31T23:00:00Z,I,3,L,PICKED,L,PACKED,,\n",
    )
    (line,) = compared(tmp_path, "truth_move", "fct_stock_move")
    assert line.part == "implied"
    assert counts(line) == (3, 1, 1, 1, 0)


def test_moves_without_a_word_on_which_are_implied_are_not_available(tmp_path: Path) -> None:
    publish(
        tmp_path,
        fct_stock_move=rows("company_id, event_at", "'C', timestamptz '2025-01-01 10:00:00+00'"),
    )
    tell(tmp_path, truth_move=MOVE_KEY)
    (line,) = compared(tmp_path, "truth_move", "fct_stock_move")
    assert line.status == "not available"
    assert "is_derived" in line.reason or "location_id" in line.reason


def test_cost_is_scored_by_method_and_a_method_that_is_not_there_is_not_available(
    tmp_path: Path,
) -> None:
    names = (
        "company_id, costing_method, item_id, movement_id, entry_kind, posting_date, qty_base,"
        " cost_amount, cogs_amount"
    )
    publish(
        tmp_path,
        fct_cost_entry=rows(
            names,
            # two layers of one issue; a zero and a null are both no expense
            "'C', 'fifo', 'I', 'M2', 'issue', date '2025-01-02', -1.0, -3.3300, 3.3300",
            "'C', 'fifo', 'I', 'M2', 'issue', date '2025-01-02', -1.0, -3.3300, 3.3400",
            "'C', 'fifo', 'I', 'M1', 'receipt', date '2025-01-01', 2.0, 6.6600, null",
        ),
    )
    told = "company_id,costing_method,item_id,movement_id,entry_kind,date,qty,cost_amount,cogs_amount\n"
    tell(
        tmp_path,
        truth_cost_entry=told
        + "C,fifo,I,M1,receipt,2025-01-01,2,6.66,0.00\n"
        + "C,fifo,I,M2,issue,2025-01-02,-2,-6.66,6.66\n"
        + "C,lifo,I,M1,receipt,2025-01-01,2,6.66,0.00\n",
    )
    lines = compared(tmp_path, "truth_cost_entry", "fct_cost_entry")
    fifo = {line.column: line for line in lines if line.part == "fifo"}
    assert counts(fifo["qty_base"]) == counts(fifo["cost_amount"]) == (2, 2, 0, 0, 0)
    assert counts(fifo["cogs_amount"]) == (2, 1, 0, 0, 1)
    assert fifo["cogs_amount"].largest_difference == Decimal("0.01")
    lifo = [line.reason for line in lines if line.part == "lifo"]
    assert lifo[1] == "fct_cost_entry has no cost_amount of lifo"


def test_the_ledger_and_the_subledger_are_two_columns_of_one_table(tmp_path: Path) -> None:
    names = "company_id, period_end_date, account_code, location_id, actual_amount, expected_amount"
    publish(
        tmp_path,
        fct_gl_tieout=rows(
            names,
            "'C', date '2025-11-30', '1200', 'L', 59.9950, 60.0000",
            "'C', date '2025-11-30', '1200', 'K', 40.0000, 41.0051",
            "'C', date '2025-11-30', '1000', '', 7.0000, null",
            "'C', date '2026-01-31', '1200', '', 1.0000, 1.0000",
        ),
    )
    told = "C,2025-11-30,1200,INV,{}\nC,2025-11-30,1000,CASH,7.00\nC,2025-11-30,9,X,0.00\n"
    key = "company_id,date,account,account_role,{}\n"
    tell(
        tmp_path,
        truth_ledger=key.format("closing_amount") + told.format("100.00"),
        truth_subledger=key.format("expected_amount") + told.format("101.00"),
    )
    (ledger,) = compared(tmp_path, "truth_ledger", "fct_gl_tieout")
    assert counts(ledger) == (2, 2, 0, 0, 0)
    (subledger,) = compared(tmp_path, "truth_subledger", "fct_gl_tieout")
    assert counts(subledger) == (2, 0, 1, 0, 1)  # half a cent is rounding, 0.0051 is not
    assert subledger.largest_difference == 7


def test_receivables_are_those_of_the_day_of_the_run(tmp_path: Path) -> None:
    publish(
        tmp_path,
        fct_ar_item=rows(
            "company_id, invoice_id, due_date, open_amount_doc",
            "'C', 'I1', date '2026-01-10', 100.0000",
            "'C', 'I2', date '2026-01-11', 50.0000",
            "'C', 'I3', date '2026-01-11', 0.0000",
        ),
    )
    head = "company_id,date,invoice_id,party_id,due_date,currency,open_amount\n"
    tell(
        tmp_path,
        truth_receivables=head
        + "C,2025-11-30,I0,P,2025-12-01,EUR,9.00\n"
        + "C,2025-12-31,I1,P,2026-01-10,EUR,100.00\nC,2025-12-31,I2,P,2026-01-12,EUR,50.00\n",
    )
    amount, due = compared(tmp_path, "truth_receivables", "fct_ar_item")
    assert counts(amount) == (2, 2, 0, 0, 0)
    assert counts(due) == (2, 1, 0, 0, 1)
    assert due.largest_difference is None
    middle = datetime(2025, 12, 15, 22, 59, 59, tzinfo=UTC)
    amount, due = compared(tmp_path, "truth_receivables", "fct_ar_item", middle)
    assert amount.reason == due.reason == "the key has no rows of the day of the run"


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [
        ("2025-12-31T22:59:59Z", ""),
        ("2025-12-30T22:59:59Z", "the key is as of 2025-12-30T22:59:59Z"),
    ],
)
def test_what_the_key_knows_of_its_last_moment_holds_for_that_moment_only(
    tmp_path: Path, as_of: str, reason: str
) -> None:
    columns = (
        "company_id, shipment_id, shipment_line, order_id, order_line, billable_event_id,"
        " line_kind, expected_qty, expected_amount, billing_state"
    )
    publish(
        tmp_path,
        fct_expected_billing=rows(
            columns,
            "'C', 'S', '1', 'O', '1', null, 'goods', 2.0, 19.9900, 'billed'",
            "'C', 'S', '2', 'O', '2', null, 'goods', 2.0, null, 'ready'",
        ),
    )
    tell(
        tmp_path,
        facts=f"name,value\nas_of,{as_of}\nsize,small\n",
        truth_billing="company_id,shipment_id,shipment_line,order_id,order_line,billable_event_id,"
        "line_kind,qty,amount,billing_state\n"
        "C,S,1,O,1,,goods,2,19.99,billed\nC,S,2,O,2,,goods,2,5.00,paid\n",
    )
    qty, amount, state = compared(tmp_path, "truth_billing", "fct_expected_billing")
    assert {line.reason for line in (qty, amount, state)} == {reason}
    if not reason:
        assert counts(qty) == (2, 2, 0, 0, 0)
        assert counts(amount) == counts(state) == (2, 1, 0, 0, 1)
        assert amount.largest_difference == 5


def test_journals_meet_at_day_event_account_item_and_place(tmp_path: Path) -> None:
    publish(
        tmp_path,
        fct_expected_journal_line=rows(
            "company_id, posting_date, event_code, account_role, account_code, item_id,"
            " location_id, movement_id, expected_amount, line_purpose",
            "'C', date '2025-01-01', 'E07', 'INV', '1200', 'I', 'L', 'M1', 5.0000, 'event'",
            "'C', date '2025-01-01', 'E07', 'INV', '1200', 'I', 'L', 'M2', 5.0000, 'event'",
            "'C', date '2025-01-01', 'E07', 'GRIR', '2100', 'I', 'L', 'M1', -10.0000, 'event'",
            "'C', date '2025-01-01', '', 'COGS', '5000', 'I', 'L', '', 7.00, 'cutoff_adjustment'",
        ),
    )
    head = "company_id,posting_date,source_doc_type,source_doc_id,source_doc_line,account_role,account,"
    tell(
        tmp_path,
        truth_journal=head
        + "event_code,amount,item_id,location_id\n"
        + "C,2025-01-01,receipt,R1,1,INV,1200,E07,10.00,I,L\n"
        + "C,2025-01-01,receipt,R1,1,GRIR,2100,E07,-9.00,I,L\n",
    )
    (line,) = compared(tmp_path, "truth_journal", "fct_expected_journal_line")
    assert counts(line) == (2, 1, 0, 0, 1)
    assert line.largest_difference == 1


def test_half_a_million_cells_take_seconds(tmp_path: Path) -> None:
    count = 500_000
    cell = "'C' as company_id, 'L' as location_id, 'I' || (n % 2000) as item_id"
    day = "date '2020-01-01' + cast(n // 2000 as int)"
    publish(
        tmp_path,
        fct_stock_position_daily=f"select {cell}, 'ON_HAND' as stock_state, {day} as date,"
        f" cast(n as decimal(18, 6)) as qty_base from range({count}) as t(n)",
    )
    (tmp_path / "key").mkdir()
    lines = (f"C,L,I{n % 2000},ON_HAND,{n // 2000},{n}" for n in range(count))
    (tmp_path / "key" / "plain.csv").write_text("\n".join(lines), encoding="utf-8")
    duckdb.sql(
        "copy (select column0 as company_id, date '2020-01-01' + cast(column4 as int) as date,"
        " column1 as location_id, column2 as item_id, column3 as stock_state, column5 as qty"
        f" from read_csv('{tmp_path / 'key' / 'plain.csv'}', header=false))"
        f" to '{tmp_path / 'key' / 'truth_stock.csv'}' (header true)"
    )
    start = time.perf_counter()
    (line,) = compared(tmp_path, "truth_stock", "fct_stock_position_daily")
    seconds = time.perf_counter() - start
    assert counts(line) == (count, count, 0, 0, 0)
    assert seconds < 20
