"""Batch expectations: new batches go through the suites once; verdicts are kept and shown."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from expectations import SUITE_FEEDS
from pipelines.feeds import raw_files
from pipelines.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FeedVerdict:
    """What the suites said about a feed's batches so far."""

    judged: int
    broken: list[str]

    @property
    def passed(self) -> bool:
        """True when no expectation of any judged batch was broken."""
        return not self.broken


def expectation_feeds() -> list[str]:
    """Feeds that have a suite."""
    return sorted(SUITE_FEEDS)


def judge_new_batches(workspace: Workspace) -> dict[str, FeedVerdict]:
    """Verdict per feed; a batch judged before is not judged again, its verdict stands.

    Importing Great Expectations takes seconds, so without a new batch it is not imported.
    """
    ledger = workspace.logs / "expectations.json"
    known: dict[str, Any] = json.loads(ledger.read_text("utf-8")) if ledger.exists() else {}
    files = {feed: raw_files(workspace).get(feed, []) for feed in expectation_feeds()}
    fresh = {
        feed: [path for path in paths if path.stem not in known.get(feed, {})]
        for feed, paths in files.items()
    }
    if workspace.settings.expectations and any(fresh.values()):
        known = _judge(workspace, known, fresh)
        scratch = ledger.with_suffix(".next")
        scratch.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(scratch, ledger)
    return {feed: _verdict(known.get(feed, {}), files[feed]) for feed in files}


def _judge(
    workspace: Workspace, known: dict[str, Any], fresh: dict[str, list[Any]]
) -> dict[str, Any]:
    """Known verdicts plus those of the new batches; all new batches of a feed are judged as one."""
    from expectations.runner import validate_batches

    batches = {feed: read_batches(paths) for feed, paths in fresh.items() if paths}
    broken: dict[str, list[str]] = {feed: [] for feed in batches}
    for verdict in validate_batches(batches, docs_dir=workspace.reports / "data_docs"):
        if not verdict.success:
            broken[verdict.feed].append(f"{verdict.expectation}: {verdict.message}")
    for feed in batches:
        marks = {path.stem: broken[feed] for path in fresh[feed]}
        known = {**known, feed: {**known.get(feed, {}), **marks}}
    return known


def read_batches(paths: Sequence[Path]) -> pl.DataFrame:
    """Rows of several raw files. A file may carry columns that its brothers have not: those its
    sender added without the contract knowing them; the suites judge what all have."""
    frames = [pl.read_parquet(path) for path in paths]
    shared = [name for name in frames[0].columns if all(name in frame for frame in frames)]
    return pl.concat(frame.select(shared) for frame in frames)


def _verdict(marks: dict[str, list[str]], paths: list[Any]) -> FeedVerdict:
    """Verdict over the batches that hold now."""
    stems = {path.stem for path in paths}
    broken = sorted({words for stem, said in marks.items() if stem in stems for words in said})
    return FeedVerdict(judged=len(stems & set(marks)), broken=broken)
