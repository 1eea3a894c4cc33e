"""The same trade under six posting profiles: which entries each ledger should hold."""

from __future__ import annotations

import duckdb
import pytest

from tests.warehouse.posting_stories import ODD

Rows = list[tuple[object, ...]]

# event, role, amount: what every profile books
BOUGHT = [
    (None, "AP", 22.01), (None, "CASH", -21.01), (None, "PPV", -1.00),
    ("E10", "AP", -22.01), ("E10", "GRIR", 20.00), ("E10", "ROUNDING", 0.01),
    ("E10", "TAX_INPUT", 2.00),
]  # fmt: skip
PAID = [("E59", "AR", -16.50), ("E59", "CASH", 20.00), ("E59", "UNAPPLIED_CASH", -3.50)]
BILLED = [("E23", "AR", 16.50), ("E23", "REVENUE", -15.00), ("E23", "TAX_PAYABLE", -1.50)]
RECEIVED = [("E05", "GRIR", -20.00), ("E05", "INV", 20.00)]
AT_ISSUE = [
    *RECEIVED, *BILLED, ("E19", "COGS", 4.00), ("E19", "INV", -4.00), ("E20", "COGS", 10.00),
    ("E20", "INV", -10.00),
]  # fmt: skip
BOOKED = {
    "CONTROL": [
        *RECEIVED, ("E19", "COGS", 4.00), ("E19", "INV", -4.00), ("E19", "REVENUE", -6.00),
        ("E19", "UNBILLED_AR", 6.00), ("E20", "INV", -10.00), ("E20", "INV_TRANSIT", 10.00),
        ("E21", "COGS", 10.00), ("E21", "INV_TRANSIT", -10.00), ("E21", "REVENUE", -15.00),
        ("E21", "UNBILLED_AR", 15.00), ("E23", "AR", 16.50), ("E23", "TAX_PAYABLE", -1.50),
        ("E23", "UNBILLED_AR", -15.00),
    ],
    "SAP": AT_ISSUE,
    "NETSUITE": AT_ISSUE,
    "D365": [*AT_ISSUE, ("E23", "COGS", 0), ("E23", "INV", 0)],
    "BC": [
        ("E05", "GRIR", -20.00), ("E05", "INV_INTERIM", 20.00), ("E10", "INV", 20.00),
        ("E10", "INV_INTERIM", -20.00), ("E19", "INV", -4.00), ("E19", "INV_INTERIM", 4.00),
        ("E20", "INV", -10.00), ("E20", "INV_INTERIM", 10.00), *BILLED, ("E23", "COGS", 10.00),
        ("E23", "INV_INTERIM", -10.00),
    ],
    "PERIODIC": [
        ("E05", "COGS", 20.00), ("E05", "GRIR", -20.00), *BILLED, (None, "COGS", -6.00),
        (None, "INV", 6.00),
    ],
}  # fmt: skip


def _ordered(told: list[tuple[str | None, str, float]]) -> Rows:
    return sorted(told, key=lambda row: (row[0] or "", row[1]))


@pytest.mark.parametrize("company", BOOKED)
def test_capability_54_each_profile_books_a_trade_in_its_own_way(
    company: str, ledger: duckdb.DuckDBPyConnection
):
    told = ledger.sql(
        "select event_code, account_role, cast(sum(expected_amount) as double)"
        " from fct_expected_journal_line"
        f" where company_id = '{company}' and line_purpose = 'event'"
        " group by event_code, account_role"
    ).fetchall()
    assert _ordered(told) == _ordered([*BOUGHT, *PAID, *BOOKED[company]])


@pytest.mark.parametrize("company", [name for name in BOOKED if name != "CONTROL"])
def test_a_late_profile_lacks_what_was_earned_and_not_billed(company, ledger):
    lacking = ledger.sql(
        "select source_doc_id, posting_date::varchar, account_role, cast(sum(expected_amount) as double)"
        " from fct_expected_journal_line"
        f" where company_id = '{company}' and line_purpose = 'cutoff_adjustment'"
        " group by all order by all"
    ).fetchall()
    cost = [("COGS", 4.0), ("INV_INTERIM", -4.0)] if company == "BC" else []
    roles = sorted([*cost, ("REVENUE", -6.0), ("UNBILLED_AR", 6.0)])
    assert lacking == [
        *[("CUTOFF-2026-03", "2026-03-31", role, amount) for role, amount in roles],
        *[("CUTOFF-2026-03-BACK", "2026-04-01", role, -amount) for role, amount in roles],
    ]


