"""Time and peak memory of a full run on the AdventureWorks data, and the parts that cost most."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import line, timed_command


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """First run from files to handback, then the run that finds nothing new."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "adventureworks"
        init = ["init", str(workspace), "--example", "adventureworks", "--data", str(data)]
        timed_command(init)
        command = ["run", "--workspace", str(workspace)]
        first_seconds, first_peak, _ = timed_command(command)
        steps: dict[str, float] = json.loads((workspace / "logs" / "last_run.json").read_text())
        nodes: dict[str, float] = {}
        for part in sorted((workspace / "next").glob("seconds-*.json")):
            nodes |= json.loads(part.read_text())
        again_seconds, again_peak, _ = timed_command(command)
    costly = sorted(nodes.items(), key=lambda item: -item[1])[:8]
    return [
        line("first run", first_seconds, "s"),
        line("first run, peak memory", first_peak, "GB"),
        line("run with nothing new", again_seconds, "s"),
        line("run with nothing new, peak memory", again_peak, "GB"),
        *(line(f"step {name}", seconds, "s") for name, seconds in steps.items()),
        *(line(f"table {name}", seconds, "s") for name, seconds in costly),
    ]
