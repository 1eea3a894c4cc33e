"""The README is short and names only commands, pages and pictures that exist."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from pipelines.cli import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_is_short() -> None:
    assert len(README.splitlines()) <= 120


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", README)) <= targets


def test_every_command_named_exists() -> None:
    named = set(re.findall(r"(?:`|bin/)tieout ([a-z]+(?: list)?)\b", README))
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    known |= {f"{group.name} list" for group in app.registered_groups}
    assert named <= known | {"exceptions"}, named - known


def test_help_of_every_command_says_something() -> None:
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        done = CliRunner().invoke(app, [name, "--help"])
        assert done.exit_code == 0
        assert "Usage" in done.output


def test_every_picture_and_page_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_decisions_are_numbered_once_each_without_a_gap() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    titles = [page.read_text(encoding="utf-8").splitlines()[0] for page in pages]
    assert all(title.startswith(f"# {n}. ") for n, title in enumerate(titles, start=1)), titles
