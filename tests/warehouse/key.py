"""Rows of a file of the sample company's answer key."""

from __future__ import annotations

import csv
from pathlib import Path


def key_rows(workspace: Path, name: str) -> list[dict[str, str]]:
    with (workspace / "sample" / "key" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
