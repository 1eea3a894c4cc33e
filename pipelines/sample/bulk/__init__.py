"""The sample company in bulk: tens of millions of rows in minutes, told in columns of numbers.

Vestia Teilehandel AG is drawn and simulated for all items and sites at once, a day at a time:
demand by season and popularity, stock that is served first come first served, replenishment by a
reorder policy with lead times, transfers, counts, invoices. Stock never comes from nowhere and is
never negative. `large` delivers all documents, `huge` movements alone. Same seed, same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pipelines.sample.bulk import masters
from pipelines.sample.bulk.answers import write_answers
from pipelines.sample.bulk.company import BulkCompany
from pipelines.sample.bulk.deliveries import BulkDeliveries
from pipelines.sample.bulk.faults import BulkPlanted
from pipelines.sample.bulk.files import FileFormat
from pipelines.sample.bulk.parameters import (
    BULK_SIZES,
    BulkDemand,
    BulkParameters,
    BulkRates,
    BulkSupply,
)
from pipelines.sample.bulk.small_tables import SmallTables
from pipelines.sample.bulk.story import BulkStory
from pipelines.sample.bulk.tables import bulk_tables
from pipelines.sample.bulk.truth import StockTruth

__all__ = [
    "BULK_SIZES",
    "BulkDemand",
    "BulkGenerated",
    "BulkParameters",
    "BulkRates",
    "BulkSupply",
    "FileFormat",
    "generate_bulk",
]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BulkGenerated:
    """What was written: folders, number of files and rows, and what was planted."""

    landing: Path
    key: Path
    files: int
    rows: int
    planted: tuple[BulkPlanted, ...]
    rows_by_table: dict[str, int]


def generate_bulk(
    *,
    parameters: BulkParameters,
    seed: int,
    out: Path,
    file_format: FileFormat = "parquet",
    progress: Progress | None = None,
) -> BulkGenerated:
    """Writes `out`/landing and `out`/key; memory holds a day, open documents and a few row groups."""
    company = BulkCompany(parameters, seed)
    story = BulkStory(company)
    tables = bulk_tables(company)
    landing = out / "landing"
    with (
        BulkDeliveries(landing, parameters.company_id, tables, file_format) as deliveries,
        StockTruth(out / "key" / "truth_stock.csv", story) as truth,
    ):
        _deliver_opening(story, deliveries)
        _deliver_months(story, deliveries, truth, progress)
    rows: Counter[str] = Counter()
    for file in deliveries.delivered:
        rows[file.table] += file.rows
    as_of = company.calendar.cut_at(parameters.months - 1) - timedelta(seconds=1)
    facts = {
        "as_of": f"{as_of:%Y-%m-%dT%H:%M:%SZ}",
        "last_day": company.calendar.date_of(company.calendar.length - 1).isoformat(),
        "size": parameters.size,
        "seed": str(seed),
        **{table: str(count) for table, count in sorted(rows.items())},
    }
    write_answers(out / "key", story, facts.items())
    return BulkGenerated(
        landing=landing,
        key=out / "key",
        files=len(deliveries.delivered),
        rows=rows.total(),
        planted=tuple(story.faults.planted),
        rows_by_table=dict(sorted(rows.items())),
    )


def _deliver_opening(story: BulkStory, deliveries: BulkDeliveries) -> None:
    """Master data and the stock to begin with, before the first day."""
    company = story.company
    deliveries.begin(company.calendar.cut_at(-1))
    for system, table, rows in SmallTables(company).opening():
        deliveries.add_small(system, table, rows)
    deliveries.add("master_item", masters.item_rows(company))
    deliveries.add("master_party", masters.party_rows(company))
    deliveries.add("master_price", masters.price_rows(company))
    for table, columns in story.opening():
        deliveries.add(table, columns)
    deliveries.cut()


def _deliver_months(
    story: BulkStory, deliveries: BulkDeliveries, truth: StockTruth, progress: Progress | None
) -> None:
    calendar = story.company.calendar
    small = SmallTables(story.company)
    for month in range(calendar.months):
        deliveries.begin(calendar.cut_at(month))
        first, end = calendar.month_start(month), calendar.month_start(month + 1)
        for day in range((first - calendar.first_day).days, (end - calendar.first_day).days):
            for table, rows in story.of_day(day):
                deliveries.add(table, rows)
            truth.note(day)
            if progress:
                progress("bulk company", day + 1, calendar.length)
        for table, rows in story.month_end(month):
            deliveries.add(table, rows)
        deliveries.add_small("erp", "master_fiscal_period", small.closed_period(month))
        deliveries.cut()
