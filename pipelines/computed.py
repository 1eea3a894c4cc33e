"""Runs the engines on the build and brings their answers back in by the front door."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from models.contracts import COMPUTED
from pipelines.answers import held_to
from pipelines.engines.matching.cash_frames import propose_cash
from pipelines.warehouse.database import attach_computed, connect
from pipelines.workspace import Workspace

CASH_TABLES = (
    "int_cash__receipt",
    "int_cash__reference",
    "int_cash__open_item",
    "int_cash__policy",
)


def compute_cash(workspace: Workspace) -> dict[str, int]:
    """Rows of each computed table of cash matching."""
    receipts, references, items, policies = (read_table(workspace, name) for name in CASH_TABLES)
    proposals, verdicts = propose_cash(receipts, references, items, policies)
    answers = {"cash_proposal": proposals, "cash_verdict": verdicts}
    files = {name: [write_computed(workspace, name, frame)] for name, frame in answers.items()}
    attach_computed(workspace.build_database, files)
    return {name: frame.height for name, frame in answers.items()}


def read_table(workspace: Workspace, table: str) -> pl.DataFrame:
    """Rows of a table of the build, in one order."""
    with connect(workspace.build_database, read_only=True) as connection:
        return connection.sql(f"select * from main.{table} order by all").pl()


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
