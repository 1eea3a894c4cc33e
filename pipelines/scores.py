"""Runs the scores on the build and brings them in by the front door."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.scores.scoring import scores
from pipelines.computed import read_table, write_computed
from pipelines.warehouse.database import attach_computed
from pipelines.workspace import Workspace

SCORE_TABLES = (
    "int_score__billing_line",
    "int_receivable__dispute",
    "int_score__closed_exception",
)
SCORE_ANSWERS = ("billing_watch", "dispute_category", "exception_worth", "score_evaluation")


@dataclass(frozen=True, slots=True)
class Computed:
    """Rows of each computed table, and what the run says of what was learnt."""

    rows: dict[str, int]
    verdict: str


def compute_scores(workspace: Workspace) -> Computed:
    """What an earlier build computed is replaced."""
    scored = scores(*(read_table(workspace, name, order="") for name in SCORE_TABLES))
    files = {name: [write_computed(workspace, name, scored.frames[name])] for name in SCORE_ANSWERS}
    attach_computed(workspace.build_database, files)
    return Computed({name: scored.frames[name].height for name in SCORE_ANSWERS}, scored.verdict)
