"""Files and functions stay within the house limits."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("models", "pipelines", "forecasting", "expectations", "reporting", "benchmarks", "tests")
PYTHON = sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))
SQL = sorted((ROOT / "dbt_project").glob("m*/**/*.sql"))
PYTHON_LINES, FUNCTION_LINES, SQL_LINES, README_LINES = 400, 70, 150, 15


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_python_file_is_within_its_limit(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= PYTHON_LINES


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_functions_are_within_their_limit(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions}
    assert {name: n for name, n in lengths.items() if n > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", SQL, ids=named)
def test_sql_file_is_within_its_limit(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= SQL_LINES


@pytest.mark.parametrize(
    "room",
    [
        "models",
        "pipelines",
        "pipelines/ingest",
        "pipelines/readers",
        "pipelines/sample",
        "dbt_project",
        "forecasting",
        "expectations",
        "reporting",
        "notebooks",
        "benchmarks",
        "tests",
    ],
)
def test_every_room_says_what_it_holds_in_fifteen_lines(room: str) -> None:
    readme = ROOT / room / "README.md"
    assert readme.exists(), f"{room} has no README.md"
    if room != "benchmarks":  # holds measured figures as well
        assert len(readme.read_text(encoding="utf-8").splitlines()) <= README_LINES
