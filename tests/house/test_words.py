"""What is documented is what there is: targets, settings, exception codes; and no stray addresses."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from models.vocabulary import EXCEPTIONS
from pipelines.settings import TieoutSettings

ROOT = Path(__file__).resolve().parents[2]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_every_make_target_says_what_it_does() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert targets is not None
    explained = re.findall(r"^([a-z]+):.*## \S", read("Makefile"), re.MULTILINE)
    assert sorted(targets.group(1).split()) == sorted(explained)


def test_every_setting_is_documented() -> None:
    page = read("docs/how-to/settings.md")
    assert [name for name in TieoutSettings.model_fields if f"`{name}`" not in page] == []


def test_every_exception_code_is_in_the_glossary() -> None:
    page = read("docs/glossary.md")
    assert [code for code in EXCEPTIONS if code not in page] == []


def test_the_lock_names_no_address() -> None:
    assert re.findall(r"https?://|--(extra-)?index-url", read("requirements.lock")) == []
    assert not (ROOT / "uv.lock").exists()


def test_no_file_names_a_folder_of_one_machine() -> None:
    pattern = re.compile("/" + "(work|home|root|Users)/")
    named = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in {".py", ".sql", ".yml", ".yaml", ".md", ".toml", ".csv"}
        and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_every_skip_gives_a_reason() -> None:
    bare = re.compile(r"pytest\.(skip\(\)|mark\.skip\b(?!\())|skipif\([^,]*\)")
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py" and bare.search(path.read_text(encoding="utf-8"))
    ]
    assert silent == []
