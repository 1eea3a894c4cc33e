"""Ledger against subledger: each story of ledger_stories told to its end."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from tests.warehouse.ledger_stories import TABLES
from tests.warehouse.small_warehouse import built, prepare

Rows = list[tuple[object, ...]]
READ = ("fct_gl_tieout", "fct_gl_reconciling_item", "fct_exception", "fct_receipt_accrual")
MARCH = "fiscal_year = 2026 and fiscal_period = 3"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The stories, built; money and grain tests of dbt have passed by then."""
    home = tmp_path_factory.mktemp("ledger")
    with built(prepare(home, TABLES), *READ) as connection:
        yield connection


def tied(ledger: duckdb.DuckDBPyConnection, story: str, account: str, columns: str) -> Rows:
    return ledger.sql(
        f"select {columns} from fct_gl_tieout where company_id = '{story}'"
        f" and account_code = '{account}' and {MARCH}"
    ).fetchall()


def test_e2_two_differences_stand_beside_each_other(ledger):
    # ours: 4 x 20 + 15 + 8 + 20; the ledger: 4 x 20 + 8 + 7; the system's own: its last extract
    assert tied(
        ledger,
        "BOOKS",
        "1200",
        "expected_amount, erp_subledger_amount, actual_amount, difference_amount,"
        " erp_difference_amount, unexplained_amount, status",
    ) == [(123, 111, 95, -28, -16, 0, "explained")]


def test_the_items_of_an_account_say_what_its_difference_is(ledger):
    assert ledger.sql(
        "select item_class, amount, receipt_id, journal_id from fct_gl_reconciling_item"
        f" where company_id = 'BOOKS' and account_code = '1200' and {MARCH} order by all"
    ).fetchall() == [
        ("MANUAL_JOURNAL", 7, None, "J6"),
        ("OPENING_DIFF", 8, None, None),
        ("RECEIPT_NOT_CAPITALISED", -15, "R5", None),
        ("TIMING_UNPOSTED", -20, None, None),
        ("WRONG_PERIOD", -8, None, None),
    ]


def test_e5_a_difference_of_february_is_carried_with_its_class(ledger):
    assert ledger.sql(
        "select item_class, origin_class, origin_fiscal_period, amount from fct_gl_reconciling_item"
        " where company_id = 'BOOKS' and account_code = '1200' and origin_fiscal_period = 2"
        " order by fiscal_period"
    ).fetchall() == [("WRONG_PERIOD", "WRONG_PERIOD", 2, 8), ("OPENING_DIFF", "WRONG_PERIOD", 2, 8)]


def test_e7_the_receipt_is_the_root_and_the_missing_entry_its_child(ledger):
    rows = ledger.sql(
        "select child.code, child.exposure_amount, root.code, root.exposure_amount"
        " from fct_exception as child inner join fct_exception as root"
        " on root.exception_id = child.root_exception_id where child.company_id = 'BOOKS'"
    ).fetchall()
    assert rows == [("GL_MISSING_IN_GL", 0, "RECEIPT_NOT_CAPITALISED", 15)]


def test_e11_what_clears_itself_is_no_exception(ledger):
    assert ledger.sql(
        "select code, count(*), sum(exposure_amount) from fct_exception"
        " where company_id = 'BOOKS' and root_exception_id is null group by code order by code"
    ).fetchall() == [
        ("GL_MANUAL_JOURNAL", 1, 7),
        ("GL_WRONG_PERIOD", 1, 8),
        ("RECEIPT_NOT_CAPITALISED", 1, 15),
    ]


def test_e6_revenue_starts_again_with_the_year(ledger):
    assert ledger.sql(
        "select fiscal_year, fiscal_period, actual_amount, actual_period_amount from fct_gl_tieout"
        " where company_id = 'LONELY' and account_code = '4000' order by all"
    ).fetchall() == [
        (2025, 12, -100, -100),
        (2026, 1, 0, 0),
        (2026, 2, -30, -30),
        (2026, 3, -30, 0),
    ]


def test_a_side_that_is_not_there_is_named_and_never_zero(ledger):
    assert tied(ledger, "LONELY", "1000", "expected_amount, difference_amount, status") == [
        (None, None, "no_subledger")
    ]
    assert tied(ledger, "NOBOOKS", "1200", "expected_amount, actual_amount, status") == [
        (20, None, "no_ledger")
    ]


def test_balances_count_before_journals(ledger):
    assert tied(
        ledger, "BALANCES", "1200", "actual_amount, actual_period_amount, is_actual_derived"
    ) == [(25, 20, False)]


def test_an_unbalanced_journal_is_reported_and_kept_in_the_balance(ledger):
    assert ledger.sql(
        "select code, journal_id, exposure_amount from fct_exception where company_id = 'LONELY'"
    ).fetchall() == [("JOURNAL_UNBALANCED", "J2", Decimal("0.0100"))]


def test_e25_lines_after_the_run_take_no_part(ledger):
    assert ledger.sql(
        "select count(*) from fct_gl_tieout where company_id = 'LONELY' and fiscal_period = 4"
    ).fetchone() == (0,)


def test_e15_what_waits_for_its_invoice(ledger):
    assert ledger.sql(
        "select count(*), sum(difference_qty), sum(difference_amount) from fct_receipt_accrual"
        " where company_id = 'BOOKS' and surplus_side = 'received_not_invoiced'"
    ).fetchone() == (6, 41, 103)
