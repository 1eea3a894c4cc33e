"""`tieout demo`: the built-in sample company through the main job."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines.commands.console import progress_bars
from pipelines.commands.run import execute
from pipelines.commands.score import print_score_in_short, score_workspace
from pipelines.progress import report
from pipelines.sample import generate
from pipelines.summary import print_summary, run_summary
from pipelines.workspace import Workspace, init_workspace

# The last second of the year where the company is. Its files state no machine time, so the
# workspace has a fixed clock.
DEMO_SETTINGS = "as_of = 2025-12-31T22:59:59Z\nclock = 2026-01-01T06:00:00Z\n"


def demo_command(root: Path, *, size: str, as_json: bool) -> int:
    """Make the sample company where it is not there yet, run the main job, say what it found."""
    workspace = Workspace(root.resolve())
    if not (workspace.root / "tieout.toml").exists():
        init_workspace(workspace.root)
        (workspace.root / "tieout.toml").write_text(DEMO_SETTINGS, encoding="utf-8")
    workspace.create()
    deliver_sample(workspace, size=size)
    execute(workspace)
    print_summary(
        run_summary(workspace),
        as_json=as_json,
        workspace=root,
        beside_findings=lambda: print_score_in_short(score_workspace(workspace)),
    )
    return 0


def deliver_sample(workspace: Workspace, *, size: str) -> None:
    """Write the sample's deliveries beside landing and move them in whole, once."""
    story = workspace.root / "sample"
    if not story.exists():
        with progress_bars():
            scratch = workspace.root / ".sample"
            shutil.rmtree(scratch, ignore_errors=True)
            generate(size=size, seed=workspace.settings.seed, out=scratch, progress=report)
            scratch.rename(story)
    for file in sorted((story / "landing").iterdir()):
        if not (workspace.landing / file.name).exists():
            shutil.copy(file, workspace.landing / file.name)
