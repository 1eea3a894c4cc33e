"""Runs the engines on the build and brings their answers back in by the front door."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import polars as pl

from models.contracts import COMPUTED
from pipelines.answers import held_to
from pipelines.engines.costing import Told
from pipelines.engines.matching.cash_frames import propose_cash
from pipelines.kept_costs import remember, valued
from pipelines.warehouse.database import attach_computed, connect
from pipelines.workspace import Workspace

CASH_TABLES = (
    "int_cash__receipt",
    "int_cash__reference",
    "int_cash__open_item",
    "int_cash__policy",
)
COST_TABLES = (
    "int_valuation__cost_event",
    "int_valuation__policy",
    "int_valuation__standard_cost",
    "int_valuation__cost_period",
)
COST_ANSWERS = ("cost_entry", "cost_layer", "cost_flag", "cost_closed_period")


def compute_costs(workspace: Workspace) -> dict[str, int]:
    """Rows of each computed table of costing; the engine sets the order of events itself."""
    events, policies, standards, periods = (
        read_table(workspace, name, order="") for name in COST_TABLES
    )
    told = Told(events, policies, standards, periods, _as_of(workspace))
    said = valued(workspace, told)
    answers = dict(
        zip(COST_ANSWERS, (said.entries, said.layers, said.flags, said.closed_periods), strict=True)
    )
    files = _bring_in(workspace, answers)
    remember(workspace, told, files)
    return {name: frame.height for name, frame in answers.items()}


def compute_cash(workspace: Workspace) -> dict[str, int]:
    """Rows of each computed table of cash matching."""
    receipts, references, items, policies = (read_table(workspace, name) for name in CASH_TABLES)
    proposals, verdicts = propose_cash(receipts, references, items, policies)
    answers = {"cash_proposal": proposals, "cash_verdict": verdicts}
    _bring_in(workspace, answers)
    return {name: frame.height for name, frame in answers.items()}


def _as_of(workspace: Workspace) -> datetime:
    with connect(workspace.build_database, read_only=True) as connection:
        return connection.sql("select as_of_at from ingest.run_parameter").fetchone()[0]


def _bring_in(workspace: Workspace, answers: dict[str, pl.DataFrame]) -> dict[str, Path]:
    files = {name: write_computed(workspace, name, frame) for name, frame in answers.items()}
    attach_computed(workspace.build_database, {name: [path] for name, path in files.items()})
    return files


def read_table(workspace: Workspace, table: str, *, order: str = "order by all") -> pl.DataFrame:
    """Rows of a table of the build, in one order; an engine that sorts may do without."""
    with connect(workspace.build_database, read_only=True) as connection:
        return connection.sql(f"select * from main.{table} {order}").pl()


def write_computed(workspace: Workspace, table: str, frame: pl.DataFrame) -> Path:
    """Write one computed table, held to its contract and named by its content."""
    contract = COMPUTED[table]
    accepted = held_to(contract, frame)
    folder = workspace.computed / table
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / ".writing.parquet"
    accepted.write_parquet(scratch, compression="zstd")
    path = folder / f"{hashlib.sha256(scratch.read_bytes()).hexdigest()[:16]}.parquet"
    scratch.rename(path)
    for old in folder.glob("*.parquet"):
        if old != path:
            old.unlink()
    return path
