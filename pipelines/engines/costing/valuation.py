"""The costing engine: events and policies in, entries, layers, flags and closed periods out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from models.contracts import COMPUTED
from pipelines.engines.costing.batches import Posted, post_batch, prepared
from pipelines.engines.costing.entries import entries_of, flags_of
from pipelines.engines.costing.grouping import grouped
from pipelines.engines.costing.left import layers_of
from pipelines.engines.costing.ordering import ORDER, keyed
from pipelines.engines.costing.periods import staged
from pipelines.engines.costing.policies import under_policies
from pipelines.engines.costing.standards import at_standard, changes
from pipelines.engines.costing.tables import entry_table, flag_table, layer_table


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
    current = events.filter(pl.col("replaced_at").is_null())
    posted = post(current, policies, standards=standards, periods=periods, as_of=as_of)
    entries = entries_of(posted)
    return Valuation(
        entries=entry_table(entries),
        layers=layer_table(layers_of(posted, entries)),
        flags=flag_table(flags_of(posted)),
        closed_periods=pl.DataFrame(schema=COMPUTED["cost_closed_period"].polars_types()),
    )


def post(
    events: pl.DataFrame,
    policies: pl.DataFrame,
    *,
    standards: pl.DataFrame,
    periods: pl.DataFrame,
    as_of: datetime,
) -> Posted:
    """One pass over the events as they stand."""
    last_day = as_of.date()
    told = under_policies(events, policies).with_columns(
        valuation_day=pl.col("posting_date"), is_shifted=pl.lit(False)
    )
    told = pl.concat([told, changes(told, standards, last_day)])
    ordered = staged(keyed(grouped(told)), periods, last_day)
    stream = at_standard(ordered, standards).sort(ORDER)
    return post_batch(prepared(stream))
