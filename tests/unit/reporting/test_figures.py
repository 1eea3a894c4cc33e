"""Every figure of the first page is what its rows add up to, and opens exactly these rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reporting.access import Role, Viewer
from reporting.figures import breakdowns
from reporting.figures.feeds import companies, feed_troubles
from reporting.figures.headline import (
    figures,
    open_exceptions,
    rejected_rows,
    stock_value,
    unbilled,
    unexplained_ledger,
)
from reporting.figures.records import Breakdown, Money, total_of
from reporting.published import Published
from reporting.rows import count_rows, fetch_rows, selection
from tests.unit.reporting.published_sample import TABLES, write_version


@pytest.fixture
def published(published_sample: Path) -> Published:
    return Published(published_sample)


def test_unbilled_counts_lines_and_orders_and_keeps_currencies_apart(
    published: Published,
) -> None:
    figure = unbilled(published)
    assert figure.amounts == (
        Money(Decimal("825.0000"), "EUR"),
        Money(Decimal("75.0000"), "USD"),
    )
    assert figure.counted == "14 lines in 8 orders"


def test_open_exceptions_leave_out_the_resolved_and_add_sizes(published: Published) -> None:
    figure = open_exceptions(published, "NORTH")
    # the ledger exception is -21,745.50: it makes the rest no smaller
    assert figure.amounts == (Money(Decimal("26433.2500"), "EUR"),)
    assert (figure.counted, figure.note) == ("6 problems", "2 high or critical")


def test_stock_value_takes_the_currency_of_the_company_and_says_what_has_no_cost(
    published: Published,
) -> None:
    figure = stock_value(published)
    assert figure.amounts == (
        Money(Decimal("1502.7500"), "EUR"),
        Money(Decimal("55.0000"), "USD"),
    )
    assert figure.note == "1 position without a cost"
    assert figure.is_bad


def test_the_ledger_figure_takes_the_last_period_only_and_adds_sizes(
    published: Published,
) -> None:
    figure = unexplained_ledger(published, "NORTH")
    assert figure.amounts == (Money(Decimal("90.0000"), "EUR"),)
    assert (figure.counted, figure.note) == ("2 of 4 accounts", "period 2026-03")


def test_rejected_rows_stand_beside_all_rows_read(published: Published) -> None:
    figure = rejected_rows(published)
    assert (figure.count, figure.counted, figure.note) == (1, "of 1,988 rows read", "1 delivery")


def test_rejected_rows_open_one_by_one_where_each_is_an_exception(
    published: Published, tmp_path: Path
) -> None:
    assert rejected_rows(published).opens.table == "fct_exception"
    write_version(tmp_path, without=("fct_exception",))
    assert rejected_rows(Published(tmp_path)).opens.table == "fct_feed_delivery"


def test_a_problem_that_follows_from_another_is_not_counted_twice(published: Published) -> None:
    ledger = [
        one
        for one in breakdowns.exceptions_by_owner(published, "NORTH").slices
        if one.label == "Ledger"
    ]
    assert [(one.count, one.amounts) for one in ledger] == [
        (1, (Money(Decimal("21745.5000"), "EUR"),))
    ]


@pytest.mark.parametrize("company", [None, "NORTH", "SOUTH"])
def test_every_figure_opens_the_rows_it_was_made_of(
    published: Published, company: str | None
) -> None:
    by_figure = {
        "unbilled": "open_amount",
        "exceptions": "exposure_amount",
        "stock": "value_amount",
        "ledger": "unexplained_amount",
        "rejected": "rows_rejected",
    }
    for figure in figures(published, company):
        rows = fetch_rows(published, figure.opens)
        if figure.name == "rejected" and figure.opens.table == "fct_exception":
            assert figure.count == rows.height
            continue
        values = rows[by_figure[figure.name]].drop_nulls().to_list()
        if figure.name in ("exceptions", "ledger"):
            values = [abs(value) for value in values]
        shown = sum(money.amount for money in figure.amounts) if figure.amounts else figure.count
        assert shown == sum(values), figure.name


@pytest.mark.parametrize(
    "breakdown",
    [
        breakdowns.exceptions_by_code,
        breakdowns.exceptions_by_owner,
        breakdowns.unbilled_by_age,
        breakdowns.unbilled_by_month,
        breakdowns.stock_by_state,
    ],
)
def test_every_bar_opens_as_many_rows_as_it_counts(published: Published, breakdown) -> None:
    split: Breakdown = breakdown(published, "NORTH")
    assert split.slices
    for one in split.slices:
        assert count_rows(published, one.opens) == one.count, one.label


def test_months_that_the_data_covers_in_part_are_marked(published: Published) -> None:
    months = breakdowns.unbilled_by_month(published, "NORTH").slices
    assert [(one.label, one.is_complete) for one in months] == [
        ("Nov 2025", False),
        ("Dec 2025", True),
        ("Jan 2026", True),
        ("Feb 2026", True),
        ("Mar 2026", False),
    ]


def test_stock_outside_is_nobodys_stock(published: Published) -> None:
    labels = [one.label for one in breakdowns.stock_by_state(published).slices]
    assert labels == ["On hand", "Transfer transit", "Quality check hold"]


def test_feeds_in_trouble_are_named(published: Published) -> None:
    assert feed_troubles(published) == {
        "gl_journal_line": "1 delivery refused",
        "billing_invoice_line": "1 row rejected",
    }
    assert feed_troubles(published, "SOUTH") == {}
    assert companies(published) == ("NORTH", "SOUTH")


def test_nothing_found_is_zero_in_the_currency_of_the_company(published: Published) -> None:
    nothing = selection("mart_unbilled", "SOUTH", {"age_bucket": "0-1"})
    assert total_of(published, nothing, "open_amount").amounts == (Money(Decimal(0), "USD"),)
    nowhere = selection("mart_unbilled", None, {"age_bucket": "0-1"})
    assert total_of(published, nowhere, "open_amount").amounts == (Money(Decimal(0), ""),)


def test_an_empty_version_says_what_it_needs(tmp_path: Path) -> None:
    write_version(tmp_path, without=tuple(TABLES))
    published = Published(tmp_path)
    for figure in figures(published):
        assert figure.missing == f"not available: needs table {figure.opens.table}"
    assert breakdowns.stock_by_state(published).missing
    assert companies(published) == ()


def test_a_role_without_cost_gets_no_stock_value_but_quantities(published_sample: Path) -> None:
    published = Published(published_sample, Viewer(Role.WAREHOUSE))
    assert stock_value(published).missing == "not shown to the role warehouse"
    split = breakdowns.stock_by_state(published)
    assert split.slices[0].quantity == Decimal("198.500000")
    assert all(not one.amounts for one in split.slices)
    assert unexplained_ledger(published).missing == "not shown to the role warehouse"
