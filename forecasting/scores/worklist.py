"""Which problems bring most back, so that they are looked at first.

What an exception is worth is its exposure times the share that came back of closed ones of its
code and customer, drawn to the code's share where few are known, and that to the share of all. The
newest quarter judges: the order goes out only where its first twenty brought back more than the
first twenty by exposure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from forecasting.scores.judged import FEWEST_LABELS, Floats, foremost_sum, miscalibration
from forecasting.scores.report import Measure, version_of

TASK, EVERY, ALL_CODES = "exception_priority", "", "*"
JUDGED_SHARE, FOREMOST, STEADY = 0.25, 20, 10.0
KEY = ["company_id", "code", "party_id"]
WORTH = {
    "company_id": pl.String, "code": pl.String, "party_id": pl.String,
    "recovered_share": pl.Float64, "closed_count": pl.Int64, "model_version": pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worklist:
    """`worth`: rows of WORTH; none while the order by exposure stays."""

    worth: pl.DataFrame
    measures: tuple[Measure, ...]


def worklist(closed: pl.DataFrame) -> Worklist:
    """Of one company (`int_score__closed_exception`), in any order."""
    closed = closed.sort("found_at", "exception_id")
    few = min(closed["is_recovered"].sum(), (~closed["is_recovered"]).sum()) if closed.height else 0
    none = pl.DataFrame(schema=WORTH)
    if few < FEWEST_LABELS:
        said = f"not enough data: {few} closed exceptions of the rarer end, {FEWEST_LABELS} needed"
        return Worklist(none, (
            Measure(TASK, "all", "labels of the rarer end", None, None, int(few), False, said),
        ))  # fmt: skip
    border = closed["found_at"][int((1 - JUDGED_SHARE) * closed.height)]
    past, later = (
        closed.filter(pl.col("closed_at") < border),
        closed.filter(pl.col("found_at") >= border),
    )
    if past.is_empty():
        said = "not enough data: no exception was closed before the newest quarter of them"
        return Worklist(none, (
            Measure(TASK, "all", "closed before", None, None, 0, False, said),
        ))  # fmt: skip
    version = version_of(TASK, {"steady": STEADY}, closed["exception_id"].to_list())
    expected = _expected(later, shares(past))
    exposure = later["exposure_amount"].cast(pl.Float64).to_numpy()
    recovered = later["is_recovered"].to_numpy()
    back = np.where(recovered, exposure, 0.0)
    ours, theirs = (
        foremost_sum(back, score, FOREMOST) for score in (expected * exposure, exposure)
    )
    is_used = ours > theirs
    said = "the learnt order goes out" if is_used else "exposure alone is as good: it goes out"
    measures = tuple(
        Measure(TASK, "all", name, one, other, later.height, is_used, said, version)
        for name, one, other in (
            (f"recovered by the first {FOREMOST}", ours, theirs),
            ("gap between chance and outcome", miscalibration(recovered, expected), None),
        )
    )
    worth = shares(closed).with_columns(pl.lit(version).alias("model_version"))
    return Worklist(worth.select(*WORTH) if is_used else none, measures)


def shares(closed: pl.DataFrame) -> pl.DataFrame:
    """Share of closed exceptions that came back: of all, per code, and per code and customer.

    Cases count, not amounts: one large one does not speak for all.
    """
    alike = closed.select(
        "company_id", "code", "party_id", pl.col("is_recovered").cast(pl.Float64).alias("back")
    )
    whole = alike.with_columns(pl.lit(ALL_CODES).alias("code"), pl.lit(EVERY).alias("party_id"))
    coded = alike.with_columns(pl.lit(EVERY).alias("party_id"))
    named = alike.filter(pl.col("party_id") != EVERY)
    of_all = _counted(whole).with_columns((pl.col("back") / pl.col("number")).alias("share"))
    of_code = _drawn(_counted(coded), of_all, on=["company_id"])
    of_party = _drawn(_counted(named), of_code, on=["company_id", "code"])
    return (
        pl.concat([part.select(*KEY, "share", "number") for part in (of_all, of_code, of_party)])
        .select(
            *KEY,
            pl.col("share").round(6).alias("recovered_share"),
            pl.col("number").cast(pl.Int64).alias("closed_count"),
        )
        .sort(KEY)
    )


def _counted(closed: pl.DataFrame) -> pl.DataFrame:
    return closed.group_by(KEY).agg(pl.len().alias("number"), pl.col("back").sum())


def _drawn(counted: pl.DataFrame, wider: pl.DataFrame, *, on: list[str]) -> pl.DataFrame:
    """Shares of few cases are drawn to the share of the wider group."""
    usual = wider.select(*on, pl.col("share").alias("usual"))
    return counted.join(usual, on=on).with_columns(
        ((pl.col("back") + STEADY * pl.col("usual")) / (pl.col("number") + STEADY)).alias("share")
    )


def _expected(later: pl.DataFrame, known: pl.DataFrame) -> Floats:
    """The customer's share with the code, else the code's, else that of all."""
    told = known.select(*KEY, "recovered_share")
    of_code = told.filter(party_id=EVERY).select(
        "company_id", "code", pl.col("recovered_share").alias("of_code")
    )
    usual = of_code.filter(code=ALL_CODES)["of_code"].item()
    found = later.join(told, on=KEY, how="left", maintain_order="left").join(
        of_code, on=["company_id", "code"], how="left", maintain_order="left"
    )
    return found.select(pl.coalesce("recovered_share", "of_code", pl.lit(usual)).alias("share"))[
        "share"
    ].to_numpy()
