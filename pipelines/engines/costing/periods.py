"""What methods that look at a whole period need beside the events: where it ends, and what then.

A periodic average knows its average only when the period is over: issues stand at the last average
and are made final at its end, transfers first, because they carry value into other pools. What is
open on the day of the run stays provisional. A periodic LIFO tells all that came in during a year
before anything that went out.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.engines.costing.layout import KIND_CODES, LIFO_PERIODIC, PERIODIC_AVERAGE

K = KIND_CODES
EPOCH = date(1970, 1, 1)
OUT = [K["issue"], K["work_issue"], K["scrap"], K["count_out"]]
END_OF_PERIOD = [K["revaluation"], K["nrv"]]
TRANSFER_OUT = K["transfer_out"]
WAITING = [*OUT, K["return_out"], TRANSFER_OUT]


def years_of(periods: pl.DataFrame) -> pl.DataFrame:
    """company, first and last day of every fiscal year."""
    return (
        periods.group_by("company_id", "fiscal_year")
        .agg(pl.col("start_date").min().alias("year_start"), pl.col("end_date").max())
        .select("company_id", "year_start", year_end="end_date")
        .sort("year_start")
    )


def staged(keyed: pl.DataFrame, periods: pl.DataFrame, last_day: date) -> pl.DataFrame:
    """Events with the span and the stage they are posted in, and the rows that methods add."""
    is_periodic = pl.col("method").is_in([LIFO_PERIODIC, PERIODIC_AVERAGE])
    plain = keyed.filter(~is_periodic).with_columns(
        span=pl.lit(EPOCH), stage=pl.lit(0, pl.Int8), is_added=pl.lit(False)
    )
    parts = [plain]
    yearly = keyed.filter(pl.col("method") == LIFO_PERIODIC)
    if not yearly.is_empty():
        parts += _year_by_year(yearly, years_of(periods))
    averaged = keyed.filter(pl.col("method") == PERIODIC_AVERAGE)
    if not averaged.is_empty():
        parts += _period_by_period(averaged, last_day)
    return pl.concat([part.select(plain.columns) for part in parts])


def _year_by_year(told: pl.DataFrame, years: pl.DataFrame) -> list[pl.DataFrame]:
    calendar = pl.col("day").dt.truncate("1y")
    dated = told.sort("day").join_asof(
        years, left_on="day", right_on="year_start", by="company_id", check_sortedness=False
    )
    is_fiscal = pl.col("year_end") >= pl.col("day")
    dated = dated.with_columns(
        span=pl.when(is_fiscal.fill_null(False)).then("year_start").otherwise(calendar),
        is_added=pl.lit(False),
    )
    issues = dated.filter(pl.col("kind").is_in(OUT)).select(
        "company_id", "unit", "span", linked_event_id="event_id", is_of_year=pl.lit(True)
    )
    dated = dated.join(
        issues.unique(), on=["company_id", "unit", "span", "linked_event_id"], how="left"
    )
    nets_off = (pl.col("kind") == K["return_in"]) & pl.col("is_of_year").fill_null(False)
    unlinked = (pl.col("kind") == K["return_out"]) & (pl.col("linked_event_id") == "")
    stage = (
        pl.when(pl.col("kind").is_in(END_OF_PERIOD)).then(2)
        .when(pl.col("kind").is_in(OUT) | nets_off | unlinked).then(1)
        .otherwise(0)
    )  # fmt: skip
    dated = dated.with_columns(stage=stage.cast(pl.Int8))
    plans = dated.filter(pl.col("kind") == K["work_issue"]).with_columns(
        kind=pl.lit(K["plan"], pl.Int8), stage=pl.lit(0, pl.Int8), is_added=pl.lit(True)
    )
    nobody = pl.lit("")
    begins = dated.unique(["group", "span"], keep="any").with_columns(
        event_id=nobody,
        linked_event_id=nobody,
        job_id=nobody,
        kind=pl.lit(K["begin_year"], pl.Int8),
        stage=pl.lit(-1, pl.Int8),
        is_added=pl.lit(True),
    )
    return [dated, plans, begins]


def _period_by_period(told: pl.DataFrame, last_day: date) -> list[pl.DataFrame]:
    end = pl.when("is_daily").then("day").otherwise(pl.col("day").dt.month_end())
    is_last = pl.col("kind").is_in(END_OF_PERIOD)
    dated = told.with_columns(
        span=end,
        stage=pl.when(is_last).then(4).otherwise(0).cast(pl.Int8),
        is_added=pl.lit(False),
    )
    over = dated.filter(pl.col("span") <= last_day)
    is_return = (pl.col("kind") == K["return_in"]) & (pl.col("linked_event_id") != "")
    first = pl.col("kind") == TRANSFER_OUT
    finals = over.filter(pl.col("kind").is_in(WAITING) | is_return).with_columns(
        kind=pl.lit(K["final"], pl.Int8),
        stage=pl.when(first).then(1).otherwise(3).cast(pl.Int8),
        is_added=pl.lit(True),
    )
    closes = _closes(over)
    nobody = pl.lit("")
    closes = closes.with_columns(
        event_id=nobody,
        linked_event_id=nobody,
        job_id=nobody,
        kind=pl.lit(K["close_average"], pl.Int8),
        stage=pl.lit(2, pl.Int8),
        is_added=pl.lit(True),
    )
    return [dated, finals, closes]


def _closes(over: pl.DataFrame) -> pl.DataFrame:
    """One row per pool and period in which it moved, and per period that follows one.

    What the end of a period leaves behind (residual cents, revaluations) is known at the next.
    """
    own = over.unique(["pool_key", "span"], keep="any")
    calendar = ["company_id", "is_daily"]
    ends = over.select(*calendar, following="span").unique().sort("following")
    later = (
        own.with_columns(next_day=pl.col("span").dt.offset_by("1d"))
        .sort("next_day")
        .join_asof(
            ends, left_on="next_day", right_on="following", by=calendar, strategy="forward",
            check_sortedness=False,
        )
        .filter(pl.col("following").is_not_null())
        .with_columns(span="following")
    )  # fmt: skip
    return pl.concat([own, later.select(own.columns)]).unique(
        ["pool_key", "span"], keep="first", maintain_order=True
    )
