"""`tieout dev`: the Dagster UI on one workspace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipelines.commands.console import out
from pipelines.commands.run import dagster_home
from pipelines.workspace import Workspace


def dev_command(root: Path, *, host: str, port: int) -> int:
    """Run `dagster dev` until interrupted; its exit code is ours."""
    workspace = Workspace(root.resolve()).require()
    environment = {
        **os.environ,
        "TIEOUT_WORKSPACE": str(workspace.root),
        "DAGSTER_HOME": str(dagster_home(workspace)),
    }
    out.print(f"Dagster UI: http://{host}:{port}  (Ctrl+C stops)")
    command = [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions"]
    try:
        return subprocess.call([*command, "-h", host, "-p", str(port)], env=environment)
    except KeyboardInterrupt:
        return 0
