"""Stories of the stock ledger, each told in a company of its own, built in one warehouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.dbt_build import GOOD
from tests.warehouse import (
    backlog_stories,
    billing_stories,
    chain_stories,
    cost_stories,
    kpi_stories,
    ledger_stories,
    matching_stories,
    odd_stories,
    posting_stories,
    published_stories,
    readiness_stories,
    stock_stories,
    supply_stories,
)
from tests.warehouse.cost_feeds import Feeds
from tests.warehouse.project_sql import Built, ProjectSql
from tests.warehouse.small_warehouse import prepare


@pytest.fixture(scope="session")
def project(built_once: Callable[..., Path]) -> ProjectSql:
    """The statements of the dbt project, which an empty site built without a fault."""
    told = ProjectSql(built_once("project", ProjectSql.tell))
    assert [outcome.words for outcome in told.outcomes if outcome.status not in GOOD] == []
    return told


@pytest.fixture(scope="session")
def built(project: ProjectSql) -> Built:
    """Function that builds tables in a prepared database, with their tests, and opens them."""
    return project.built


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
def stock(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
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
    "mart_match_precision",
    "mart_unbilled",
    "mart_billing_backlog",
    "mart_exception_cause",
    "mart_kpi",
)


@pytest.fixture(scope="session")
def billing(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The stories of billing, built; money and grain tests of dbt have passed by then."""
    home = tmp_path_factory.mktemp("billing")
    told = (
        billing_stories.TABLES,
        readiness_stories.TABLES,
        matching_stories.TABLES,
        backlog_stories.TABLES,
        kpi_stories.TABLES,
        odd_stories.TABLES,
    )
    tables = {
        name: [row for stories in told for row in stories.get(name, [])]
        for name in sorted({name for stories in told for name in stories})
    }
    watermarks = [
        *billing_stories.WATERMARKS,
        *readiness_stories.WATERMARKS,
        *matching_stories.WATERMARKS,
        *backlog_stories.WATERMARKS,
        *kpi_stories.WATERMARKS,
        *odd_stories.WATERMARKS,
    ]
    with built(prepare(home, tables, watermarks=watermarks), *BILLING_TABLES) as connection:
        yield connection


COST_TABLES = (
    "fct_cost_entry",
    "fct_cost_layer",
    "fct_exception",
    "fct_expected_billing",
    "fct_expected_journal_line",
    "fct_gl_reconciling_item",
    "fct_gl_tieout",
    "fct_margin_line",
    "mart_account_reconciliation",
    "mart_margin",
)


@pytest.fixture(scope="session")
def costed(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Stories of cost, built; the sweep has given its second opinion by then."""
    feeds = Feeds()
    published_stories.tell(feeds)
    cost_stories.tell(feeds)
    home = tmp_path_factory.mktemp("costs")
    database = prepare(home, feeds.finished(), watermarks=cost_stories.WATERMARKS)
    with built(database, *COST_TABLES) as connection:
        yield connection


LEDGER_TABLES = (
    "fct_expected_journal_line",
    "fct_gl_tieout",
    "fct_gl_reconciling_item",
    "fct_exception",
    "fct_receipt_accrual",
    "mart_receipt_accrual",
    "mart_account_reconciliation",
    "mart_close",
    "mart_cutoff",
    "fct_journal_line",
    "fct_journal_match",
    "fct_stock_move",
    "mart_ledger_agreement",
    "mart_proposed_journal",
    "mart_roll_forward",
    "mart_clearing_account",
)


@pytest.fixture(scope="session")
def ledger(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Stories of ledger and subledger, built; money and grain tests of dbt have passed by then."""
    home = tmp_path_factory.mktemp("ledger")
    told = (ledger_stories.TABLES, posting_stories.TABLES, chain_stories.TABLES)
    tables = {
        name: [row for stories in told for row in stories.get(name, [])]
        for name in sorted({name for stories in told for name in stories})
    }
    with built(prepare(home, tables), *LEDGER_TABLES) as connection:
        yield connection
