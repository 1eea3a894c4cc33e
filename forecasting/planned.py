"""Events and readings, as they were known, into signals; what nobody could have known is refused.

A reading counts from the moment it became available. One that is stated to be a measurement and
yet available before its day is refused: somebody filled a past forecast with what came. So is all
that became known after the origin. Refused rows are named, not dropped in silence.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forecasting.demand import Floats, Panel
from forecasting.signals import Layer, Signal

AHEAD = 120  # days beyond the panel for which plans are read
EVENTS = (
    "promotion", "holiday", "competitor_stockout", "store_close", "launch", "store_open", "delist",
    "other",
)  # fmt: skip
PRICE_CHANGE = "price_change"
HOW_MUCH = {"promotion": "promotion_depth"}  # in per cent off; what others state is an intensity
RECENT_DAYS = 28
NO_EVENTS = {
    "company_id": pl.String, "event_type": pl.String, "start_date": pl.Date, "end_date": pl.Date,
    "known_from_date": pl.Date, "item_id": pl.String, "location_id": pl.String,
    "category": pl.String, "value": pl.Float64,
}  # fmt: skip
NO_READINGS = {
    "company_id": pl.String, "signal_name": pl.String, "signal_date": pl.Date,
    "known_date": pl.Date, "is_forecast": pl.Boolean, "item_id": pl.String,
    "location_id": pl.String, "value": pl.Float64,
}  # fmt: skip


def without_leaks(readings: pl.DataFrame, *, as_of: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Readings that may be used, and those refused with the reason."""
    judged = readings.with_columns(
        pl.when(pl.col("known_date") > as_of)
        .then(pl.lit("known only after the origin"))
        .when(~pl.col("is_forecast") & (pl.col("signal_date") > as_of))
        .then(pl.lit("a measurement dated after the origin"))
        .when(~pl.col("is_forecast") & (pl.col("known_date") < pl.col("signal_date")))
        .then(pl.lit("a measurement that claims to be known before its day"))
        .alias("refused_because")
    )
    refused = judged.filter(pl.col("refused_because").is_not_null())
    return judged.filter(pl.col("refused_because").is_null()).drop("refused_because"), refused


def signals_of(
    lines: Panel, demand: pl.DataFrame, events: pl.DataFrame | None,
    readings: pl.DataFrame | None, items: pl.DataFrame, *, as_of: date,
) -> list[Signal]:  # fmt: skip
    """Promotions and other events, prices, and every named reading that somebody delivered."""
    made: list[Signal] = []
    if events is not None and events.height:
        known = events.filter(pl.col("known_from_date") <= as_of)
        for kind in EVENTS:
            made += _event_signals(lines, known.filter(event_type=kind), items, kind)
    if readings is not None and readings.height:
        usable, _ = without_leaks(readings, as_of=as_of)
        for name in sorted(usable["signal_name"].unique().to_list()):
            made.append(_reading_signal(lines, usable.filter(signal_name=name), name))
    if "price" in demand.columns:
        planned = None
        if events is not None and events.height:
            told = (pl.col("known_from_date") <= as_of) & pl.col("value").is_not_null()
            planned = _placed(lines, events.filter(told, event_type=PRICE_CHANGE), items)
        made += _price_signal(lines, demand, planned)
    return made


def _periods(lines: Panel) -> int:
    return lines.days + AHEAD


def _event_signals(
    lines: Panel, events: pl.DataFrame, items: pl.DataFrame, kind: str
) -> list[Signal]:
    """1 on the days of an event that applies to the line, known from when it was announced; beside
    it how much of it there is, on days for which that was stated.

    Days without the event, and days of one that states nothing, have no size: it is not guessed.
    Where all that was stated is the same, it says no more than the 1.
    """
    if events.is_empty():
        return []
    row_of = np.arange(lines.keys.height)
    there = _placed(lines, events.with_columns(pl.lit(1.0).alias("value")), items)
    made = [Signal(kind, (there,), row_of, unknown=0.0, recent=RECENT_DAYS)]
    stated = events.filter(pl.col("value").is_not_null())
    if stated["value"].n_unique() > 1:
        name = HOW_MUCH.get(kind, f"{kind}_intensity")
        sized = _placed(lines, stated, items)
        made.append(Signal(name, (sized,), row_of, recent=RECENT_DAYS))
    return made


def _placed(lines: Panel, events: pl.DataFrame, items: pl.DataFrame) -> Layer:
    """The value of events on the days and lines they apply to; of two the one announced later."""
    scope = _scope(lines, items)
    values = np.full((lines.keys.height, _periods(lines)), np.nan)
    known = np.full(values.shape, np.iinfo(np.int32).max, dtype=np.int32)
    for row in events.sort("known_from_date", pl.all()).iter_rows(named=True):
        low = max((row["start_date"] - lines.first_day).days, 0)
        high = min((row["end_date"] - lines.first_day).days + 1, values.shape[1])
        told = (row["known_from_date"] - lines.first_day).days
        applies = np.ones(len(values), dtype=bool)
        for name, of_lines in scope.items():
            if row[name] is not None and (name, row[name]) != ("company_id", "*"):
                applies &= of_lines == row[name]
        mine = np.flatnonzero(applies)[:, None], np.arange(low, max(low, high))[None, :]
        is_new = values[mine] != float(row["value"])
        known[mine] = np.where(is_new, told, np.minimum(known[mine], told))
        values[mine] = float(row["value"])
    return Layer(values, known)


