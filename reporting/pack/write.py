"""Write the pack: for each company one HTML page and one workbook with the same figures.

Equal published tables give equal files, byte by byte: the only date in them is the run's own.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from reporting.access.roles import Role, Viewer
from reporting.figures.feeds import companies
from reporting.published import Published


def write_pack(
    published: Path, out_dir: Path, *, company: str | None = None, period: str | None = None
) -> list[Path]:
    """Write the first page of the pack as HTML and XLSX; `period` is written 2026-03.

    Without a company, each company of the published version gets its own pack; without a period,
    the last one its ledger knows.
    """
    from reporting.pack.gather import gather
    from reporting.pack.page import render_page
    from reporting.pack.sheets import render_workbook

    wanted = (company,) if company else companies(Published(published))
    out_dir.mkdir(parents=True, exist_ok=True)
    files = []
    for one in wanted:
        viewer = Viewer(Role.FINANCE, frozenset({one}), granted_by="reconciliation pack")
        pack = gather(Published(published, viewer), one, period)
        name = "-".join(
            _in_file_name(part) for part in ("reconciliation-pack", one, pack.period) if part
        )
        for ending, content in (
            ("html", render_page(pack).encode()),
            ("xlsx", render_workbook(pack)),
        ):
            files.append(_write(out_dir / f"{name}.{ending}", content))
    return files


def _write(file: Path, content: bytes) -> Path:
    """Write beside and move into place, so that nobody opens half a file."""
    scratch = file.with_name(f".{file.name}.part")
    scratch.write_bytes(content)
    os.replace(scratch, file)
    return file


def _in_file_name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "_", text)
