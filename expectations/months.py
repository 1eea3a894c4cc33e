"""A batch by month: how many rows, against the months before, and what share a code has.

First and last month of a batch are seldom whole and are not judged; neither is a month with too
few rows for a share to mean something.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from expectations.expected import Expected, Kind

MONTHS_BEFORE = 3
FEWEST_ROWS = 40
VOLUME = "rows_against_months_before"


def share_name(expected: Expected) -> str:
    return f"share_of_{expected.column}_{expected.other}"


def by_month(batch: pl.DataFrame, suite: Iterable[Expected], event_time: str) -> pl.DataFrame:
    """One row per whole month: `month`, the volume ratio, and one column per judged share."""
    shares = [expected for expected in suite if expected.kind is Kind.USUAL_SHARE]
    months = (
        batch.filter(pl.col(event_time).is_not_null())
        .group_by(pl.col(event_time).dt.strftime("%Y-%m").alias("month"))
        .agg(pl.len().cast(pl.Float64).alias("rows"), *(_share(expected) for expected in shares))
        .sort("month")
    )
    whole = months.slice(1, max(months.height - 2, 0))
    before = pl.col("rows").rolling_median(MONTHS_BEFORE, min_samples=1).shift(1)
    return whole.with_columns(
        (pl.col("rows") / before).alias(VOLUME),
        *(
            pl.when(pl.col("rows") >= FEWEST_ROWS).then(pl.col(share_name(expected)))
            for expected in shares
        ),
    )


def _share(expected: Expected) -> pl.Expr:
    is_it = pl.col(expected.column).cast(pl.String) == expected.other
    return is_it.fill_null(False).mean().alias(share_name(expected))
