"""Stories of the stock ledger, each told in a company of its own, built in one warehouse."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.warehouse import (
    billing_stories,
    matching_stories,
    readiness_stories,
    stock_stories,
    supply_stories,
)
from tests.warehouse.small_warehouse import built, prepare

STOCK_TABLES = (
    "fct_stock_move",
    "fct_stock_position",
    "fct_stock_position_daily",
    "fct_stock_snapshot_check",
    "fct_stock_feed_check",
    "fct_demand",
    "int_stock__unmapped_movement",
    "int_planning__position",
    "dim_item",
    "dim_location",
    "dim_policy",
    "dim_party",
    "dim_calendar",
)


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The stories, built; money and grain tests of dbt have passed by then."""
    home = tmp_path_factory.mktemp("stock")
    told = (stock_stories.TABLES, supply_stories.TABLES)
    tables = {
        name: [row for stories in told for row in stories.get(name, [])]
        for name in sorted({name for stories in told for name in stories})
    }
    with built(prepare(home, tables, stock_stories.DECLARATIONS), *STOCK_TABLES) as connection:
        yield connection


BILLING_TABLES = (
    "fct_expected_billing",
    "fct_readiness_check",
    "fct_billing_match",
    "fct_invoice_line",
    "fct_match_suggestion",
    "mart_unbilled",
)


@pytest.fixture(scope="session")
def billing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The stories of billing, built; money and grain tests of dbt have passed by then."""
    home = tmp_path_factory.mktemp("billing")
    told = (billing_stories.TABLES, readiness_stories.TABLES, matching_stories.TABLES)
    tables = {
        name: [row for stories in told for row in stories.get(name, [])]
        for name in sorted({name for stories in told for name in stories})
    }
    watermarks = [
        *billing_stories.WATERMARKS,
        *readiness_stories.WATERMARKS,
        *matching_stories.WATERMARKS,
    ]
    with built(prepare(home, tables, watermarks=watermarks), *BILLING_TABLES) as connection:
        yield connection
