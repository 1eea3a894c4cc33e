"""The published tables of the sample company against its answer key: what is built finds all that
was planted, and nothing else where its rules are whole."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.score import score_version
from tests.warehouse.key import key_rows

# Rules that are whole: everything planted is found once, and nothing else is.
EXACT = (
    "ADJ_UNPROPAGATED", "BILLED_NOT_SHIPPED", "COUNT_VARIANCE", "CREDIT_HOLD", "CREDIT_NO_RETURN",
    "CUST_COMPLIANCE", "CUTOFF_ERROR", "DAMAGE_NOT_VALUED", "DUP_EVENT", "DUP_INVOICE",
    "FEED_DUP", "FEED_GAP",
    "FEED_LATE", "FEED_REJECT", "FEED_SCHEMA", "FREIGHT_PENDING", "GRIR_AGED", "HOLD_AGED",
    "ILLEGAL_TRANSITION", "INVOICE_WRONG_PERIOD", "JOURNAL_UNBALANCED", "LEDGER_SNAPSHOT_GAP",
    "MASTER_MISSING", "MISSED_CHARGE", "NEG_STOCK", "ORDER_CHANGED_AFTER_SHIP", "OVER_PRICED",
    "PHANTOM_STOCK", "POD_MISSING", "POD_SHORT", "PRICE_MISSING", "PRICE_OVERLAP",
    "PRICE_VARIANCE", "QTY_OVER_BILLED", "QTY_SHORT_BILLED", "RECEIPT_NOT_CAPITALISED",
    "RETURN_LIMBO", "RETURN_NO_CREDIT", "RETURN_UNLINKED", "RTV_AGED", "SERIAL_QTY",
    "SHADOW_UPDATE", "SHIP_CONF_MISSING", "SHIP_OVER", "SHIP_SHORT", "SIGN_ODD", "STALE_COST",
    "TAX_BLOCK", "TERMS_LEAK", "UNAPPROVED_TRANSITION", "UNBILLED", "UNCLAIMED_RECOVERY",
    "UNDER_PRICED", "UNMAPPED_TYPE", "UOM_CONFLICT", "XFER_ONE_SIDED", "XFER_QTY_DIFF",
    "XFER_STUCK", "XREF_MISMATCH",
    "GL_AMOUNT_COST", "GL_AMOUNT_FX", "GL_AMOUNT_QTY", "GL_AMOUNT_ROUND",
    "GL_DUPLICATE_POSTING", "GL_MANUAL_JOURNAL", "GL_MISSING_IN_GL", "GL_MISSING_IN_SUBLEDGER",
    "GL_OPENING_DIFF", "GL_TIMING_UNPOSTED", "GL_WRONG_ACCOUNT", "GL_WRONG_PERIOD",
    "MANUAL_JE_FORCE",
)  # fmt: skip
TO_THE_CENT = (
    "BILLED_NOT_SHIPPED", "COUNT_VARIANCE", "CREDIT_HOLD", "CREDIT_NO_RETURN", "CUST_COMPLIANCE",
    "CUTOFF_ERROR", "DUP_INVOICE", "FREIGHT_PENDING", "GRIR_AGED", "INVOICE_WRONG_PERIOD",
    "MISSED_CHARGE",
    "ORDER_CHANGED_AFTER_SHIP", "OVER_PRICED", "POD_MISSING", "POD_SHORT", "PRICE_MISSING",
    "PRICE_OVERLAP", "PRICE_VARIANCE", "QTY_OVER_BILLED", "QTY_SHORT_BILLED",
    "RECEIPT_NOT_CAPITALISED", "RETURN_NO_CREDIT", "SHIP_CONF_MISSING", "SHIP_OVER", "SHIP_SHORT",
    "SIGN_ODD", "STALE_COST", "TAX_BLOCK", "TERMS_LEAK", "UNBILLED", "UNCLAIMED_RECOVERY",
    "UNDER_PRICED",
    "GL_AMOUNT_COST", "GL_AMOUNT_FX", "GL_AMOUNT_QTY", "GL_AMOUNT_ROUND",
    "GL_DUPLICATE_POSTING", "GL_MANUAL_JOURNAL", "GL_MISSING_IN_GL", "GL_MISSING_IN_SUBLEDGER",
    "GL_OPENING_DIFF", "GL_TIMING_UNPOSTED", "GL_WRONG_ACCOUNT", "GL_WRONG_PERIOD",
    "MANUAL_JE_FORCE",
)  # fmt: skip
EQUAL = (
    "fct_stock_position_daily", "fct_stock_position", "fct_stock_move", "fct_ar_item",
    "fct_expected_billing", "fct_expected_journal_line", "fct_gl_tieout",
)  # fmt: skip


@pytest.fixture(scope="module")
def score(demo_workspace: Path):
    return score_version(
        demo_workspace / "published" / "current", demo_workspace / "sample" / "key"
    )


@pytest.fixture(scope="module")
def codes(score):
    return {line.code: line for line in score.codes if not line.is_child}


@pytest.fixture(scope="module")
def tables(demo_workspace: Path):
    serve = demo_workspace / "published" / "current" / "serve.duckdb"
    with duckdb.connect(str(serve), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("code", EXACT)
def test_every_planted_fault_is_found_once_and_nothing_else(codes, code):
    assert codes[code].planted > 0
    assert (codes[code].precision, codes[code].recall) == (1, 1)


@pytest.mark.parametrize("code", TO_THE_CENT)
def test_amounts_are_those_of_the_key(codes, code):
    assert codes[code].amount_error == Decimal(0)


TRAPS = (
    "bill-and-hold", "bill-and-hold release", "cancelled", "cancelled after pick",
    "case billed in pieces", "case unit", "consignment", "consolidated invoice",
    "discount by value date", "drop-ship", "free goods", "freight collect", "held until complete",
    "inside grace", "internal customer", "invoice day", "kit", "lost on the road", "midnight",
    "other currency", "pre-billed", "price given up later", "refused on the road",
    "return to vendor", "returnable packaging", "reversal pair", "rounding", "sample",
    "split shipment", "tax in the price", "transfer", "transfer that looks like a sale", "warranty",
)  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_what_only_looks_like_a_billing_fault_raises_nothing(score, trap):
    (line,) = [line for line in score.traps if line.name == trap]
    assert line.traps > 0
    assert line.alarms == 0, line.codes


@pytest.mark.parametrize("table", EQUAL)
def test_every_cell_is_the_truth(score, table):
    lines = [line for line in score.tables if line.table == table]
    assert sum(line.cells for line in lines) > 0
    assert [line for line in lines if line.equal != line.cells] == []


def test_rejected_rows_and_the_repeated_files_are_counted(demo_workspace, tables):
    planted = key_rows(demo_workspace, "planted")
    rejected = Counter(row["file_name"] for row in planted if row["code"] == "FEED_REJECT")
    assert rejected == Counter(
        dict(
            tables.sql(
                "select file_name, rows_rejected from fct_feed_delivery where rows_rejected > 0"
            ).fetchall()
        )
    )
    repeated = tables.sql("select file_name from fct_feed_delivery where status = 'repeated'")
    assert sorted(row["file_name"] for row in planted if row["code"] == "FEED_DUP") == sorted(
        name for (name,) in repeated.fetchall()
    )


def test_ledger_balances_are_the_truth_in_every_month(demo_workspace, tables):
    truth = {
        (row["company_id"], int(row["date"][5:7]), row["account"]): Decimal(row["closing_amount"])
        for row in key_rows(demo_workspace, "truth_ledger")
    }
    found = tables.sql(
        "select company_id, fiscal_period, account_code, actual_amount from fct_gl_tieout "
        "where fiscal_year = 2025 and fiscal_period <= 12"
    ).fetchall()
    assert {row[:3]: row[3] for row in found} == truth


def test_capability_92_what_is_in_transit_adds_up_to_its_account_on_both_sides(tables):
    """Document by document, by the terms of delivery and by the ledger."""
    listed = tables.sql(
        "select company_id, sum(expected_amount), sum(actual_amount) from mart_in_transit"
        " group by company_id order by company_id"
    ).fetchall()
    tied = tables.sql(
        "select company_id, expected_amount, actual_amount from fct_gl_tieout"
        " where account_role = 'INV_TRANSIT' and fiscal_year = 2025 and fiscal_period = 12"
        " order by company_id"
    ).fetchall()
    assert listed == tied
    assert len(tied) == 2


def test_every_item_that_is_bought_has_a_reorder_point_and_every_line_its_reason(tables):
    """Kits are put together and not bought: no lead time, no point, and the reason says so."""
    silent = tables.sql("select count(*) from mart_reorder where reason is null").fetchone()
    missing = tables.sql(
        "select distinct dim_item.item_type from mart_reorder as advice "
        "inner join dim_item on advice.company_id = dim_item.company_id "
        "and advice.item_id = dim_item.item_id where advice.reorder_point is null"
    ).fetchall()
    assert silent == (0,)
    assert {kind for (kind,) in missing} <= {"kit", "phantom_kit"}


def test_receivables_are_the_truth_at_every_month_end(demo_workspace, tables):
    """Rebuilt for days long past from documents and settlements, not from what is open today."""
    truth = {
        (row["company_id"], row["date"], row["invoice_id"]): (
            row["due_date"],
            Decimal(row["open_amount"]),
        )
        for row in key_rows(demo_workspace, "truth_receivables")
    }
    days = {(company, day) for company, day, _ in truth}
    found = tables.sql(
        "select company_id, cast(date as varchar), invoice_id, cast(due_date as varchar),"
        " open_amount_doc from fct_ar_balance"
    ).fetchall()
    assert len({day for _, day in days}) > 6
    assert {row[:3]: row[3:] for row in found if row[:2] in days} == {
        key: value for key, value in truth.items() if value[1] != 0
    }


def test_capability_64_a_pack_of_ordinary_and_odd_days_finds_exactly_what_was_planted(
    score, codes, tables
):
    """Normal and peak days, returns, sales inside the group and reversals.

    What is told late or changed afterwards is told by the published cases of cost (E01 to E18).
    """
    days = tables.sql(
        "select count(*) from fct_stock_move where event_code in ('E19', 'E20')"
        " group by company_id, posting_date order by count(*)"
    ).fetchall()
    assert days[-1][0] > 2 * days[len(days) // 2][0], "a peak"
    for events in (("E29", "E31"), ("E42",), ("E58",)):
        (found,) = tables.sql(
            f"select count(*) from fct_stock_move where event_code in {(*events, '')}"
        ).fetchone()
        assert found > 0, events
    assert {code for code in EXACT if codes[code].precision * codes[code].recall == 1} == set(EXACT)
    assert [line.name for line in score.traps if line.alarms] == []


def test_every_measure_of_a_month_can_be_asked_again_of_its_rows(tables):
    asked = tables.sql(
        "select query, numerator, denominator from mart_kpi where numerator is not null"
        " and dimension = 'company' and period_start_date = '2025-11-01'"
    ).fetchall()
    assert len(asked) > 50
    assert [row for row in asked if tables.sql(row[0]).fetchone() != row[1:]] == []


def test_capability_97_four_questions_have_a_number_and_rows_and_four_trends_six_months(tables):
    """Traced without a gap, closed on one day, journals that only force; channels that show another
    figure than is available are told by the stories of availability, for no channel of the sample
    sends what it shows. Four backtests make four months of forecasts."""
    traced, lines = tables.sql(
        "select count(*) filter (where is_whole), count(*) from (select bool_and(status <> 'MISSING')"
        " as is_whole from mart_trace group by company_id, order_id, order_line)"
    ).fetchone()
    assert 0 < traced <= lines
    (spread,) = tables.sql(
        "select max(module_spread_days) from mart_close where task_kind = 'period'"
    ).fetchone()
    assert spread >= 0
    forced = tables.sql(
        "select count(*), sum(exposure_amount) from fct_exception where code = 'MANUAL_JE_FORCE'"
    ).fetchone()
    assert forced[0] > 0 and forced[1] > 0
    trends = dict(
        tables.sql(
            "select kpi_code, count(*) from mart_kpi where dimension = 'company' and value is not"
            " null and is_period_over and definition <> '' and company_id = 'NORDA' and kpi_code in"
            " ('days_to_close', 'fill_rate_line', 'forecast_error', 'days_of_stock') group by kpi_code"
        ).fetchall()
    )
    assert set(trends) == {"days_to_close", "fill_rate_line", "forecast_error", "days_of_stock"}
    assert min(trends["days_to_close"], trends["fill_rate_line"], trends["days_of_stock"]) >= 6