def _scope(lines: Panel, items: pl.DataFrame) -> dict[str, NDArray[np.object_]]:
    """What an event may be about, per line: company, item, place, category."""
    known = items.select(
        "company_id",
        "item_id",
        pl.col("category") if "category" in items.columns else pl.lit("").alias("category"),
    ).unique(("company_id", "item_id"), keep="last", maintain_order=True)
    of_lines = lines.keys.join(
        known, on=("company_id", "item_id"), how="left", maintain_order="left"
    )
    names = ("company_id", "item_id", "location_id", "category")
    return {name: of_lines[name].to_numpy().astype(object) for name in names}


def _reading_signal(lines: Panel, readings: pl.DataFrame, name: str) -> Signal:
    """Measured where known, else the first forecast of it; the line's own scope, else a wider one."""
    scopes = (
        ("item_id", "location_id"), ("item_id",), ("location_id",), (),
    )  # fmt: skip
    layers = []
    for is_forecast in (False, True):
        values = np.full((lines.keys.height, _periods(lines)), np.nan)
        known = np.full(values.shape, np.iinfo(np.int32).max, dtype=np.int32)
        for scope in scopes:
            _fill(
                lines, readings.filter(pl.col("is_forecast") == is_forecast), scope, values, known
            )
        layers.append(Layer(values, known))
    return Signal(name, tuple(layers), np.arange(lines.keys.height), recent=7)


def _fill(
    lines: Panel, readings: pl.DataFrame, scope: tuple[str, ...], values: Floats, known: np.ndarray
) -> None:
    """Lay the readings of one scope onto the cells that nothing narrower has filled."""
    others = [name for name in ("item_id", "location_id") if name not in scope]
    rows = (
        readings.filter(
            *(pl.col(name).is_not_null() for name in scope),
            *(pl.col(name).is_null() for name in others),
        )
        .with_columns(
            (pl.col("signal_date") - lines.first_day).dt.total_days().alias("period"),
            (pl.col("known_date") - lines.first_day).dt.total_days().alias("told"),
        )
        .filter(pl.col("period").is_between(0, values.shape[1] - 1))
        .sort("company_id", *scope, "period", "told")
        .unique(("company_id", *scope, "period"), keep="first", maintain_order=True)
    )
    if rows.is_empty():
        return
    everywhere = rows.filter(company_id="*").drop("company_id")
    placed = lines.keys.with_row_index("line").join(
        rows, on=("company_id", *scope), how="inner", suffix="_read"
    )
    if everywhere.height:
        keyed = lines.keys.with_row_index("line")
        wide = (
            keyed.join(everywhere, on=scope, how="inner", suffix="_read")
            if scope
            else keyed.join(everywhere, how="cross", suffix="_read")
        )
        placed = pl.concat([placed.select(CELL), wide.select(CELL)])
    line, period = placed["line"].to_numpy(), placed["period"].to_numpy()
    free = np.isnan(values[line, period])
    values[line[free], period[free]] = placed["value"].cast(pl.Float64).to_numpy()[free]
    known[line[free], period[free]] = placed["told"].to_numpy()[free]


CELL = ("line", "period", "told", "value")


def _price_signal(lines: Panel, demand: pl.DataFrame, planned: Layer | None) -> list[Signal]:
    """Prices that were paid, known when the day was over, and those that were announced.

    Days without a sale have none of the first kind. Where a price was announced, what matters is
    how it stands to what was paid of late.
    """
    rows = demand.filter(pl.col("price").is_not_null())
    if rows.is_empty():
        return []
    placed = (
        rows.join(lines.keys.with_row_index("line"), on=("company_id", "item_id", "location_id"))
        .with_columns((pl.col("date") - lines.first_day).dt.total_days().alias("period"))
        .filter(pl.col("period").is_between(0, lines.days - 1))
    )
    values = np.full((lines.keys.height, lines.days), np.nan)
    line, period = placed["line"].to_numpy(), placed["period"].to_numpy()
    values[line, period] = placed["price"].cast(pl.Float64).to_numpy()
    known = np.broadcast_to(np.arange(lines.days, dtype=np.int32), values.shape)
    paid, row_of = Layer(values, known), np.arange(lines.keys.height)
    if planned is None or np.isnan(planned.values).all():
        return [Signal("price_paid", (paid,), row_of, recent=RECENT_DAYS)]
    return [Signal("price_paid", (paid, planned), row_of, is_relative=True, recent=RECENT_DAYS)]
