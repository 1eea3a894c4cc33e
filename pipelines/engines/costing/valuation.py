"""The costing engine: events and policies in, entries, layers, flags and closed periods out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from pipelines.engines.costing.batches import Posted, post_batch, prepared
from pipelines.engines.costing.closing import as_posted, closed_period_table, late_rows
from pipelines.engines.costing.grouping import grouped
from pipelines.engines.costing.ordering import ORDER, keyed
from pipelines.engines.costing.periods import staged
from pipelines.engines.costing.policies import under_policies
from pipelines.engines.costing.regimes import Books, books_of
from pipelines.engines.costing.standards import at_standard, changes, one_per_pool
from pipelines.engines.costing.tables import entry_table, flag_table, layer_table
from pipelines.engines.costing.versions import known


@dataclass(frozen=True, slots=True)
class Valuation:
    """Frames of the contracts cost_entry, cost_layer, cost_flag and cost_closed_period."""

    entries: pl.DataFrame
    layers: pl.DataFrame
    flags: pl.DataFrame
    closed_periods: pl.DataFrame


def value(
    events: pl.DataFrame,
    policies: pl.DataFrame,
    *,
    standards: pl.DataFrame,
    periods: pl.DataFrame,
    as_of: datetime,
) -> Valuation:
    """Values every event under every method that holds for it. Order of rows does not matter."""
    made = changes(events, standards, as_of.date())
    told = numbered(one_per_pool(under_policies(pl.concat([events, made]), policies)))

    def books(rows: pl.DataFrame, moment: datetime | None) -> Books:
        return books_of(
            known(rows, moment),
            lambda part: post(part, moment, standards=standards, periods=periods, as_of=as_of),
        )

    now = books(told, None)
    posted = as_posted(told, now.entries, periods, lambda rows, at: books(rows, at).entries)
    entries = entry_table(posted)
    return Valuation(
        entries=entries,
        layers=layer_table(now.layers),
        flags=flag_table(now.flags, late_rows(told, periods)),
        closed_periods=closed_period_table(entries, periods),
    )


def numbered(told: pl.DataFrame) -> pl.DataFrame:
    """Events with the items and pools they belong to."""
    return grouped(
        told.with_columns(valuation_day=pl.col("posting_date"), is_shifted=pl.lit(False))
    )


def post(
    told: pl.DataFrame,
    moment: datetime | None,
    *,
    standards: pl.DataFrame,
    periods: pl.DataFrame,
    as_of: datetime,
) -> Posted:
    """One pass over events as they were known at a moment, or as they are known now."""
    last_day = min(as_of, moment).date() if moment else as_of.date()
    ordered = staged(keyed(told), periods, last_day)
    stream = at_standard(ordered, standards).sort(ORDER)
    return post_batch(prepared(stream))
