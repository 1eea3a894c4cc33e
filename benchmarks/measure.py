"""One line of a benchmark, in the shape that `results/NAME.json` promises."""

from __future__ import annotations

import multiprocessing
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def line(
    measure: str,
    ours: float,
    unit: str,
    *,
    rows: int | None = None,
    peer: float | None = None,
    peer_name: str | None = None,
    target: float | None = None,
) -> dict[str, Any]:
    """One measured figure; ratio and verdict only where there is a peer and a target."""
    ratio = round(ours / peer, 3) if peer else None
    judged = ratio if peer else ours
    return {
        "measure": measure,
        "rows": rows,
        "ours": ours,
        "unit": unit,
        "peer": peer,
        "peer_name": peer_name,
        "ratio": ratio,
        "target": target,
        "met": judged <= target if target is not None and judged is not None else None,
    }


def measured(work: Callable[[], object]) -> dict[str, float]:
    """Wall and CPU seconds of some work, and the high-water mark of this process so far in GB."""
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "seconds": round(seconds, 1),
        "cpu": round(cpu, 1),
        "peak": round(after.ru_maxrss / 1024**2, 2),
    }


def apart(work: Callable[..., dict[str, float]], *arguments: Any) -> dict[str, float]:
    """The figures of some work done in a process of its own."""
    context = multiprocessing.get_context("spawn")
    # a spawned process starts clean: nothing read before counts in its peak
    with context.Pool(1) as pool:
        return pool.apply(work, arguments)


def timed_command(arguments: Sequence[str]) -> tuple[float, float, int]:
    """Wall seconds, peak memory in GB and exit code of a command of ours in a fresh process."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", *arguments], stdout=subprocess.DEVNULL
    )
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - started
    watcher.join()
    return round(seconds, 1), round(peak[0] / 1024**2, 2), code


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    """Note the high-water mark of resident memory (kB) while the process lives."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            text = status.read_text(encoding="utf-8")
        except OSError:
            return
        marks = [row.split()[1] for row in text.splitlines() if row.startswith("VmHWM:")]
        if marks:
            peak[0] = max(peak[0], int(marks[0]))
        time.sleep(0.05)
