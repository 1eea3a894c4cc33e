"""How long supply takes, per item and location: what was observed, else what was agreed.

The most specific source that is there decides: this item at this location, this item anywhere,
all items of this location, all items. Nothing is made up: no row, no lead time.
"""

from __future__ import annotations

from datetime import date

import polars as pl

KEY = ("company_id", "item_id", "location_id")
ENOUGH_RECEIPTS = 3
LEVELS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("company_id", "item_id", "location_id"), "of this item here"),
    (("company_id", "item_id"), "of this item"),
    (("company_id", "location_id"), "of all items here"),
    (("company_id",), "of all items"),
)
FIGURES = ("lead_time_days", "lead_time_sd_days", "lead_time_basis")


def lead_time_per_line(
    keys: pl.DataFrame, lead_times: pl.DataFrame, *, as_of: date
) -> pl.DataFrame:
    """`keys` with mean, standard deviation and the words that say where they come from."""
    rows = _rows(lead_times, as_of=as_of)
    found = keys.select(KEY)
    choices: list[tuple[str, ...]] = []
    for number, (level, words) in enumerate(LEVELS):
        for kind in ("observed", "agreed"):
            names = tuple(f"{figure}_{number}_{kind}" for figure in FIGURES)
            summary = _summary(rows, level, kind=kind, words=words)
            summary = summary.rename(dict(zip(FIGURES, names, strict=True)))
            found = found.join(summary, on=level, how="left", maintain_order="left")
            choices.append(names)
    return found.select(
        *KEY,
        *(
            pl.coalesce([names[position] for names in choices]).alias(figure)
            for position, figure in enumerate(FIGURES)
        ),
    )


def _rows(lead_times: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """Known by `as_of`; an item or location left empty holds for all."""
    item = "item_id" if "item_id" in lead_times.columns else "item_code"
    location = "location_id" if "location_id" in lead_times.columns else "to_location_code"
    return lead_times.select(
        "company_id",
        pl.col(item).fill_null("").alias("item_id"),
        pl.col(location).fill_null("").alias("location_id"),
        "kind",
        pl.col("lead_time_days").cast(pl.Float64).alias("days"),
        pl.col("receipt_date").cast(pl.Date).alias("known_on"),
    ).filter(pl.col("days").is_not_null() & (pl.col("known_on").fill_null(as_of) <= as_of))


def _summary(rows: pl.DataFrame, level: tuple[str, ...], *, kind: str, words: str) -> pl.DataFrame:
    """Observed times need a few receipts; agreed ones have no spread unless suppliers differ."""
    count = pl.len()
    enough = ENOUGH_RECEIPTS if kind == "observed" else 1
    said = (
        pl.format("{} receipts {}", count, pl.lit(words))
        if kind == "observed"
        else pl.format("agreed with {} supplier(s) {}", count, pl.lit(words))
    )
    general = pl.lit(True)
    if "item_id" not in level:
        general = pl.col("item_id") == ""
    elif "location_id" in level:
        general = pl.col("item_id") != ""
    return (
        rows.filter((pl.col("kind") == kind) & general)
        .group_by(level)
        .agg(
            pl.col("days").mean().alias("lead_time_days"),
            pl.col("days").std().fill_null(0.0).alias("lead_time_sd_days"),
            said.alias("lead_time_basis"),
            count.alias("rows"),
        )
        .filter(pl.col("rows") >= enough)
        .drop("rows")
    )
