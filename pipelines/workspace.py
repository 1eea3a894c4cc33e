"""Folders of one workspace, the user's side of the house.

One workspace holds one group of companies; a second workspace is the sandbox.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.faults import DataFault, UsageFault
from pipelines.settings import TieoutSettings, read_settings

FOLDERS = (
    "landing",
    "policies",
    "mappings",
    "raw",
    "quarantine",
    "computed",
    "next",
    "published",
    "handback",
    "reports",
    "backtests",
    "worklog",
    "logs",
)
SHIPPED_MAPPINGS = Path(__file__).parent / "mappings"
EXAMPLES = {  # example -> folders of the data it reads, below the folder given by --data
    "adventureworks": ("adventureworks_dw", "adventureworks_oltp"),
    "business_central": ("bc_cronus",),
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths below one root; touches nothing until asked."""

    root: Path

    def __getattr__(self, name: str) -> Path:
        if name in FOLDERS:
            return self.root / name
        raise AttributeError(name)

    @property
    def settings(self) -> TieoutSettings:
        """Settings as the file says now."""
        return read_settings(self.root / "tieout.toml")

    def now(self) -> datetime:
        """The only clock of a run; a fixed one where the settings say so."""
        return self.settings.clock or datetime.now(UTC)

    @property
    def current(self) -> Path:
        """Pointer to what readers see."""
        return self.root / "published" / "current"

    @property
    def build_database(self) -> Path:
        """DuckDB file that is being built; no reader opens it."""
        return self.root / "next" / "warehouse.duckdb"

    def mapping_files(self) -> list[Path]:
        """Mapping files of this site, in a fixed order."""
        return sorted((self.root / "mappings").glob("*.yaml"))

    def create(self) -> None:
        """Make the folders that are not there."""
        for folder in FOLDERS:
            (self.root / folder).mkdir(parents=True, exist_ok=True)

    def require(self) -> Workspace:
        """This workspace, or UsageFault when it has not been made."""
        if not (self.root / "tieout.toml").exists():
            raise UsageFault(
                f"{self.root} is not a workspace (no tieout.toml). "
                f"Make one with: tieout init {self.root}"
            )
        self.create()
        return self

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's place; the lock falls with the process, so kill -9 leaves none."""
        lock = self.root / "logs" / "writer.lock"
        with lock.open("a+") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                handle.seek(0)
                raise DataFault(
                    f"{self.root}: another run is writing (process {handle.read().strip() or '?'})."
                    " Wait for it to end; readers are not affected."
                ) from None
            handle.truncate(0)
            handle.write(str(os.getpid()))
            handle.flush()
            yield


TOML = """\
# Settings of this workspace. Every key may be left out.
{as_of}
# clock = 2025-01-01T00:00:00Z   # delivery time of files that state none
# memory_limit = "4GB"
# threads = 2
# expectations = true
"""


def init_workspace(
    root: Path, *, example: str | None = None, data: Path | None = None
) -> Workspace:
    """Make a workspace at `root`; with an example, copy its mapping, policies and files in.

    Raises UsageFault where the folder holds a workspace already, the example is unknown,
    or the example's data is not below `data`.
    """
    workspace = Workspace(root)
    if (root / "tieout.toml").exists():
        raise UsageFault(f"{root} is a workspace already. Run: tieout run --workspace {root}")
    if example is not None and example not in EXAMPLES:
        raise UsageFault(f"--example {example}: unknown. Known: {', '.join(sorted(EXAMPLES))}.")
    if example is not None and data is None:
        raise UsageFault(f"--example {example} needs --data DIR, the folder with its data.")
    sources = [Path(data or ".") / name for name in EXAMPLES.get(example or "", ())]
    absent = [str(source) for source in sources if not source.is_dir()]
    if absent:
        raise UsageFault(f"--data {data}: {', '.join(absent)} not found. Give the folder above.")
    workspace.create()
    settings = TOML.format(as_of="# as_of = 2025-12-31T23:59:59Z")
    if example is not None:
        shipped = SHIPPED_MAPPINGS / example
        for file in sorted(shipped.glob("*.yaml")):
            shutil.copy(file, workspace.mappings / file.name)
        for file in sorted((shipped / "policies").glob("*.csv")):
            shutil.copy(file, workspace.policies / file.name)
        for source in sources:
            shutil.copytree(source, workspace.landing / source.name, dirs_exist_ok=True)
        # tree copies keep the modes of their origin; a read-only landing could not be cleaned up
        for path in workspace.landing.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        settings = TOML.format(as_of=(shipped / "tieout.toml").read_text(encoding="utf-8").strip())
    # the settings file is written last: it is what makes a folder a workspace
    (root / "tieout.toml").write_text(settings, encoding="utf-8")
    return workspace
