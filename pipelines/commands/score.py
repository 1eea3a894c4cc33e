"""`tieout score`: what was found and published against the answer key of a generated company."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.commands.console import json_text, out, print_json, print_table
from pipelines.faults import UsageFault
from pipelines.score import CodeScore, Score, TableScore, Verdict, score_version
from pipelines.workspace import Workspace

GROUPS: tuple[Verdict, ...] = (
    "found as planted",
    "found with errors",
    "not found",
    "not available",
)
CODE_HEADER = (
    "problem",
    "planted",
    "found",
    "right",
    "precision",
    "recall",
    "planted amount",
    "found amount",
    "amount error",
)
TABLE_HEADER = (
    "table",
    "column",
    "cells",
    "equal",
    "missing",
    "extra",
    "differ",
    "largest difference",
)


def score_command(root: Path, *, key: Path | None, as_json: bool, file: Path | None = None) -> int:
    """Exit 0, whatever the score; the key is that of the workspace's own sample unless one is given.

    as_json: print one JSON document instead of tables, or write it to `file` beside them. Raises
    UsageFault for a file without it.
    """
    if file is not None and not as_json:
        raise UsageFault(f"{file}: a file takes the JSON document. Add --json before it.")
    workspace = Workspace(root.resolve()).require()
    score = score_workspace(workspace, key=key)
    if as_json and file is None:
        print_json(score.document())
        return 0
    print_score(score)
    if file is not None:
        file.write_text(json_text(score.document()) + "\n", encoding="utf-8")
    return 0


def score_workspace(workspace: Workspace, *, key: Path | None = None) -> Score:
    """Score of the published version against a key, else against the workspace's own sample."""
    settings = workspace.settings
    return score_version(
        workspace.current,
        key or workspace.root / "sample" / "key",
        settings={
            "threads": str(settings.threads),
            "memory_limit": settings.memory_limit,
            "temp_directory": str(workspace.next / "score").replace("'", "''"),
        },
    )


def print_score(score: Score) -> None:
    """Print codes by what became of them, then traps, then tables."""
    for verdict in GROUPS:
        if lines := [line for line in score.codes if line.verdict == verdict]:
            print_table(verdict.capitalize(), CODE_HEADER, [_code_row(line) for line in lines])
            out.print()
    if explained := [line for line in score.codes if line.verdict == "explained by its root"]:
        named = ", ".join(f"{line.code} {line.found:,}" for line in explained)
        out.print(f"Not planted, explained by the problem they follow from: {named}\n")
    if score.traps:
        rows = [[trap.name, trap.traps, trap.alarms, _counted(trap.codes)] for trap in score.traps]
        print_table("Traps", ["only looks like a fault", "planted", "reported", "as"], rows)
        out.print()
    compared = [_table_row(line) for line in score.tables if line.status == "compared"]
    if compared:
        print_table("Tables", TABLE_HEADER, compared)
        out.print()
    if absent := _not_available(score.tables):
        print_table("Tables not available", ["table", "column", "why"], absent)


def print_score_in_short(score: Score) -> None:
    """Print a few lines for the demo: the found, the false, the not built, cells per table."""
    planted = sum(1 for line in score.built if line.planted)
    out.print("Against the answer key", style="bold")
    out.print(
        f"{score.matched:,} of {score.planted:,} planted faults of {planted:,} codes found, "
        f"precision {_share(score.precision)}, amount error {score.amount_error:,.2f}"
    )
    children = [line for line in score.codes if line.is_child and line.planted]
    if children:
        out.print(
            f"{sum(line.matched for line in children):,} of "
            f"{sum(line.planted for line in children):,} planted faults under another one found"
        )
    if absent := score.codes_not_available:
        out.print(f"Codes planted that no rule finds yet: {len(absent):,}, not available")
    if score.traps:
        out.print(
            f"{sum(trap.traps for trap in score.traps):,} lines that only look like a fault, "
            f"{sum(trap.alarms for trap in score.traps):,} reported"
        )
    cells: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    for line in score.tables:
        if line.status == "compared":
            cells[line.table] += line.cells
            equal[line.table] += line.equal
    rows = [[table, cells[table], equal[table]] for table in cells]
    print_table("", ["table", "cells", "equal to the truth"], rows)
    waiting = sorted({line.table for line in score.tables} - set(cells))
    if waiting:
        out.print(f"{len(waiting):,} more tables are not available; `tieout score` says why")


def _code_row(line: CodeScore) -> list[Any]:
    return [
        f"{line.code} (under its root)" if line.is_child else line.code,
        line.planted,
        line.found,
        line.matched,
        _share(line.precision),
        "-" if line.status == "not available" else _share(line.recall),
        line.planted_amount,
        line.found_amount,
        line.amount_error,
    ]


def _table_row(line: TableScore) -> list[Any]:
    name = f"{line.table}, {line.part}" if line.part else line.table
    counts: Sequence[int] = (line.cells, line.equal, line.missing, line.extra, line.differing)
    return [name, line.column, *counts, line.largest_difference]


def _not_available(lines: Sequence[TableScore]) -> list[list[str]]:
    """One row per table and reason; its columns beside each other."""
    columns: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in lines:
        if line.status == "not available":
            columns[line.table, line.reason].append(line.column)
    return [[table, ", ".join(named), why] for (table, why), named in columns.items()]


def _counted(codes: Any) -> str:
    return ", ".join(f"{code} {count:,}" for code, count in codes.items())


def _share(share: Decimal | None) -> str:
    return "-" if share is None else f"{share:.3f}"
