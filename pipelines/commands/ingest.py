"""`tieout ingest`: read landing into the lake, nothing more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.commands.console import out, print_json, print_table, progress_bars
from pipelines.feeds import delivery_rows, left_out_files, read_landing
from pipelines.workspace import Workspace


def ingest_command(root: Path, *, as_json: bool) -> int:
    """Exit 0 when every file was taken, 3 when one was refused."""
    workspace = Workspace(root.resolve()).require()
    with workspace.writing(), progress_bars():
        read_landing(workspace, now=workspace.now())
    rows = delivery_rows(workspace)
    left_out = left_out_files(workspace)
    if as_json:
        print_json({"deliveries": rows, "left_out": left_out})
    else:
        _print_deliveries(rows)
        print_left_out(left_out)
    refused = any(row["status"] == "refused" for row in rows)
    return 3 if refused or any(row["is_refused"] for row in left_out) else 0


def _print_deliveries(rows: list[dict[str, Any]]) -> None:
    header = ["status", "file", "table", "read", "accepted", "rejected", "repeated"]
    table = [
        [
            *(row[name] for name in ("status", "file_name", "feed")),
            *(row[f"rows_{name}"] for name in header[3:]),
        ]
        for row in rows
    ]
    print_table("Deliveries", header, table)
    for row in rows:
        if row["status"] == "refused":
            out.print(f"refused: {row['message']}")
        elif row["rows_rejected"]:
            out.print(
                f"{row['file_name']}: {row['rows_rejected']:,} of {row['rows_read']:,} rows of "
                f"{row['feed']} rejected, each with its reasons: quarantine/{row['feed']}/{row['batch_id']}.csv"
            )


def print_left_out(left_out: list[dict[str, Any]]) -> None:
    """Say what became of the files that left no row: refused, or taken by nothing."""
    for row in left_out:
        out.print(f"{'refused' if row['is_refused'] else 'not taken'}: {row['message']}")
