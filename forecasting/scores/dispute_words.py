"""What a dispute without a reason is probably about, by its words.

Naive Bayes over the words of disputes that were closed under a reason: each word counts as often
with each reason as it was seen there, plus a little. The newest quarter judges: an answer is given
where answers at least as sure were right nine times in ten, else the dispute stays unclassified.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from forecasting.scores.judged import FEWEST_LABELS, Floats, chance_of, macro_f1, rising, surest
from forecasting.scores.report import Measure, as_json, version_of

TASK, UNCLASSIFIED, NO_REASON = "dispute_category", "unclassified", "other"
JUDGED_SHARE, WANTED, FEWEST_SURE, LITTLE, WORDS_TOLD = 0.25, 0.9, 20, 0.5, 3
CATEGORY = {
    "company_id": pl.String, "source_system": pl.String, "dispute_id": pl.String,
    "category": pl.String, "likeliest": pl.String, "confidence": pl.Float64, "reasons": pl.String,
    "model_version": pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DisputeWords:
    """`answers`: rows of CATEGORY for the open disputes that name no reason."""

    answers: pl.DataFrame
    measures: tuple[Measure, ...]


def words_of(text: str | None) -> list[str]:
    """Each word once; figures are no words."""
    return sorted(set(re.findall(r"[^\W\d_]{2,}", (text or "").lower())))


@dataclass(frozen=True, slots=True)
class Words:
    """Per reason the log chance of the reason, and of each known word with it."""

    reasons: tuple[str, ...]
    prior: Floats
    chance: Mapping[str, Floats]

    @classmethod
    def learnt(cls, texts: Sequence[Sequence[str]], reasons: Sequence[str]) -> Words:
        names = tuple(sorted(set(reasons)))
        number = np.array([reasons.count(name) for name in names], dtype=np.float64)
        seen: dict[str, Counter[str]] = {name: Counter() for name in names}
        for text, reason in zip(texts, reasons, strict=True):
            seen[reason].update(text)
        known = sorted({word for words in seen.values() for word in words})
        chance = {
            word: np.log(
                (np.array([seen[name][word] for name in names]) + LITTLE) / (number + 2 * LITTLE)
            )
            for word in known
        }
        return cls(names, np.log(number / number.sum()), chance)

    def say(self, words: Sequence[str]) -> tuple[str, float, list[str]]:
        """The likeliest reason, its share of the belief, and the words that speak for it most."""
        known = [word for word in words if word in self.chance]
        weight = self.prior + sum((self.chance[word] for word in known), np.zeros(len(self.prior)))
        belief = np.exp(weight - weight.max())
        best = int(np.argmax(belief))
        speaks = sorted(
            known, key=lambda word: (self.chance[word].mean() - self.chance[word][best], word)
        )
        if not known:
            return self.reasons[best], 0.0, []
        return self.reasons[best], round(float(belief[best] / belief.sum()), 6), speaks[:WORDS_TOLD]


def dispute_words(disputes: pl.DataFrame) -> DisputeWords:
    """Of one company: dispute_id, opened_at, closed_at, reason_code, free_text, is_open."""
    disputes = disputes.sort("opened_at", "source_system", "dispute_id")
    asked = disputes.filter(pl.col("is_open") & (pl.col("reason_code") == NO_REASON))
    labelled = disputes.filter(
        ~pl.col("is_open")
        & pl.col("closed_at").is_not_null()
        & (pl.col("reason_code") != NO_REASON)
    )
    number = Counter(labelled["reason_code"].to_list())
    enough = sorted(name for name, count in number.items() if count >= FEWEST_LABELS)
    if len(enough) < 2:
        most = max(number.values(), default=0)
        said = (
            f"not enough data: {len(enough)} reasons with {FEWEST_LABELS} closed disputes, 2 needed"
        )
        return DisputeWords(_unclassified(asked), (
            Measure(TASK, "all", "closed disputes of the commonest reason", None, None, most, False, said),
        ))  # fmt: skip
    labelled = labelled.filter(pl.col("reason_code").is_in(enough))
    border = labelled["opened_at"][int((1 - JUDGED_SHARE) * labelled.height)]
    past, later = (
        labelled.filter(pl.col("closed_at") < border),
        labelled.filter(pl.col("opened_at") >= border),
    )
    if past["reason_code"].n_unique() < 2 or later.is_empty():
        said = "not enough data: too few disputes were closed before the newest quarter of them"
        return DisputeWords(_unclassified(asked), (
            Measure(TASK, "all", "disputes closed before", None, None, past.height, False, said),
        ))  # fmt: skip
    model = _model(past)
    actual = later["reason_code"].to_list()
    said_then = [model.say(words_of(text)) for text in later["free_text"]]
    right = np.array([one[0] == label for one, label in zip(said_then, actual, strict=True)])
    belief = np.array([one[1] for one in said_then])
    steps = rising(belief, right)
    least = surest(right, belief, WANTED, fewest=FEWEST_SURE)
    version = version_of(
        TASK, {"wanted": WANTED, "little": LITTLE}, labelled["dispute_id"].to_list()
    )
    now = _model(labelled)
    answers = []
    for row in asked.to_dicts():
        reason, share, words = now.say(words_of(row["free_text"]))
        is_sure = least is not None and share >= least
        answers.append({
            **{name: row[name] for name in ("company_id", "source_system", "dispute_id")},
            "category": reason if is_sure else UNCLASSIFIED, "likeliest": reason,
            "confidence": round(float(chance_of(steps, np.array([share]))[0]), 6),
            "reasons": as_json({"words": words}), "model_version": version,
        })  # fmt: skip
    commonest = max(enough, key=lambda name: (number[name], name))
    return DisputeWords(
        pl.DataFrame(answers, schema=CATEGORY),
        _measures(actual, said_then, right, least, enough, commonest, version),
    )


def _model(labelled: pl.DataFrame) -> Words:
    texts = [words_of(text) for text in labelled["free_text"]]
    return Words.learnt(texts, labelled["reason_code"].to_list())


def _unclassified(asked: pl.DataFrame) -> pl.DataFrame:
    return asked.select("company_id", "source_system", "dispute_id").with_columns(
        pl.lit(UNCLASSIFIED).alias("category"), pl.lit(None, pl.String).alias("likeliest"),
        pl.lit(None, pl.Float64).alias("confidence"), pl.lit("{}").alias("reasons"),
        pl.lit("rules").alias("model_version"),
    )  # fmt: skip


def _measures(
    actual: list[str], said: list[tuple[str, float, list[str]]], right: np.ndarray,
    least: float | None, classes: list[str], commonest: str, version: str,
) -> tuple[Measure, ...]:  # fmt: skip
    sure = np.array([least is not None and one[1] >= least for one in said])
    kept = [one[0] if is_sure else None for one, is_sure in zip(said, sure, strict=True)]
    always: list[str | None] = [commonest] * len(actual)
    words = (
        f"answers at least as sure as {least:.3f} go out"
        if least is not None
        else "no answer was sure enough: all stay unclassified"
    )
    pairs = {
        "macro F1": (macro_f1(actual, [one[0] for one in said], classes), macro_f1(actual, always, classes)),
        "macro F1 of what goes out": (macro_f1(actual, kept, classes), macro_f1(actual, always, classes)),
        "right of what goes out": (
            float(right[sure].mean()) if sure.any() else None,
            float(np.mean([label == commonest for label in actual])),
        ),
        "share that goes out": (float(sure.mean()), 1.0),
    }  # fmt: skip
    return tuple(
        Measure(TASK, "all", name, ours, theirs, len(actual), bool(sure.any()), words, version)
        for name, (ours, theirs) in pairs.items()
    )
