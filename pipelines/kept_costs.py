"""What the costing engine was told and said last time, so that a run values only what changed.

Kept beside its answers in `computed`. The note is written last and taken away first: where it is
missing, or speaks of other answers or of another engine, everything is valued anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import polars as pl

from models.contracts import COMPUTED
from pipelines.engines import costing
from pipelines.engines.costing import Told, Valuation, renewed
from pipelines.workspace import Workspace

FOLDER = "cost_told"
FRAMES = ("events", "policies", "standards", "periods")


def valued(workspace: Workspace, now: Told) -> Valuation:
    """The value of everything, reckoned from the answer of the run before where it still holds."""
    before = _remembered(workspace)
    _note(workspace).unlink(missing_ok=True)
    if before is None or _types(before[0]) != _types(now):
        return now.valued()
    told, answer = before
    return renewed(told, answer, now)


def remember(workspace: Workspace, told: Told, answers: Mapping[str, Path]) -> None:
    """Keep what was told, and under which names the answers to it lie."""
    folder = workspace.computed / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in FRAMES:
        getattr(told, name).write_parquet(folder / f"{name}.parquet", compression="zstd")
    note = {
        "engine": _engine(),
        "as_of": told.as_of.isoformat(),
        "answers": {table: path.name for table, path in answers.items()},
    }
    scratch = folder / ".writing.json"
    scratch.write_text(json.dumps(note), encoding="utf-8")
    scratch.rename(_note(workspace))


def _remembered(workspace: Workspace) -> tuple[Told, Valuation] | None:
    note = _note(workspace)
    if not note.exists():
        return None
    said = json.loads(note.read_text(encoding="utf-8"))
    files = [workspace.computed / table / name for table, name in said["answers"].items()]
    if said["engine"] != _engine() or not all(path.exists() for path in files):
        return None
    folder = workspace.computed / FOLDER
    events, policies, standards, periods = (
        pl.read_parquet(folder / f"{name}.parquet") for name in FRAMES
    )
    told = Told(events, policies, standards, periods, datetime.fromisoformat(said["as_of"]))
    entries, layers, flags, closed = (pl.read_parquet(path) for path in files)
    return told, Valuation(entries, layers, flags, closed)


def _note(workspace: Workspace) -> Path:
    return workspace.computed / FOLDER / "note.json"


def _types(told: Told) -> list[object]:
    frames = [getattr(told, field.name) for field in fields(told)]
    return [frame.schema for frame in frames if isinstance(frame, pl.DataFrame)]


def _engine() -> str:
    """Hash of the engine and of the contracts of its answers: another one says other things."""
    sources = sorted(Path(costing.__file__).parent.glob("*.py"))
    read = b"".join(path.read_bytes() for path in sources)
    shapes = repr({name: COMPUTED[name].polars_types() for name in sorted(COMPUTED)})
    return hashlib.sha256(read + shapes.encode()).hexdigest()
