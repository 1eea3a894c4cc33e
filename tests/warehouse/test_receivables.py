"""Receivables and cash: each story of receivable_stories told to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from pipelines.engines.matching.cash_frames import propose_cash
from tests.warehouse.project_sql import Built
from tests.warehouse.receivable_stories import TABLES
from tests.warehouse.small_warehouse import prepare

Rows = list[tuple[object, ...]]
READ = (
    "fct_ar_item",
    "fct_ar_balance",
    "fct_open_item_check",
    "mart_ar_aging",
    "mart_dunning",
    "mart_credit_exposure",
    "mart_dso",
    "int_cash__receipt",
    "int_cash__reference",
    "int_cash__open_item",
    "int_cash__policy",
    "int_exception__terms",
    "mart_dispute_pack",
    "fct_dispute_event",
)


@pytest.fixture(scope="module")
def books(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The stories, built; money and grain tests of dbt have passed by then."""
    home = tmp_path_factory.mktemp("receivables")
    with built(prepare(home, TABLES), *READ) as connection:
        yield connection


@pytest.fixture(scope="module")
def proposals(books: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    """What the engine proposes for the payments of PAID, and what it says of each."""
    tables = (
        books.sql(f"select * from int_cash__{name} where company_id = 'PAID' order by all").pl()
        for name in ("receipt", "reference", "open_item", "policy")
    )
    proposed, verdicts = propose_cash(*tables)
    return {
        "proposed": proposed.select(
            "receipt_id", "invoice_id", "rule_code", "applied_amount", "discount_amount",
            "deduction_amount",
        ).rows(),
        "verdicts": verdicts.select("receipt_id", "outcome").rows(),
    }  # fmt: skip


def item(books: duckdb.DuckDBPyConnection, invoice: str, columns: str) -> Rows:
    return books.sql(
        f"select {columns} from fct_ar_item where invoice_id = '{invoice}' order by instalment"
    ).fetchall()


def dunned(books: duckdb.DuckDBPyConnection, invoice: str) -> Rows:
    return books.sql(
        "select dunning_level, is_to_be_dunned, skip_reason from mart_dunning"
        f" where invoice_id = '{invoice}' order by instalment"
    ).fetchall()


def test_capability_39_day_36_of_an_invoice_2_10_net_30(books):
    assert item(
        books,
        "DAY36",
        "discount_date, discount_amount_doc, due_date, days_past_due, age_bucket, dunning_level",
    ) == [(date(2026, 3, 5), Decimal(20), date(2026, 3, 25), 6, "1-30", 1)]
    assert dunned(books, "DAY36") == [(1, True, None)], "the dispute is closed, the promise broken"


def test_terms_of_the_customer_hold_where_the_invoice_names_none(books):
    assert item(books, "MASTER", "terms_code, due_date, due_date_source") == [
        ("14 days", date(2026, 3, 15), "terms")
    ]


def test_instalments_fall_due_one_by_one_and_payments_settle_the_first(books):
    assert item(books, "PARTS", "instalment, due_date, open_amount, age_bucket") == [
        (1, date(2026, 2, 10), 0, "current"),
        (2, date(2026, 3, 10), 50, "1-30"),
        (3, date(2026, 4, 10), 100, "current"),
    ]
    assert dunned(books, "PARTS") == [(2, True, None)]


@pytest.mark.parametrize(
    ("invoice", "reason"),
    [
        ("PROMISED", "promise to pay"),
        ("DISPUTED", "disputed"),
        ("HELD", "credit hold"),
        ("SMALL", "below the minimum"),
    ],
)
def test_what_keeps_an_invoice_from_being_dunned(books, invoice, reason):
    assert dunned(books, invoice) == [(3, False, reason)], "59 days past due"


def test_a_cancelled_invoice_is_not_dunned(books):
    assert dunned(books, "UNDONE") == []


def test_receivables_of_an_earlier_day_do_not_know_later_payments(books):
    assert books.sql(
        "select date, sum(open_amount) from fct_ar_balance where invoice_id = 'PARTS'"
        " group by date order by date"
    ).fetchall() == [(date(2026, 1, 31), 300), (date(2026, 2, 28), 150), (date(2026, 3, 31), 150)]


def test_ageing_sums_to_the_receivables_both_ways(books):
    assert (
        books.sql(
            "select sum(open_amount), sum(open_amount_by_invoice_date),"
            " (select sum(open_amount) from fct_ar_item where company_id = 'OWED')"
            " from mart_ar_aging where company_id = 'OWED'"
        ).fetchone()
        == (Decimal("6424.99"),) * 3
    )


def test_open_items_of_the_ledger_against_ours_on_the_day_of_its_list(books):
    # R2 came on the 25th and was applied on the 30th: on the 28th it was money without a place
    assert books.sql(
        "select document_id, expected_amount_doc, actual_amount_doc, status"
        " from fct_open_item_check where company_id = 'LISTS' order by all"
    ).fetchall() == [
        ("3", 0, 5, "missing in ours"),
        ("PARTPAID", 60, 100, "differs"),
        ("R2", -60, 0, "missing in the list"),
        ("SAME", 100, 100, "agrees"),
        ("UNLISTED", 60, 0, "missing in the list"),
    ]


def test_a_mark_of_an_older_list_counts_for_the_level_and_not_for_the_dispute(books):
    assert item(books, "UNLISTED", "source_dunning_level, is_on_hold") == [(1, False)]
    assert item(books, "SAME", "source_dunning_level") == [(2,)]


def test_credit_exposure_counts_each_sale_once(books):
    # ordered 10, one cancelled; 5 shipped, 3 of them billed; one paid of what was billed
    assert books.sql(
        "select open_amount, unbilled_amount, ordered_amount, exposure_amount, is_over_limit"
        " from mart_credit_exposure where company_id = 'RISK'"
    ).fetchall() == [(29, 20, 40, 89, True)]


def test_dso_in_its_readings(books):
    assert books.sql(
        "select window_days, dso_days, dso_best_possible_days, days_to_cash"
        " from mart_dso where company_id = 'RISK' and is_as_of"
    ).fetchall() == [(30, 29, 29, 49)]


def test_capability_40_a_payment_in_the_discount_window_takes_the_discount(proposals):
    assert proposals["proposed"] == [
        ("EARLY", "A", "R2", Decimal(980), Decimal(20), 0),
        ("SUBSET", "B", "R3", Decimal(400), 0, 0),
        ("SUBSET", "C", "R3", Decimal(250), 0, 0),
        ("NAMED", "DEDUCTED", "R1", Decimal(180), 0, Decimal(20)),
        ("IN-TEXT", "LOST", "R1", Decimal(300), 0, 0),
    ]


def test_what_two_items_fit_and_whose_payer_nobody_knows_is_left_alone(proposals):
    assert proposals["verdicts"] == [
        ("EARLY", "matched"),
        ("EITHER", "not unique"),
        ("SUBSET", "matched"),
        ("NAMELESS", "payer unknown"),
        ("NAMED", "matched"),
        ("IN-TEXT", "matched"),
    ]


def test_capability_40_a_dispute_has_its_order_shipment_proof_price_and_history(books):
    assert books.sql(
        "select is_open, owner_role, order_id, shipment_id, pod_ref, signed_by, price_source,"
        " actual_unit_price_doc, expected_unit_price_doc, prior_count, prior_accepted_count"
        " from mart_dispute_pack where company_id = 'RISK' order by dispute_id"
    ).fetchall() == [
        (False, "pricing", "O1", "S1", "POD-7", "Mr Smith", "order_price", 10, 10, 0, 0),
        (True, "logistics", "O1", "S1", "POD-7", "Mr Smith", "order_price", 10, 10, 1, 1),
    ]
    assert books.sql(
        "select event_kind, document_id from fct_dispute_event"
        " where company_id = 'RISK' and dispute_id = 'E2' order by position"
    ).fetchall() == [
        ("ordered", "O1"),
        ("invoiced", "BILLED"),
        ("shipped", "S1"),
        ("delivered", "S1"),
        ("pod_signed", "S1"),
        ("disputed before", "E1"),
        ("disputed", "E2"),
        ("settled", "R1"),
    ]


def test_ruling_d22_terms_leak_by_value_date_and_by_days_given_away(books):
    # 3650.00 for ten days at 8 % a year
    assert books.sql(
        "select invoice_id, exposure_amount, rule_id from int_exception__terms order by all"
    ).fetchall() == [
        ("GENEROUS", 8, "due date as agreed"),
        ("LATE", 10, "discount inside the terms"),
    ]