@pytest.mark.parametrize(
    "company,cost,revenue",
    [
        ("SAP", "2026-03-05", "2026-03-10"),
        ("CONTROL", "2026-03-08", "2026-03-08"),
        ("BC", "2026-03-10", "2026-03-10"),
    ],
)
def test_capability_54_the_day_of_cost_and_of_revenue_is_the_profiles(
    company, cost, revenue, ledger
):
    assert ledger.sql(
        "select account_role, min(posting_date)::varchar from fct_expected_journal_line"
        f" where company_id = '{company}' and line_purpose = 'event' and abs(expected_amount) in (10, 15)"
        " and account_role in ('COGS', 'REVENUE') group by all order by all"
    ).fetchall() == [("COGS", cost), ("REVENUE", revenue)]


def test_control_transfer_lacks_nothing_at_the_end_of_a_period(ledger):
    assert ledger.sql(
        "select count(*) from fct_expected_journal_line"
        " where company_id = 'CONTROL' and line_purpose <> 'event'"
    ).fetchall() == [(0,)]


def test_every_expected_journal_balances_and_names_its_documents(ledger):
    assert (
        ledger.sql(
            "select company_id, expected_journal_id from fct_expected_journal_line"
            f" where company_id in {tuple(BOOKED)}"
            " group by company_id, expected_journal_id, currency, fiscal_year, fiscal_period"
            " having sum(expected_amount) <> 0"
        ).fetchall()
        == []
    )
    assert ledger.sql(
        "select distinct source_doc_type, source_doc_id, source_doc_line"
        " from fct_expected_journal_line where company_id = 'CONTROL' order by all"
    ).fetchall() == [
        ("cash_receipt", "CR1", ""),
        ("cash_receipt", "CR1", "1"),
        ("invoice", "F1", ""),
        ("invoice", "F1", "1"),
        ("payment", "PAY1", "1"),
        ("receipt", "R1", "1"),
        ("shipment", "S1", "1"),
        ("shipment", "S2", "1"),
        ("supplier_invoice", "V1", ""),
        ("supplier_invoice", "V1", "1"),
    ]


def test_a_role_without_an_account_and_one_with_two_are_named(ledger):
    assert ledger.sql(
        "select business_key, rule_id, evidence ->> 'fault', evidence ->> 'accounts'"
        " from fct_exception"
        " where company_id = 'MAPLESS' and code = 'MASTER_MISSING'"
        " and business_key like 'account role%' order by all"
    ).fetchall() == [
        (
            "account role|CASH", "every role has one account for one subject", "several accounts",
            "1000, 1001",
        ),
        (
            "account role|UNAPPLIED_CASH", "every role that an entry needs has an account",
            "no account", "",
        ),
    ]  # fmt: skip


def test_roles_without_one_account_stop_the_tie_out_of_their_company_alone(ledger):
    why = "The tie-out is stopped: no single account for CASH and 1 more."
    assert ledger.sql(
        "select distinct company_id, stopped_because from fct_gl_tieout"
        " where stopped_because is not null"
    ).fetchall() == [("MAPLESS", f"{why} Next: add a row to policy_account_role.")]


@pytest.mark.parametrize("company", [*BOOKED, *ODD])
def test_a_ledger_that_holds_just_what_its_profile_books_shows_no_item_at_all(company, ledger):
    compared = ledger.sql(
        "select count(*), sum(abs(actual_amount)), sum(abs(actual_amount - expected_amount)),"
        " sum(abs(unexplained_amount)), count(*) filter (where status <> 'agrees' and account_role <> 'OTHER')"
        f" from fct_gl_tieout where company_id = '{company}'"
        " and account_code in (select account_code from fct_journal_line where company_id = "
        f"'{company}')"
    ).fetchone()
    assert compared[0] > 8 and compared[1] > 0
    assert compared[2:] == (0, 0, 0)
    assert (
        ledger.sql(
            f"select * from fct_gl_reconciling_item where company_id = '{company}'"
        ).fetchall()
        == []
    )
    assert (
        ledger.sql(
            f"select code, business_key from fct_exception where company_id = '{company}'"
            " and (code like 'GL%' or code in ('CUTOFF_ERROR', 'MANUAL_JE_FORCE', 'MASTER_MISSING',"
            " 'JOURNAL_UNBALANCED', 'RECEIPT_NOT_CAPITALISED'))"
        ).fetchall()
        == []
    )


def test_a_fiscal_year_of_its_own_keeps_its_periods_to_their_days(ledger):
    assert ledger.sql(
        "select company_id, fiscal_period, min(period_start_date)::varchar,"
        " max(period_end_date)::varchar from fct_gl_tieout"
        " where company_id in ('JULY', 'WEEKS') group by all order by all"
    ).fetchall() == [
        ("JULY", 9, "2026-03-01", "2026-03-31"),
        ("WEEKS", 3, "2026-02-26", "2026-03-25"),
        ("WEEKS", 4, "2026-03-26", "2026-04-22"),
    ]
