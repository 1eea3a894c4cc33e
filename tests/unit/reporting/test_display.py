"""Figures read as a person would write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from reporting.display import amount, cell, price, quantity, short_amount
from reporting.published import Column
from reporting.table_words import table_words
from reporting.wording import code_label, column_label


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("37107.2200", "37,107.22"),
        ("-1234.5650", "−1,234.57"),
        ("0.0050", "0.01"),
        ("-0.0040", "0.00"),
        ("99999999999999.9999", "100,000,000,000,000.00"),
        ("12345678901234.5600", "12,345,678,901,234.56"),
    ],
)
def test_amounts_have_two_decimals_and_round_half_away_from_zero(value: str, expected: str) -> None:
    assert amount(Decimal(value)) == expected


def test_quantities_and_prices_keep_the_decimals_they_have() -> None:
    assert quantity(Decimal("138.000000")) == "138"
    assert quantity(Decimal("-0.500000")) == "−0.5"
    assert price(Decimal("12.50000000")) == "12.50"
    assert price(Decimal("0.00012300")) == "0.000123"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1250000", "1.3 M"), ("-45300", "−45.3 k"), ("999.6", "1,000"), ("2500000000", "2.5 bn")],
)
def test_labels_of_charts_are_short(value: str, expected: str) -> None:
    assert short_amount(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("name", "kind", "value", "expected"),
    [
        ("open_amount", "DECIMAL(18,4)", Decimal("1.5000"), "1.50"),
        ("open_qty", "DECIMAL(18,6)", Decimal("1.500000"), "1.5"),
        ("unit_price", "DECIMAL(20,8)", Decimal("1.50000000"), "1.50"),
        ("rows_read", "BIGINT", 12345, "12,345"),
        ("fiscal_year", "BIGINT", 2026, "2026"),
        ("is_valued", "BOOLEAN", True, "yes"),
        ("date", "DATE", date(2026, 3, 1), "2026-03-01"),
        ("due_at", "TIMESTAMP WITH TIME ZONE", datetime(2026, 3, 1, 9, tzinfo=UTC), None),
        ("stock_state", "VARCHAR", "RTV_STAGED", "Return to vendor staged"),
        ("order_id", "VARCHAR", "SO_1", "SO_1"),
        ("order_id", "VARCHAR", None, ""),
    ],
)
def test_a_cell_shows_what_its_column_holds(
    name: str, kind: str, value: Any, expected: str | None
) -> None:
    shown = cell(Column(name, kind), value)
    assert shown == ("2026-03-01 09:00" if expected is None else expected)


def test_evidence_reads_as_names_and_values() -> None:
    shown = cell(Column("evidence", "VARCHAR"), '{"open_qty": "3", "reasons": null, "row": 7}')
    assert shown == "open quantity: 3; row: 7"
    shown = cell(Column("evidence", "VARCHAR"), '{"unit_price": "1222.50000000", "order": "1.50"}')
    assert shown == "unit price: 1,222.5; order: 1.50"
    assert cell(Column("evidence", "VARCHAR"), "as told by phone") == "as told by phone"


def test_names_become_words() -> None:
    assert column_label("shipment_id") == "Shipment"
    assert column_label("first_event_at") == "First event (UTC)"
    assert column_label("is_physical") == "Physical?"
    assert column_label("open_qty") == "Open quantity"
    assert code_label("BILLED_NOT_SHIPPED") == "Billed, not shipped"
    assert code_label("GL_WRONG_ACCOUNT") == "Wrong account"
    assert code_label("NEG_STOCK") == "Negative stock"
    assert code_label(None) == "Not said"
    assert table_words("mart_something_new").title == "Something new"
