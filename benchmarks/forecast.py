"""The gradient model on many long daily series: features, training, prediction, peak memory."""

from __future__ import annotations

import resource
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.measure import line
from forecasting.demand import Panel
from forecasting.features import FeatureBuilder, Questions
from forecasting.gradient import Settings, train
from forecasting.rhythm import DAILY

SERIES, DAYS, ORIGINS_EVERY, TAUGHT_DAYS, AHEAD = 10_000, 1_900, 14, 560, 28
SETTINGS = Settings(trees=150, leaves=31, learning_rate=0.06, feature_share=0.5, half_life=364)


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """CPU seconds of each step on one thread; the targets are per 10,000 series of 1,900 days."""
    del data
    series = rows or SERIES
    panel = panel_of(series)
    share = series / SERIES
    began = time.process_time()
    builder = FeatureBuilder(panel, DAILY, groups={"item": np.arange(series) // 8})
    asked = questions(series)
    builder.features(asked)
    features = round(time.process_time() - began, 1)
    began = time.process_time()
    model = train(builder, asked, SETTINGS)
    taught = round(time.process_time() - began, 1)
    began = time.process_time()
    lines = np.arange(series)
    for day in range(1, AHEAD + 1):
        step = np.full(series, day)
        model.predict(builder, Questions(lines, np.full(series, DAYS - 1), step, step))
    predicted = round(time.process_time() - began, 1)
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2)
    return [
        line("running sums and features", features, "CPU s", rows=len(asked), target=10 * share),
        line("training", taught, "CPU s", rows=len(asked), target=60 * share),
        line(f"prediction of {AHEAD} days", predicted, "CPU s", rows=series, target=5 * share),
        line("peak memory", peak, "GB", rows=series, target=6),
    ]


def panel_of(series: int) -> Panel:
    """Seeded demand with a level per series, a week and a year in it, and days without stock."""
    rng = np.random.default_rng(42)
    level = rng.gamma(0.8, 4.0, series)
    days = np.arange(DAYS)
    shape = (1 + 0.3 * np.sin(2 * np.pi * days / 364)) * (1 + 0.2 * (days % 7 < 5))
    values = rng.poisson(level[:, None] * shape[None, :]).astype(np.float64)
    values[rng.random(values.shape) < 0.05] = np.nan
    keys = pl.DataFrame({"line": np.arange(series)})
    return Panel(keys, date(2020, 1, 6), values, np.zeros(series, dtype=np.int64))


def questions(series: int) -> Questions:
    """Origins every two weeks of the last year and a half, two intervals each in turn."""
    origins = np.arange(DAYS - 1 - AHEAD - TAUGHT_DAYS, DAYS - 1 - AHEAD, ORIGINS_EVERY)
    line, origin = (part.ravel() for part in np.meshgrid(np.arange(series), origins, indexing="ij"))
    last = np.where((line + origin) % 2 == 0, 7, AHEAD)
    return Questions(line, origin, np.ones_like(line), last)
