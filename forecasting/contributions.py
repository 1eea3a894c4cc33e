"""Why this number: what each input of the gradient model multiplied the forecast by.

Trees answer in logarithms, and LightGBM splits each answer exactly into one part per input
(`pred_contrib`). So a forecast is a starting figure, the line's usual demand at the model's mean,
times one factor per input; the factors of a line, multiplied, give its forecast and nothing is left.
"""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from forecasting.demand import KEY, Panel
from forecasting.features import Questions
from forecasting.outlook import GRADIENT, Outlook

NAMED = 8  # inputs told one by one; the others are one factor together
START, OTHERS = "usual demand", "all other inputs"
WORDS = (
    (r"mean_(\d+)", r"mean of the last \1 days"),
    (r"smoothed_(\S+)", r"smoothed demand, weight \1 a day"),
    (r"year_(\d)_\d+", r"same weeks \1 year before"),
    (r"(\w+)_season(_long)?", r"season of the \1 a year before"),
    (r"(\w+)_(trend|growth)", r"\2 of the \1"),
    (r"(\w+)_ahead", r"\1 in the days ahead"),
    (r"(\w+)_lately", r"\1 of late"),
    (r"(\w+)_change", r"change of \1"),
)


def contribution_rows(lines: Panel, terms: pl.DataFrame, seen: Outlook) -> pl.DataFrame:
    """One row per line that the gradient model forecasts and step: 0 starts, the last one ends.

    factor: what the step multiplies by; qty_after: demand over the line's own interval so far.
    """
    mine = np.flatnonzero(seen.champion == GRADIENT)
    able = [] if seen.gradient is None else seen.gradient.models
    if not len(mine) or not able or seen.gradient is None:
        return pl.DataFrame()
    model = able[-1].gradient
    if len(model.boosters) != 1:
        return pl.DataFrame()  # the mean of several members has no parts
    horizon = terms["horizon_days"].to_numpy()[mine]
    builder = seen.gradient.builder
    asked = Questions(mine, np.full(len(mine), lines.days - 1), np.ones_like(horizon), horizon)
    names, matrix = builder.features(asked)
    parts = np.asarray(model.boosters[0].predict(matrix, pred_contrib=True, num_threads=1))  # type: ignore[attr-defined]
    start = np.exp(parts[:, -1]) * builder.scale(asked) * horizon
    order = np.argsort(-np.abs(parts[:, :-1]), axis=1, kind="stable")[:, :NAMED]
    named = np.take_along_axis(parts, order, axis=1)
    rest = parts[:, :-1].sum(axis=1) - named.sum(axis=1)
    steps = np.column_stack([np.zeros(len(mine)), named, rest])
    after = start[:, None] * np.exp(np.cumsum(steps, axis=1))
    keys = lines.keys.select(KEY)[mine]
    made = []
    for step in range(steps.shape[1]):
        is_named = 1 <= step <= order.shape[1]
        inputs = [names[place] for place in order[:, step - 1]] if is_named else None
        values = (
            np.take_along_axis(matrix, order[:, [step - 1]], axis=1)[:, 0] if is_named else None
        )
        told = START if step == 0 else OTHERS
        made.append(
            keys.with_columns(
                pl.lit(lines.origin).alias("origin_date"),
                pl.lit(step).alias("step"),
                pl.Series("input", inputs or [told] * len(mine)),
                pl.Series("meaning", [in_words(name) for name in inputs or [told] * len(mine)]),
                pl.Series("input_reading", values, dtype=pl.Float64, strict=False)
                if values is not None
                else pl.lit(None, dtype=pl.Float64).alias("input_reading"),
                pl.Series("factor", np.exp(steps[:, step])),
                pl.Series("qty_after", after[:, step]),
                pl.Series("horizon_days", horizon),
                pl.lit(seen.version).alias("forecast_version"),
            )
        )
    return pl.concat(made)


def in_words(name: str) -> str:
    """An input's name as a planner would say it."""
    for pattern, words in WORDS:
        if re.fullmatch(pattern, name):
            return re.sub(pattern, words, name).replace("_", " ")
    return name.replace("_", " ")
