"""What is said of a score beside the score: measures on later lines, version, reasons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl


@dataclass(frozen=True, slots=True)
class Measure:
    """`learnt` and `ruled` on the same lines; None where there is too little to learn from."""

    task: str
    subgroup: str
    measure: str
    learnt: float | None
    ruled: float | None
    judged_count: int
    is_used: bool
    verdict: str
    model_version: str = "rules"


def measure_rows(company: str, measures: tuple[Measure, ...]) -> pl.DataFrame:
    """The frame `computed.score_evaluation` of one company."""
    return pl.DataFrame(
        [
            {"company_id": company, "task": one.task, "subgroup": one.subgroup, "measure": one.measure,
             "learnt": _digits(one.learnt), "ruled": _digits(one.ruled), "judged_count": one.judged_count,
             "is_used": one.is_used, "verdict": one.verdict, "model_version": one.model_version}
            for one in measures
        ],
        schema=EVALUATION,
    )  # fmt: skip


EVALUATION = {
    "company_id": pl.String, "task": pl.String, "subgroup": pl.String, "measure": pl.String,
    "learnt": pl.Float64, "ruled": pl.Float64, "judged_count": pl.Int64, "is_used": pl.Boolean,
    "verdict": pl.String, "model_version": pl.String,
}  # fmt: skip


def version_of(task: str, choices: Mapping[str, object], *parts: object) -> str:
    """Names the data and the choices behind a score."""
    digest = hashlib.sha256(json.dumps(choices, sort_keys=True).encode())
    for part in parts:
        digest.update(
            np.ascontiguousarray(part).tobytes()
            if isinstance(part, np.ndarray)
            else json.dumps(part).encode()
        )
    return f"{task}-{digest.hexdigest()[:8]}"


def as_json(told: Mapping[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False)


def _digits(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else round(value, 6)
