"""Proposed journals under the names of four ledgers: the same amounts, and the key where it comes back."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from pipelines.journal_layouts import LAYOUTS

LINES = pl.DataFrame(
    {
        "proposal_key": ["k" * 16] * 2,
        "line": [1, 2],
        "company_id": ["A"] * 2,
        "posting_date": [date(2026, 1, 31)] * 2,
        "account": ["5000", "1200"],
        "debit": [Decimal("10.00"), Decimal("0.00")],
        "credit": [Decimal("0.00"), Decimal("10.00")],
        "currency": ["EUR"] * 2,
        "cost_center": [None] * 2,
        "location_id": ["L", None],
        "text": ["MISSING_IN_GL shipment S1"] * 2,
        "reverse_on": [date(2026, 2, 1), None],
    },
    schema_overrides={"cost_center": pl.String},
)
KEY = {
    "sap": "Assignment",
    "netsuite": "External ID",
    "dynamics_365": "DocumentNum",
    "business_central": "External Document No.",
}


@pytest.mark.parametrize("system", sorted(LAYOUTS))
def test_each_layout_has_every_line_and_carries_the_key(system: str) -> None:
    laid = LAYOUTS[system](LINES)
    assert laid.height == LINES.height
    assert laid[KEY[system]].to_list() == ["k" * 16] * 2


def test_sides_are_told_as_each_ledger_tells_them() -> None:
    sap = LAYOUTS["sap"](LINES)
    assert sap["Debit/Credit"].to_list() == ["S", "H"]
    assert sap["Amount"].to_list() == [Decimal(10), Decimal(10)]
    assert LAYOUTS["business_central"](LINES)["Amount"].to_list() == [Decimal(10), Decimal(-10)]
    assert LAYOUTS["netsuite"](LINES)["Credit"].to_list() == [Decimal(0), Decimal(10)]


def test_lines_of_one_entry_share_the_document_number_of_business_central() -> None:
    assert LAYOUTS["business_central"](LINES)["Document No."].to_list() == ["k" * 16] * 2


def test_only_what_has_a_day_to_be_turned_round_is_reversed() -> None:
    assert LAYOUTS["dynamics_365"](LINES)["ReverseEntry"].to_list() == ["Yes", "No"]
