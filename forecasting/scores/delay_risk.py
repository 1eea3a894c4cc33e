"""Which lines will probably be billed late, told before anything has happened to them.

A line is looked at as on the day it was ordered, with what was known of its customer, place and
item by then. Lines whose outcome was known before the newest quarter of the labelled lines began
are learnt from; that quarter judges, and turns scores into chances. The customer's own share of
late lines is the rule beside it: where that order is as good, it stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from forecasting.scores.judged import (
    FEWEST_LABELS,
    Floats,
    average_precision,
    chance_of,
    lift,
    miscalibration,
    rising,
    surest,
)
from forecasting.scores.known_then import DAY, before
from forecasting.scores.report import Measure, as_json, version_of

TASK = "delay_risk"
JUDGED_SHARE, FOREMOST, WANTED, FEWEST_FLAGGED, COLD = 0.25, 0.1, 0.5, 20, 5
STEADY, REASONS = 5.0, 3
MEANINGS = {
    "customer_late": "late lines of this customer so far",
    "place_late": "late lines of this place so far",
    "channel_late": "late lines of this channel and kind of order so far",
    "everybody_late_lately": "late lines of the company in the last four weeks",
    "customer_proof_late": "proofs of delivery of this customer that came late or never",
    "place_proof_late": "proofs of delivery from this place that came late or never",
    "load": "lines ordered in the week before",
    "weekday": "day of the week",
    "days_to_month_end": "days to the end of the month",
    "has_po": "the customer's order number is known",
    "price_to_usual": "price against what was usual for the item",
    "log_worth": "worth of the line",
}
PARAMETERS = {
    "objective": "binary", "num_leaves": 7, "learning_rate": 0.08, "min_data_in_leaf": 40,
    "feature_fraction": 0.7, "lambda_l2": 5.0, "num_threads": 1, "deterministic": True,
    "force_row_wise": True, "seed": 0, "verbosity": -1,
}  # fmt: skip
TREES = 60


@dataclass(frozen=True, slots=True)
class DelayRisk:
    """`watch`: subject_id, score, rule_score, is_flagged, reasons of the lines that wait."""

    watch: pl.DataFrame
    measures: tuple[Measure, ...]


def delay_risk(lines: pl.DataFrame) -> DelayRisk:
    """Of the lines of one company (`int_score__billing_line`), in any order."""
    lines = lines.sort("subject_id")
    late = lines["is_late"].fill_null(False).to_numpy()
    known = lines["is_late"].is_not_null().to_numpy()
    few = int(min((late & known).sum(), (~late & known).sum()))
    if few < FEWEST_LABELS:
        return DelayRisk(_watch(lines.clear()), (_too_few(few),))
    told = features(lines)
    matrix = told.select(*MEANINGS).to_numpy().astype(np.float64)
    ruled = told["customer_late"].to_numpy()
    border = lines.filter(pl.Series(known))[DAY].sort()[int((1 - JUDGED_SHARE) * known.sum())]
    learnt = known & (lines["late_known_date"] < border).fill_null(False).to_numpy()
    judged = known & (lines[DAY] >= border).to_numpy()
    if min(_fewer(late[learnt]), _fewer(late[judged])) == 0:
        return DelayRisk(_watch(lines.clear()), (_too_few(few),))
    then = _Trees(matrix[learnt], late[learnt]).score(matrix[judged])
    steps, ruled_steps = rising(then, late[judged]), rising(ruled[judged], late[judged])
    version = version_of(TASK, PARAMETERS, matrix[known], late[known])
    ours, theirs = (average_precision(late[judged], one) for one in (then, ruled[judged]))
    is_used = ours > theirs
    cold = told["customer_count"].to_numpy()[judged] < COLD
    measures = _measures(late[judged], then, ruled[judged], cold, is_used=is_used, version=version)
    waiting = lines["is_waiting"].to_numpy()
    trees = _Trees(matrix[known], late[known])
    if is_used:
        chance = chance_of(steps, trees.score(matrix[waiting]))
        border_chance = surest(late[judged], chance_of(steps, then), WANTED, fewest=FEWEST_FLAGGED)
    else:
        chance = chance_of(ruled_steps, ruled[waiting])
        border_chance = surest(
            late[judged], chance_of(ruled_steps, ruled[judged]), WANTED, fewest=FEWEST_FLAGGED
        )
    flagged = chance >= border_chance if border_chance is not None else np.zeros(len(chance), bool)
    reasons = trees.reasons(matrix[waiting]) if is_used else _ruled_reasons(ruled[waiting])
    return DelayRisk(
        _watch(lines.filter(pl.Series(waiting)), chance, ruled[waiting], flagged, reasons, version),
        measures,
    )


def features(lines: pl.DataFrame) -> pl.DataFrame:
    """What was known of each line on the day it was ordered, by MEANINGS, and `customer_count`."""
    outcome = ("is_late", "late_known_date")
    everybody = before(lines, ["company_id"], *outcome)[1].fill_null(0.0)

    def drawn(
        by: list[str], value: str, known: str, usual: pl.Series
    ) -> tuple[pl.Series, pl.Series]:
        """The share of few lines is drawn to that of all."""
        count, mean = before(lines, ["company_id", *by], value, known)
        return count, (mean.fill_null(0.0) * count + STEADY * usual) / (count + STEADY)

    count, customer = drawn(["party_id"], *outcome, everybody)
    proof = ("is_proof_late", "proof_known_date")
    proofs = before(lines, ["company_id"], *proof)[1].fill_null(0.0)
    week = before(lines.with_columns(pl.lit(1.0).alias("one")), ["company_id"], "one", DAY, days=7)[
        0
    ]
    usual = before(lines, ["company_id", "item_id", "uom", "currency_doc"], "unit_price_doc", DAY)[
        1
    ]
    price = lines["unit_price_doc"].cast(pl.Float64)
    day = lines[DAY]
    return pl.DataFrame({
        "customer_count": count,
        "customer_late": customer,
        "place_late": drawn(["location_id"], *outcome, everybody)[1],
        "channel_late": drawn(["channel", "order_type"], *outcome, everybody)[1],
        "everybody_late_lately": before(lines, ["company_id"], *outcome, days=28)[1],
        "customer_proof_late": drawn(["party_id"], *proof, proofs)[1],
        "place_proof_late": drawn(["location_id"], *proof, proofs)[1],
        "load": week,
        "weekday": day.dt.weekday(),
        "days_to_month_end": (day.dt.month_end() - day).dt.total_days(),
        "has_po": lines["has_po"].cast(pl.Int64),
        "price_to_usual": price / usual,
        "log_worth": (price * lines["qty"].cast(pl.Float64)).clip(0.01).log(),
    }, strict=False)  # fmt: skip


class _Trees:
    """Boosted trees over one set of lines, and why they say what they say."""

    def __init__(self, matrix: Floats, late: np.ndarray) -> None:
        import lightgbm

        data = lightgbm.Dataset(
            matrix, label=late.astype(np.float64), feature_name=list(MEANINGS),
            params={"verbosity": -1, "num_threads": 1},
        )  # fmt: skip
        self.booster = lightgbm.train(dict(PARAMETERS), data, num_boost_round=TREES)

    def score(self, matrix: Floats) -> Floats:
        if len(matrix) == 0:
            return np.zeros(0)
        return np.round(np.asarray(self.booster.predict(matrix, num_threads=1)), 6)

    def reasons(self, matrix: Floats) -> list[str]:
        """The inputs that raise the chance most, with what they were."""
        if len(matrix) == 0:
            return []
        weights = np.asarray(self.booster.predict(matrix, pred_contrib=True, num_threads=1))
        told = []
        for weight, row in zip(weights[:, :-1], matrix, strict=True):
            order = [n for n in np.argsort(-weight, kind="stable")[:REASONS] if weight[n] > 0]
            names = list(MEANINGS)
            told.append(as_json({MEANINGS[names[n]]: _shown(row[n]) for n in order}))
        return told


def _shown(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)


def _ruled_reasons(ruled: Floats) -> list[str]:
    return [as_json({MEANINGS["customer_late"]: round(float(one), 3)}) for one in ruled]


def _fewer(late: np.ndarray) -> int:
    return int(min(late.sum(), (~late).sum()))


def _too_few(few: int) -> Measure:
    return Measure(TASK, "all", "labels of the rarer outcome", None, None, few, False,
                   f"not enough data: {few} of the rarer outcome, {FEWEST_LABELS} needed")  # fmt: skip


def _measures(
    late: np.ndarray, score: Floats, ruled: Floats, cold: np.ndarray, *, is_used: bool, version: str
) -> tuple[Measure, ...]:
    said = (
        "the learnt order goes out"
        if is_used
        else "the customer's share so far is as good: it goes out"
    )
    made = []
    for group, mine in (
        ("all", np.ones(len(late), dtype=bool)),
        ("customers with few lines", cold),
    ):
        if late[mine].sum() == 0:
            continue
        pairs = {
            "area under precision and recall": [average_precision(late[mine], one[mine]) for one in (score, ruled)],
            "lift of the first tenth": [lift(late[mine], one[mine], FOREMOST) for one in (score, ruled)],
            "gap between chance and outcome": [miscalibration(late[mine], one[mine]) for one in (score, ruled)],
        }  # fmt: skip
        made += [
            Measure(TASK, group, name, ours, theirs, int(mine.sum()), is_used, said, version)
            for name, (ours, theirs) in pairs.items()
        ]
    return tuple(made)


def _watch(
    lines: pl.DataFrame, score: Floats | None = None, ruled: Floats | None = None,
    flagged: np.ndarray | None = None, reasons: list[str] | None = None, version: str = "",
) -> pl.DataFrame:  # fmt: skip
    none = np.zeros(0)
    return lines.select("company_id", "subject_id").with_columns(
        pl.lit(TASK).alias("flag"),
        pl.Series("score", none if score is None else score, dtype=pl.Float64),
        pl.Series("rule_score", none if ruled is None else ruled, dtype=pl.Float64),
        pl.Series("is_flagged", [] if flagged is None else flagged, dtype=pl.Boolean),
        pl.Series("reasons", [] if reasons is None else reasons, dtype=pl.String),
        pl.lit(version).alias("model_version"),
    )
