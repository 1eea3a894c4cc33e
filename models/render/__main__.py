"""`python -m models.render` rewrites every rendered file; `--check` lists the stale ones."""

import sys
from pathlib import Path

from models.render import RENDERED_FOLDERS, rendered_files

ROOT = Path(__file__).resolve().parents[2]


def stale_files(root: Path) -> list[str]:
    """Rendered files that are missing, differ, or were left behind in a rendered folder."""
    files = rendered_files()
    differing = [path for path, text in files.items() if _text_of(root / path) != text]
    found = [
        str(path.relative_to(root))
        for folder in RENDERED_FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file()
    ]
    return sorted(differing + [path for path in found if path not in files])


def write_files(root: Path) -> int:
    """Bring the tree in line; returns how many files changed."""
    files = rendered_files()
    stale = stale_files(root)
    for path in stale:
        target = root / path
        if path not in files:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(files[path], encoding="utf-8")
    return len(stale)


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        stale = stale_files(ROOT)
        for path in stale:
            print(f"stale: {path}; run `python -m models.render`")
        return 1 if stale else 0
    if arguments:
        print("usage: python -m models.render [--check]")
        return 2
    print(f"{write_files(ROOT)} files rewritten")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
