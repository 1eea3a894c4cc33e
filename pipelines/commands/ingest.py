"""`tieout ingest`: read landing into the lake, nothing more."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands.console import out, print_json, print_table, progress_bars
from pipelines.feeds import delivery_rows, read_landing
from pipelines.workspace import Workspace


def ingest_command(root: Path, *, as_json: bool) -> int:
    """Exit 0 when every file was taken, 3 when one was refused."""
    workspace = Workspace(root.resolve()).require()
    with workspace.writing(), progress_bars():
        read_landing(workspace, now=workspace.now())
    rows = delivery_rows(workspace)
    if as_json:
        print_json(rows)
    else:
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
                out.print(f"refused: {row['file_name']}: {row['message']}")
    return 3 if any(row["status"] == "refused" for row in rows) else 0
