"""Each role sees its subjects, columns and rows, and nothing else, wherever data is read."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from reporting.access import Role, Viewer, subject_of
from reporting.access.roles import scope, sees_column
from reporting.published import Published

ROOT = Path(__file__).resolve().parents[3]
COST_COLUMN = ("fct_stock_position", "value_amount")
LEDGER = "fct_gl_tieout"


def seen_by(published: Path, role: Role, *companies: str) -> Published:
    return Published(published, Viewer(role, frozenset(companies) if companies else None))


@pytest.mark.parametrize(
    ("role", "sees_cost", "sees_ledger"),
    [
        (Role.SALES, False, False),
        (Role.WAREHOUSE, False, False),
        (Role.PLANNING, True, False),
        (Role.FINANCE, True, True),
        (Role.AUDITOR, True, True),
        (Role.ADMIN, True, True),
    ],
)
def test_a_role_sees_cost_and_ledger_or_not(
    published_sample: Path, role: Role, *, sees_cost: bool, sees_ledger: bool
) -> None:
    published = seen_by(published_sample, role)
    names = {column.name for column in published.columns(COST_COLUMN[0])}
    assert (COST_COLUMN[1] in names) == sees_cost
    assert (LEDGER in published.tables()) == sees_ledger
    codes = {row["code"] for row in published.rows("select distinct code from fct_exception")}
    assert ("GL_WRONG_ACCOUNT" in codes) == sees_ledger
    assert "UNBILLED" in codes


@pytest.mark.parametrize("role", [Role.SALES, Role.WAREHOUSE])
def test_a_hidden_column_cannot_be_asked_for(published_sample: Path, role: Role) -> None:
    published = seen_by(published_sample, role)
    for query in (
        "select value_amount from fct_stock_position",
        "select item_id from fct_stock_position where value_amount > 100",
        "select item_id from fct_stock_position order by value_amount",
        "select * from fct_gl_tieout",
    ):
        with pytest.raises(duckdb.Error):
            published.frame(query)


@pytest.mark.parametrize("role", [Role.SALES, Role.WAREHOUSE])
def test_an_exposure_at_cost_is_blank_and_one_at_sales_price_is_not(
    published_sample: Path, role: Role
) -> None:
    found = {
        row["code"]: (row["exposure_amount"], row["evidence"])
        for row in seen_by(published_sample, role).rows(
            "select code, exposure_amount, evidence from fct_exception order by exception_id desc"
        )
    }
    assert found["NEG_STOCK"] == (None, None)
    assert found["UNDER_PRICED"][0] == Decimal("512.2500")


@pytest.mark.parametrize("role", list(Role))
def test_rows_of_other_companies_are_not_there(published_sample: Path, role: Role) -> None:
    published = seen_by(published_sample, role, "SOUTH")
    for table in published.tables():
        if "company_id" in {column.name for column in published.columns(table)}:
            found = published.rows(f"select distinct company_id from {table}")
            assert {row["company_id"] for row in found} <= {"SOUTH"}, table


def test_a_viewer_of_no_company_sees_no_rows(published_sample: Path) -> None:
    published = Published(published_sample, Viewer(Role.ADMIN, frozenset()))
    assert published.one("select count(*) as n from mart_unbilled")["n"] == 0


def test_a_company_name_with_a_quote_stays_a_name(published_sample: Path) -> None:
    published = seen_by(published_sample, Role.ADMIN, "x') or ('1'='1")
    assert published.one("select count(*) as n from mart_unbilled")["n"] == 0


def test_a_table_nobody_has_described_is_hidden() -> None:
    assert scope(Viewer(Role.FINANCE), "fct_new_thing", ["company_id"]) is None
    assert scope(Viewer(Role.AUDITOR), "fct_new_thing", ["company_id"]) is not None


def test_a_column_is_hidden_by_the_words_in_its_name() -> None:
    sales = Viewer(Role.SALES)
    hidden = ("unit_cost", "movement_cost_amount", "cogs_amount", "gross_margin_amount")
    assert [name for name in hidden if sees_column(sales, "fct_cost_entry", name)] == []
    shown = ("is_valued", "open_amount", "cost_center", "costing_method", "expected_unit_price")
    assert [name for name in shown if not sees_column(sales, "fct_cost_entry", name)] == []


@pytest.mark.parametrize(
    ("role", "sees", "is_kept_from"),
    [
        (Role.SALES, (), ("cash_out", "revenue", "cogs", "cash_in", "forecast_qty")),
        (Role.WAREHOUSE, (), ("cash_out", "revenue", "cogs", "cash_in", "forecast_qty")),
        (Role.PLANNING, ("cash_out", "forecast_qty"), ("revenue", "cogs", "cash_in")),
        (Role.FINANCE, ("cash_out", "revenue", "cogs", "cash_in", "forecast_qty"), ()),
        (Role.AUDITOR, ("cash_out", "revenue", "cogs", "cash_in", "forecast_qty"), ()),
        (Role.ADMIN, ("cash_out", "revenue", "cogs", "cash_in", "forecast_qty"), ()),
    ],
)
def test_of_the_plan_in_money_planners_read_units_and_purchases(
    published_sample: Path, role: Role, sees: tuple[str, ...], is_kept_from: tuple[str, ...]
) -> None:
    published = seen_by(published_sample, role)
    names = {column.name for column in published.columns("mart_financial_plan")}
    assert names >= set(sees) and not names & set(is_kept_from)
    for column in is_kept_from:
        with pytest.raises(duckdb.Error):
            published.frame(f"select count(*) from mart_financial_plan where {column} > 0")
    planning = Viewer(Role.PLANNING)
    assert not sees_column(planning, "mart_financial_plan", "what_is_added_tomorrow")


def test_every_table_of_the_project_has_a_subject() -> None:
    files = (ROOT / "dbt_project" / "models" / "marts").rglob("*.sql")
    tables = [file.stem for file in files if re.match(r"(dim|fct|mart)_", file.stem)]
    assert [table for table in tables if subject_of(table) is None] == []
