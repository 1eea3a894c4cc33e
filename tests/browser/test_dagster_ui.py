"""The Dagster UI on a workspace: every asset with its lineage, counts and checks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import ROOT

START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def dagster_ui(demo_workspace: Path) -> Iterator[str]:
    """Address of `tieout dev` on the demo workspace, for as long as the module lasts."""
    port = free_port()
    command = [sys.executable, "-m", "pipelines.cli", "dev"]
    process = subprocess.Popen(
        [*command, "--workspace", str(demo_workspace), "--port", str(port)],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{address}/server_info", timeout=2)
            break
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "tieout dev ended before it served"
            assert time.monotonic() < deadline, "tieout dev did not come up"
            time.sleep(0.5)
    yield address
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)


def test_lineage_runs_from_landing_to_handback(
    dagster_ui: str, guarded_page: Page, picture: Callable[[object, str], None]
) -> None:
    guarded_page.goto(f"{dagster_ui}/asset-groups")
    guarded_page.get_by_text("handback").first.wait_for(timeout=60_000)
    for group in ("raw", "staging", "marts", "published", "handback"):
        guarded_page.get_by_text(group, exact=False).first.wait_for(timeout=30_000)
    picture(guarded_page, "dagster-lineage")


def test_a_raw_table_shows_its_counts(
    dagster_ui: str, guarded_page: Page, picture: Callable[[object, str], None]
) -> None:
    guarded_page.goto(f"{dagster_ui}/assets/raw/wms_shipment_line")
    guarded_page.get_by_text("rows_accepted").first.wait_for(timeout=60_000)
    picture(guarded_page, "dagster-raw-table")


def test_a_mart_shows_its_checks(
    dagster_ui: str, guarded_page: Page, picture: Callable[[object, str], None]
) -> None:
    guarded_page.goto(f"{dagster_ui}/assets/fct_stock_move?view=checks")
    guarded_page.get_by_text("unique_grain", exact=False).first.wait_for(timeout=60_000)
    picture(guarded_page, "dagster-checks")
