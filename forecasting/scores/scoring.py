"""All scores of one run: four frames of `computed.*`, and one line for people who run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from forecasting.scores.delay_risk import delay_risk
from forecasting.scores.dispute_words import CATEGORY, dispute_words
from forecasting.scores.report import EVALUATION, measure_rows
from forecasting.scores.unusual import WATCH, unusual
from forecasting.scores.worklist import WORTH, worklist


@dataclass(frozen=True, slots=True)
class Scored:
    """Frames by table, and the verdict on each task."""

    frames: dict[str, pl.DataFrame]
    verdict: str


def scores(lines: pl.DataFrame, disputes: pl.DataFrame, closed: pl.DataFrame) -> Scored:
    """Companies learn from their own past alone."""
    watch, categories, worth, measures = [], [], [], []
    for company in sorted(
        {one for frame in (lines, disputes, closed) for one in frame["company_id"]}
    ):
        its = [frame.filter(pl.col("company_id") == company) for frame in (lines, disputes, closed)]
        risk, words, order = delay_risk(its[0]), dispute_words(its[1]), worklist(its[2])
        watch += [risk.watch, unusual(its[0])]
        categories.append(words.answers)
        worth.append(order.worth)
        measures.append(measure_rows(company, (*risk.measures, *words.measures, *order.measures)))
    frames = {
        "billing_watch": _joined(watch, WATCH, ("company_id", "subject_id", "flag")),
        "dispute_category": _joined(categories, CATEGORY, ("company_id", "source_system", "dispute_id")),
        "exception_worth": _joined(worth, WORTH, ("company_id", "code", "party_id")),
        "score_evaluation": _joined(measures, EVALUATION, ("company_id", "task", "subgroup", "measure")),
    }  # fmt: skip
    told = frames["score_evaluation"].unique(
        ("company_id", "task"), keep="first", maintain_order=True
    )
    return Scored(
        frames,
        "; ".join(
            f"{row['company_id']} {row['task']}: {row['verdict']}" for row in told.to_dicts()
        ),
    )


def _joined(
    parts: Iterable[pl.DataFrame], schema: dict[str, type[pl.DataType]], key: tuple[str, ...]
) -> pl.DataFrame:
    made = [part.select(pl.col(name).cast(kind) for name, kind in schema.items()) for part in parts]
    return (pl.concat(made) if made else pl.DataFrame(schema=schema)).sort(key)
