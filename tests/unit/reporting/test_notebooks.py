"""Every notebook runs from top to bottom on published tables, and a failing cell fails the test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.reporting.published_sample import write_version

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))


def run(notebook: Path, published: Path, page: Path) -> subprocess.CompletedProcess[str]:
    command = [
        *(sys.executable, "-m", "marimo", "--yes", "export", "html", str(notebook)),
        *("--force", "-o", str(page), "--", "--published", str(published)),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(notebook: Path, published_sample: Path, tmp_path: Path) -> None:
    done = run(notebook, published_sample, tmp_path / "page.html")
    assert done.returncode == 0, done.stderr
    assert "some cells failed" not in done.stderr + done.stdout
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "14 lines" in page
    assert "825.00 EUR" in page


def test_a_cell_that_fails_is_noticed(tmp_path: Path) -> None:
    write_version(tmp_path / "published", without=("mart_unbilled",))
    done = run(NOTEBOOKS[0], tmp_path / "published", tmp_path / "page.html")
    assert done.returncode != 0
    assert "mart_unbilled" in done.stderr + done.stdout


def test_notebooks_read_published_tables_only() -> None:
    for notebook in NOTEBOOKS:
        text = notebook.read_text(encoding="utf-8")
        for elsewhere in ("next/", "raw/", "read_parquet", "duckdb", "pipelines"):
            assert elsewhere not in text, f"{notebook.name}: {elsewhere}"
