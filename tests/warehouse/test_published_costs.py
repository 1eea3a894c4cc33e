"""The published cases of stock valuation through the feeds and the public tables, by their id."""

from __future__ import annotations

import json
from decimal import Decimal

import duckdb
import polars as pl
import pytest

from pipelines.engines.costing import Valuation
from tests.scenarios.cost_notation import answer
from tests.scenarios.test_published_costs import CASES, ORACLES
from tests.warehouse.published_stories import CHANGED, THROUGH

pytestmark = pytest.mark.xdist_group("costs")

NOT_THROUGH_TABLES = {
    "A34": "one item that is pooled for its old batches and specific for its new ones",
    "B16": "rounding of invoice lines, no cost",
    "B17": "rounding of invoice lines, no cost",
    "C18": "told with the sales of the stories of margin",
    "E19": "an issue at a given cost: the contract has no cost of issues that binds",
    "E21": "running quantity of a list with cancelled rows, no cost",
    "F09": "a receipt of less than nothing: the contract has no such line to bear a cost",
    "F10": "bases that add up to nothing: the contract has no receipt of less than nothing",
    "F16": "goods received and invoiced, told with the receipt accrual of the ledger's stories",
    "G01": "accounts of a receipt and its invoice: a ledger posting",
    "G04": "accounts from purchase to sale: ledger postings",
    "G05": "accounts in a foreign currency: a ledger posting",
    "G07": "cost leaves at shipment (C7), so an invoice before it never has a cost to estimate",
    "G10": "shipments that are not billed, no cost",
}
BELOW = {"A04", "B02", "B13", "E01", "F07", "F15", "G02", "H06", "H07", "H10"}


def valued(costed: duckdb.DuckDBPyConnection, company: str) -> Valuation:
    """What the public tables say of a company, as the engine would say it."""
    posts = f"where company_id = '{company}' and is_policy_method"
    entries = costed.sql(f"select * from fct_cost_entry {posts}").pl()
    layers = costed.sql(f"select * from fct_cost_layer {posts}").pl()
    return Valuation(entries, layers, layers.clear(), layers.clear())


def amounts(costed: duckdb.DuckDBPyConnection, company: str, kind: str) -> list[str]:
    """Value and expense of the entries of one kind, in their order."""
    rows = costed.sql(
        "select cost_amount, cogs_amount from fct_cost_entry where is_policy_method"
        f" and company_id = '{company}' and entry_kind = '{kind}' order by event_at, entry_number"
    ).fetchall()
    return [f"{cost:.2f} {cogs:.2f}" for cost, cogs in rows]


def worth(costed: duckdb.DuckDBPyConnection, company: str) -> dict[tuple[str, str], str]:
    """Value left by item and pool."""
    rows = costed.sql(
        "select item_id, cost_pool_id, sum(value_remaining) from fct_cost_layer"
        f" where company_id = '{company}' and is_policy_method group by all order by all"
    ).fetchall()
    return {(item, pool): f"{value:.2f}" for item, pool, value in rows}


@pytest.mark.parametrize(
    ("company", "costs", "left"),
    [(case[0], *case[4:]) for case in THROUGH],
    ids=[case[0] for case in THROUGH],
)
def test_published_case(
    costed: duckdb.DuckDBPyConnection, company: str, costs: list[str], left: str
) -> None:
    assert answer(valued(costed, company)) == (costs, left)


def test_a_standard_of_15_puts_the_price_beside_the_receipt(costed) -> None:  # A04
    assert amounts(costed, "A04", "receipt") == ["15.00 -5.00", "15.00 5.00", "15.00 15.00"]
    assert answer(valued(costed, "A04")) == (["15.00", "15.00", "15.00"], "0 / 0.00")


def test_a_standard_that_changes_before_the_invoice(costed) -> None:  # G02
    assert answer(valued(costed, "G02"))[1] == "1 / 12.00"
    variance = valued(costed, "G02").entries["cogs_amount"].sum()
    assert variance == Decimal(13)


def test_the_residual_cent_is_a_row_of_its_own_on_the_day_of_the_receipt(costed) -> None:  # B02
    cent = valued(costed, "B02").entries.filter(pl.col("entry_kind") == "rounding")
    assert cent.select("cost_amount", "qty_base").row(0) == (Decimal("-0.01"), 0)
    assert str(cent["posting_date"][0]) == "2025-01-01"


def test_what_leaves_one_place_comes_to_the_other_to_the_cent(costed) -> None:  # B13
    assert amounts(costed, "B13", "transfer_out") == ["-270476.93 0.00"]
    assert amounts(costed, "B13", "transfer_in") == ["270476.93 0.00"]


@pytest.mark.parametrize(
    ("company", "sent", "target", "kit"),
    [("E01 before", "1000.00", "3000.00", "540.00"), ("E01 after", "1500.00", "3500.00", "790.00")],
)
def test_a_backdated_count_goes_through_transfer_and_repack(
    costed, company: str, sent: str, target: str, kit: str
) -> None:  # E01: 20 pieces at F, at 150 before and at 175 after
    assert amounts(costed, company, "transfer_out") == [f"-{sent} 0.00"]
    assert worth(costed, company)["A", "F"] == target
    assert worth(costed, company)["B", "S"] == kit


@pytest.mark.parametrize(
    ("company", "costs", "left"),
    [("H06", ["75.00"], "15 / 225.00"), ("H07", ["100.00", "100.00"], "10 / 200.00")],
)
def test_places_with_methods_of_their_own(
    costed, company: str, costs: list[str], left: str
) -> None:
    found = valued(costed, company)
    assert answer(found) == (costs, left)
    assert found.entries["policy_id"].n_unique() == 2


@pytest.mark.parametrize("place", range(len(CHANGED)))
def test_another_method_goes_on_with_what_is_there(costed, place: int) -> None:  # H10
    _, _, left, jump = CHANGED[place]
    found = valued(costed, f"H10-{place}")
    revalued = found.entries.filter(pl.col("entry_kind") == "revaluation")["cost_amount"]
    assert (answer(found)[1], f"{revalued.sum() or 0:.2f}") == (left, jump)


def test_a_landed_cost_falls_on_what_was_paid_and_on_the_line_it_names(costed) -> None:  # F07, F15
    assert amounts(costed, "F07", "landed_cost") == ["30.00 0.00", "50.00 0.00"]
    assert worth(costed, "F15") == {("A", "*"): "1010.00", ("B", "*"): "10.00"}
    assert worth(costed, "F15 cancelled") == {("A", "*"): "1000.00", ("B", "*"): "10.00"}


def test_every_published_case_is_here_or_has_a_reason() -> None:
    if not ORACLES.exists():
        pytest.skip("the published cases are not beside the project")
    told = {case["id"] for case in json.loads(ORACLES.read_text(encoding="utf-8"))}
    here = {case[0] for case in CASES} | BELOW
    assert here | set(NOT_THROUGH_TABLES) == told
    assert not here & set(NOT_THROUGH_TABLES)
