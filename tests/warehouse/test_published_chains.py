"""Published chains of postings, each named by its number in the collection of oracles, and one
event of every kind."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

Booked = dict[tuple[str | None, str], tuple[Decimal, Decimal]]


def booked(ledger: duckdb.DuckDBPyConnection, company: str) -> Booked:
    """Debits and credits of a company by event and role."""
    return {
        (event, role): (debit, credit)
        for event, role, debit, credit in ledger.sql(
            "select event_code, account_role,"
            " sum(greatest(expected_amount, 0)), -sum(least(expected_amount, 0))"
            " from fct_expected_journal_line"
            f" where company_id = '{company}' and line_purpose = 'event' group by all"
        ).fetchall()
    }


def turned_over(told: Booked, role: str) -> tuple[Decimal, Decimal]:
    """Debit and credit of a role over all events."""
    sides = [amounts for (_, name), amounts in told.items() if name == role]
    return sum(debit for debit, _ in sides), sum(credit for _, credit in sides)  # type: ignore[return-value]


def test_g01_expected_cost_waits_and_is_turned_round_by_the_invoice(ledger):
    told = booked(ledger, "G01")
    assert told["E05", "INV_INTERIM"] == (95, 0)
    assert told["E05", "GRIR"] == (0, 95)
    assert told["E10", "INV_INTERIM"] == (0, 95)
    assert told["E10", "GRIR"] == (95, 0)
    assert told["E10", "INV"] == (100, 0)
    assert told["E10", "AP"] == (0, 100)


def test_g04_from_purchase_to_cash_at_standard_and_at_average(ledger):
    told = booked(ledger, "G04")
    assert turned_over(told, "GRIR") == (46, 46)
    assert turned_over(told, "INV") == (50, 28)
    assert (told["E19", "INV_INTERIM"], told["E23", "INV_INTERIM"]) == ((28, 0), (0, 28))
    assert told["E23", "COGS"] == (28, 0)
    assert turned_over(told, "REVENUE") == (0, 50)
    assert turned_over(told, "AP") == (0, 44)
    # what differs from cost: 44.00 against 50.00, of which average cost is expensed
    variance = [told.get(key, (0, 0)) for key in [("E05", "PPV"), ("E10", "PPV"), ("E10", "COGS")]]
    assert sum(debit - credit for debit, credit in variance) == 44 - 50


def test_g05_goods_received_and_billed_in_another_currency_clear(ledger):
    told = booked(ledger, "G05")
    assert turned_over(told, "INV") == (1130, 0)
    assert turned_over(told, "GRIR") == (1130, 1130)
    assert turned_over(told, "AP") == (0, Decimal("1344.70"))
    assert turned_over(told, "TAX_INPUT") == (Decimal("214.70"), 0)


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
        "select event_code, list(distinct account_role || ' ' || account_code || ' '"
        " || cast(expected_amount as decimal(18, 2)) order by all), sum(expected_amount)"
        " from fct_expected_journal_line where company_id = 'EACH'"
        " and event_code in ('E05', 'E10', 'E19', 'E36', 'E37', 'E38', 'E39')"
        " group by event_code order by event_code"
    ).fetchall()
    assert [balance for _, _, balance in entries] == [0] * 7
    assert {event: lines for event, lines, _ in entries} == {
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
