"""`tieout report`: the reconciliation pack of what is published."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands.console import out, print_json
from pipelines.summary import run_summary
from pipelines.workspace import Workspace


def report_command(root: Path, *, out_dir: Path | None = None, as_json: bool) -> int:
    """Exit 0; writes to the workspace's reports/ or to `out_dir`."""
    from reporting.pack import write_pack

    workspace = Workspace(root.resolve()).require()
    run_summary(workspace)  # says clearly when nothing is published yet
    files = write_pack(workspace.current, out_dir or workspace.reports)
    if as_json:
        print_json([str(path) for path in files])
    else:
        for path in files:
            out.print(str(path))
    return 0
