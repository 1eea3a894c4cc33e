"""`tieout status`: what readers see now, and what came in."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands.console import out, print_json, print_table
from pipelines.commands.ingest import print_left_out
from pipelines.faults import DataFault
from pipelines.feeds import delivery_rows, left_out_files
from pipelines.summary import run_summary
from pipelines.workspace import Workspace


def status_command(root: Path, *, as_json: bool) -> int:
    """Exit 0; 3 when nothing has been published yet."""
    workspace = Workspace(root.resolve()).require()
    deliveries = delivery_rows(workspace)
    left_out = left_out_files(workspace)
    try:
        summary = run_summary(workspace)
    except DataFault as fault:
        summary = {"version": None, "message": str(fault)}
    if as_json:
        print_json({**summary, "deliveries": deliveries, "left_out": left_out})
        return 0 if summary["version"] else 3
    if summary["version"]:
        out.print(f"Published {summary['version']}, as of {summary['as_of_at']}")
    else:
        out.print(summary["message"])
    counts: dict[str, int] = {}
    for row in deliveries:
        counts[row["status"]] = counts.get(row["status"], 0) + 1
    print_table("Deliveries", ["status", "files x tables"], [[*item] for item in counts.items()])
    for row in deliveries:
        if row["status"] == "refused":
            out.print(f"refused: {row['message']}")
    print_left_out(left_out)
    return 0 if summary["version"] else 3
