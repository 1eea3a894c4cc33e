"""Workspaces that several tests read: built once per test run, whatever the number of workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.odd_files import deliver_odd_files
from tests.order import ByFile, place

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("TIEOUT_TEST_DATA", ROOT.parent / "shared" / "data"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest first."""
    items.sort(key=lambda item: place(item.path))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    """Keep the tests of a file on one worker, where the run asked for that."""
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False  # in our order, not by how many tests a file has
    return ByFile(config, log)


def tieout(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command of ours in a process of its own, as a person would."""
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # 1 says that figures differ above materiality: a finding, not a failure of the command
    assert not check or done.returncode in (0, 1), done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Folder of the data nobody here wrote; tests that need it skip where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"needs the data folder {DATA.name}/ beside the project; it is absent")
    return DATA


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Function that builds a named workspace on its first call and finds it afterwards.

    The folder above a worker's own is shared by all workers of a run.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def build(name: str, make: Callable[[Path], None]) -> Path:
        home = shared / name
        with FileLock(shared / f"{name}.lock"):
            done = shared / f"{name}.done"
            if not done.exists():
                make(home)
                done.touch()
        return home

    return build


@pytest.fixture(scope="session")
def demo_workspace(built_once: Callable[..., Path]) -> Path:
    """The sample company after one `tieout demo`; tests read it and leave it as it is."""

    def make(home: Path) -> None:
        done = tieout("demo", "--workspace", home)
        (home / "demo.out").write_text(done.stdout, encoding="utf-8")

    return built_once("demo", make)


@pytest.fixture(scope="session")
def adventureworks_workspace(built_once: Callable[..., Path], data_folder: Path) -> Path:
    """AdventureWorks after one full run, with odd files among the deliveries.

    What the run said is in run.said: exit code, output and errors.
    """

    def make(home: Path) -> None:
        tieout("init", home, "--example", "adventureworks", "--data", data_folder)
        deliver_odd_files(home / "landing")
        done = tieout("run", "--workspace", home, check=False)
        said = {"code": done.returncode, "out": done.stdout, "err": done.stderr}
        (home / "run.said").write_text(json.dumps(said), encoding="utf-8")

    return built_once("adventureworks", make)


@pytest.fixture(scope="session")
def cronus_workspace(built_once: Callable[..., Path], data_folder: Path) -> Path:
    """Business Central's CRONUS company after one full run."""

    def make(home: Path) -> None:
        tieout("init", home, "--example", "business_central", "--data", data_folder)
        done = tieout("run", "--workspace", home)
        (home / "run.out").write_text(done.stdout, encoding="utf-8")

    return built_once("business_central", make)
