"""`tieout score`: what was found against the answer key of a generated company."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from pipelines.commands.console import out, print_json, print_table
from pipelines.score import (
    EXCEPTIONS,
    CodeScore,
    TableScore,
    read_key,
    score_codes,
    score_tables,
)
from pipelines.summary import published_rows, run_summary
from pipelines.workspace import Workspace


def score_command(root: Path, *, key: Path | None, as_json: bool) -> int:
    """Exit 0; the key is that of the workspace's own sample unless another is given."""
    workspace = Workspace(root.resolve()).require()
    run_summary(workspace)  # says clearly when nothing is published yet
    codes, tables = score_workspace(workspace, key=key)
    if as_json:
        print_json({"codes": [_plain(code) for code in codes], "tables": [*map(asdict, tables)]})
        return 0
    print_score(codes, tables)
    return 0


def score_workspace(
    workspace: Workspace, *, key: Path | None = None
) -> tuple[list[CodeScore], list[TableScore]]:
    """Scores of the published version against a key, else against the workspace's own sample."""
    folder = key or workspace.root / "sample" / "key"
    found = published_rows(workspace.current, EXCEPTIONS, "fct_exception")
    codes = score_codes(read_key(folder / "planted.csv"), found)
    return codes, score_tables(workspace.current, folder)


def print_score(codes: list[CodeScore], tables: list[TableScore]) -> None:
    """Print the score as two tables of words."""
    header = ["problem", "planted", "found", "right", "precision", "recall", "amount error"]
    rows = [
        [
            code.code,
            code.planted,
            code.found,
            code.matched,
            _share(code.precision),
            "not found" if not code.matched and code.planted else _share(code.recall),
            code.matched_amount_error,
        ]
        for code in codes
    ]
    print_table("Against the answer key", header, rows)
    out.print()
    compared = [[table.table, table.cells, table.equal, table.status] for table in tables]
    print_table("Against the truth", ["table", "cells", "equal", ""], compared)


def _share(share: Decimal | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _plain(code: CodeScore) -> dict[str, object]:
    return {**asdict(code), "precision": code.precision, "recall": code.recall}
