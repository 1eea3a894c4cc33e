"""`tieout serve`: the dashboard on what is published."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands.console import out
from pipelines.faults import UsageFault
from pipelines.summary import run_summary
from pipelines.workspace import Workspace


def serve_command(root: Path, *, host: str, port: int, role: str) -> int:
    """Serve until interrupted."""
    from reporting.dashboard import NoRole, local_viewer, serve

    try:
        local_viewer(host, role)
    except NoRole as refusal:
        raise UsageFault(str(refusal)) from refusal
    workspace = Workspace(root.resolve()).require()
    run_summary(workspace)  # says clearly when nothing is published yet
    out.print(f"http://{host}:{port}  (Ctrl+C stops)")
    serve(workspace.published, host=host, port=port, role=role)
    return 0
