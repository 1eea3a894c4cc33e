"""Valuing again only what a change touches.

An item's entries follow from its own events, policies and standards, from those of the items that
jobs tie it to, and from the periods of its company. So where none of these changed, the rows of the
run before still hold; the others are valued anew. The answer is that of valuing everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from models.contracts import COMPUTED
from pipelines.engines.costing.closing import closed_period_table
from pipelines.engines.costing.valuation import Valuation, value

ITEM = ["company_id", "item_id"]
JOB = ["company_id", "job_id"]
KEYS = [list(COMPUTED[name].key()) for name in ("cost_entry", "cost_layer", "cost_flag")]


@dataclass(frozen=True, slots=True)
class Told:
    """All that a valuation stands on."""

    events: pl.DataFrame
    policies: pl.DataFrame
    standards: pl.DataFrame
    periods: pl.DataFrame
    as_of: datetime

    def of(self, items: pl.DataFrame) -> Told:
        """The part about some items; periods are of the whole company."""
        return Told(
            self.events.join(items, on=ITEM, how="semi"),
            self.policies.join(items, on=ITEM, how="semi"),
            self.standards.join(items, on=ITEM, how="semi"),
            self.periods,
            self.as_of,
        )

    def valued(self) -> Valuation:
        return value(
            self.events, self.policies, standards=self.standards, periods=self.periods,
            as_of=self.as_of,
        )  # fmt: skip


def renewed(before: Told, answer: Valuation, now: Told) -> Valuation:
    """What `now.valued()` says, where `answer` is what `before.valued()` said."""
    items = touched(before, now)
    part = now.of(items)
    kept = [
        table.join(items, on=ITEM, how="anti", maintain_order="left")
        for table in (answer.entries, answer.layers, answer.flags)
    ]
    if not part.events.is_empty():
        anew = part.valued()
        kept = [
            pl.concat([old, new.select(old.columns)])
            for old, new in zip(kept, (anew.entries, anew.layers, anew.flags), strict=True)
        ]
    entries, layers, flags = (
        table.sort(key).rechunk() for table, key in zip(kept, KEYS, strict=True)
    )
    return Valuation(entries, layers, flags, closed_period_table(entries, now.periods))


def touched(before: Told, now: Told) -> pl.DataFrame:
    """Items to value anew: those with a changed row, and those that jobs tie to them."""
    both = pl.concat([before.events.select(*ITEM, "job_id"), now.events.select(*ITEM, "job_id")])
    everywhere = both.select(ITEM).unique()
    changed = [
        _differing(before.events, now.events).select(ITEM),
        _differing(before.policies, now.policies).select(ITEM),
        _differing(before.standards, now.standards).select(ITEM),
        everywhere.join(
            _differing(before.periods, now.periods).select("company_id"),
            on="company_id",
            how="semi",
        ),
        *_touched_by_time(before, now),
    ]
    return _with_their_jobs(pl.concat(changed).unique(), both.filter(pl.col("job_id") != ""))


def _differing(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Rows that only one of two tables has."""
    now = now.select(before.columns)
    gone = before.join(now, on=before.columns, how="anti", nulls_equal=True)
    new = now.join(before, on=before.columns, how="anti", nulls_equal=True)
    return pl.concat([gone, new])


def _touched_by_time(before: Told, now: Told) -> Iterator[pl.DataFrame]:
    """Items whose average became final, or whose standard changed, since the run before."""
    first, last = sorted((before.as_of.date(), now.as_of.date()))
    if first == last:
        return
    averaged = now.policies.filter(pl.col("costing_method") == "periodic_average")
    if not _has_month_end(first, last):
        averaged = averaged.filter(pl.col("average_period") == "day")
    yield averaged.select(ITEM)
    begun = pl.col("valid_from").is_between(first, last, closed="right")
    yield now.standards.filter(begun).select(ITEM)


def _has_month_end(first: date, last: date) -> bool:
    """Whether a month ends after the first day, and on the last one at the latest."""
    following = last + timedelta(days=1)
    start = first + timedelta(days=1)
    return (start.year, start.month) != (following.year, following.month)


def _with_their_jobs(items: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    links = told.unique()
    while True:
        jobs = links.join(items, on=ITEM, how="semi").select(JOB).unique()
        tied = links.join(jobs, on=JOB, how="semi").select(ITEM)
        more = pl.concat([items, tied]).unique()
        if more.height == items.height:
            return items
        items = more
