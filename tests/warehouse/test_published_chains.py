"""Published chains of postings, each named by its number in the collection of oracles, and one
event of every kind."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

Booked = dict[tuple[str | None, str], Decimal]


def booked(ledger: duckdb.DuckDBPyConnection, company: str) -> Booked:
    """What each event debits (+) and credits (-) a role with."""
    return {
        (event, role): amount
        for event, role, amount in ledger.sql(
            "select event_code, account_role, sum(expected_amount) from fct_expected_journal_line"
            f" where company_id = '{company}' and line_purpose = 'event' group by all"
        ).fetchall()
    }


def test_g01_expected_cost_waits_and_is_turned_round_by_the_invoice(ledger):
    assert booked(ledger, "G01") == {
        ("E05", "INV_INTERIM"): 95, ("E05", "GRIR"): -95,
        ("E10", "INV_INTERIM"): -95, ("E10", "GRIR"): 95,
        ("E10", "INV"): 100, ("E10", "AP"): -100,
    }  # fmt: skip


def test_g04_from_purchase_to_sale_at_standard_and_at_average(ledger):
    told = booked(ledger, "G04")
    assert (told["E05", "GRIR"], told["E10", "GRIR"]) == (-46, 46)
    assert (told["E10", "INV"], told["E19", "INV"]) == (50, -28)
    assert (told["E19", "INV_INTERIM"], told["E23", "INV_INTERIM"]) == (28, -28)
    assert (told["E23", "COGS"], told["E23", "REVENUE"], told["E10", "AP"]) == (28, -50, -44)
    # what differs from cost: 44.00 against 50.00; late cost of an average is expensed here
    differing = [("E05", "PPV"), ("E10", "PPV"), ("E10", "COGS")]
    assert sum(told.get(key, Decimal(0)) for key in differing) == 44 - 50


def test_g05_goods_received_and_billed_in_another_currency_clear(ledger):
    assert booked(ledger, "G05") == {
        ("E05", "INV"): 1130, ("E05", "GRIR"): -1130, ("E10", "GRIR"): 1130,
        ("E10", "AP"): Decimal("-1344.70"), ("E10", "TAX_INPUT"): Decimal("214.70"),
    }  # fmt: skip


def test_f16_a_bill_above_the_receipt_is_one_finding_with_its_entry(ledger):
    found = ledger.sql(
        "select code, exposure_amount, exception_id from fct_exception"
        " where company_id = 'F16' and code like 'GL%'"
    ).fetchall()
    assert [row[:2] for row in found] == [("GL_AMOUNT_COST", 200_000)]
    assert sorted(
        ledger.sql(
            "select account_code, debit_amount - credit_amount from mart_proposed_journal"
            " where company_id = 'F16'"
        ).fetchall()
    ) == [("GRIR", -200_000), ("INV", 200_000)]


@pytest.mark.parametrize("account,difference", [("GRIR", 200_000), ("INV", -200_000)])
def test_f16_both_accounts_say_by_how_much_they_are_off(ledger, account, difference):
    assert ledger.sql(
        "select difference_amount, unexplained_amount from fct_gl_tieout"
        f" where company_id = 'F16' and account_code = '{account}' and fiscal_period = 3"
    ).fetchall() == [(difference, 0)]


def test_capability_41_one_of_each_event_books_its_roles_and_accounts_and_balances(ledger):
    entries = ledger.sql(
        "select event_code, list(account_role || ' ' || account_code || ' '"
        " || cast(expected_amount as decimal(18, 2))), sum(expected_amount)"
        " from fct_expected_journal_line where company_id = 'EACH'"
        " and event_code in ('E05', 'E10', 'E19', 'E36', 'E37', 'E38', 'E39')"
        " group by event_code order by event_code"
    ).fetchall()
    assert [balance for _, _, balance in entries] == [0] * 7
    assert {event: sorted(lines) for event, lines, _ in entries} == {
        "E05": ["GRIR GRIR -20.00", "INV INV 20.00"],
        "E10": ["AP AP -20.00", "GRIR GRIR 20.00"],
        "E19": [
            "COGS COGS 4.00",
            "INV INV -4.00",
            "REVENUE REVENUE -20.00",
            "UNBILLED_AR UNBILLED_AR 20.00",
        ],
        "E36": ["INV INV-B -2.00", "WRITE_OFF WRITE_OFF 2.00"],
        "E37": ["INV INV 2.00", "INV_ADJ INV_ADJ -2.00"],
        "E38": ["INV INV -6.00", "INV_TRANSIT INV_TRANSIT 6.00"],
        "E39": ["INV INV-B 6.00", "INV_TRANSIT INV_TRANSIT -6.00"],
    }
