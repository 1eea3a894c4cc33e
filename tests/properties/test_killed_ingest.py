"""kill -9 at any moment: the next run ends where an undisturbed one would have ended."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.small_site import LINES_HEAD, SHIPMENT_HEAD, SmallSite

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("wms_shipment", "wms_shipment_line")
# The child says when it starts; `--stop-at N` makes it die at the N-th rename or commit.
CHILD = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from pipelines.ingest import manifest
    from tests.small_site import SmallSite

    site, stop_at = SmallSite(Path(sys.argv[1])), int(sys.argv[2])
    seen = 0

    def die_at_last():
        global seen
        seen += 1
        if seen == stop_at:
            os._exit(137)

    replace, commit = os.replace, manifest.Manifest.put_delivery

    def replacing(source, target):
        die_at_last()
        replace(source, target)
        die_at_last()

    def committing(self, delivery):
        die_at_last()
        commit(self, delivery)

    os.replace, manifest.Manifest.put_delivery = replacing, committing
    print("ready", flush=True)
    site.run()
    print(seen, flush=True)
    """
)


def child(site: SmallSite, stop_at: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(site.root), str(stop_at)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def deliver(site: SmallSite) -> None:
    """Headers that come late, lines that repeat, change and break rules, over several files."""
    for day in range(1, 6):
        head = (
            [f"S{day},sale,DC1,2026-03-30T10:00:00Z,shipped"]
            if day != 3
            else [f"S{day},gift,,,shipped"]
        )
        site.put_table(
            "wms_shipment", "\n".join([SHIPMENT_HEAD, *head]), stamp=f"2026030{day}T000000"
        )
        rows = [
            f"S{n},{line},SKU-{n},{day if n == 1 else 1},EA" for n in range(1, 6) for line in (1, 2)
        ]
        rows += [f"S{day},9,,x,EA", f"S9,{day},SKU,1,EA"]
        text = "\n".join([LINES_HEAD, *rows, "S1,1,SKU-1,1,EA"])
        site.put_table("wms_shipment_line", text, stamp=f"2026030{day}T000000")


def state(site: SmallSite) -> dict[str, list[tuple[object, ...]]]:
    """Everything a reader of the lake can see."""
    found = {table: site.rows(table).rows() for table in TABLES}
    found["deliveries"] = site.deliveries().rows()
    found["rejected"] = site.rejected().rows()
    found["watermarks"] = site.watermarks().rows()
    return found


@pytest.fixture
def undisturbed(tmp_path: Path) -> SmallSite:
    site = SmallSite(tmp_path / "undisturbed")
    deliver(site)
    site.run()
    return site


def leaves_nothing_behind(site: SmallSite) -> None:
    unfinished = [path for path in site.root.rglob("*.tmp")]
    assert unfinished == []
    stored = {path.relative_to(site.lake).as_posix() for path in site.lake.glob("*/*.parquet")}
    assert stored == {
        f"{row['feed']}/{row['batch_id']}.parquet"
        for row in site.deliveries().to_dicts()
        if row["rows_accepted"]
    }


def test_killed_at_random_moments(tmp_path: Path, undisturbed: SmallSite) -> None:
    site = SmallSite(tmp_path / "killed")
    deliver(site)
    chance = random.Random(7)
    kills = 0
    for _ in range(5):
        process = child(site)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.6))
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        process.stdout.close()
    assert kills, "at least one run must have been killed before its end"
    site.run()
    assert state(site) == state(undisturbed)
    leaves_nothing_behind(site)


def test_killed_around_every_rename_and_commit(tmp_path: Path, undisturbed: SmallSite) -> None:
    """Each run dies a few steps further; what it had committed is not done again."""
    site = SmallSite(tmp_path / "killed")
    deliver(site)
    for stop_at in (1, 2, 3, 4, 5, 7):
        process = child(site, stop_at)
        process.communicate(timeout=120)
        assert process.returncode in (137, 0)
    site.run()
    assert state(site) == state(undisturbed)
    leaves_nothing_behind(site)
