"""What was known of like lines on the day of each line: nothing that came later takes part."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

DAY = "order_date"


def before(
    lines: pl.DataFrame, by: Sequence[str], value: str, known: str, *, days: int | None = None,
    among: pl.DataFrame | None = None,
) -> tuple[pl.Series, pl.Series]:  # fmt: skip
    """Per line, how many lines of the same `by` had a `value` known before its day, and their mean.

    lines: DAY, `by`, `value` (number or yes/no) and the date `known` from which it counts; null is
    not known. days: only what became known in so many days before; among: the lines that are looked
    at, all unless told. The mean of none is null.
    """
    seen = (
        (lines if among is None else among)
        .filter(pl.col(value).is_not_null() & pl.col(known).is_not_null())
        .group_by(*by, pl.col(known).alias("known"))
        .agg(pl.len().alias("number"), pl.col(value).cast(pl.Float64).sum().alias("total"))
        .sort("known", *by)
        .with_columns(pl.col("number", "total").cum_sum().over(*by))
    )
    asked = lines.select(*by, DAY).with_row_index("line")
    count, total = _up_to(asked, seen, by, DAY)
    if days is not None:
        earlier = asked.with_columns(pl.col(DAY) - pl.duration(days=days))
        count_then, total_then = _up_to(earlier, seen, by, DAY)
        count, total = count - count_then, total - total_then
    mean = pl.select(pl.when(count > 0).then(total / count)).to_series()
    return count, mean


def _up_to(
    asked: pl.DataFrame, seen: pl.DataFrame, by: Sequence[str], day: str
) -> tuple[pl.Series, pl.Series]:
    found = (
        asked.sort(day)
        .join_asof(
            seen, left_on=day, right_on="known", by=list(by), strategy="backward",
            allow_exact_matches=False, check_sortedness=False,
        )
        .sort("line")
    )  # fmt: skip
    return found["number"].fill_null(0).cast(pl.Int64), found["total"].fill_null(0.0)
