"""What came in: reads landing into the lake and answers what the lake holds."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.contracts import CONTRACTS
from pipelines import progress
from pipelines.faults import UsageFault
from pipelines.workspace import Workspace

if TYPE_CHECKING:
    import polars as pl

    from pipelines.ingest import IngestReport
    from pipelines.ingest import Mapping as SourceMapping

INGEST_TABLES = (
    "feed_delivery",
    "rejected_row",
    "feed_watermark",
    "declaration",
    "odd_columns",
    "feed_contract",
    "maintenance_window",
    "run_parameter",
)
EVENT_FEEDS = ("wms_", "billing_", "purchasing_", "gl_", "demand_history")
COUNTS = ("rows_read", "rows_accepted", "rows_rejected", "rows_repeated", "rows_filtered")


def read_landing(workspace: Workspace, *, now: datetime) -> IngestReport:
    """Read what is new in landing and policies; safe to repeat, safe to kill.

    Files that nothing takes leave no row in the lake, so what was said of them is kept beside it:
    a month of invoices with a letter missing in its name must not go by in silence.
    """
    from pipelines.ingest import ingest_workspace

    report = ingest_workspace(
        landing=workspace.landing,
        policies=workspace.policies,
        mappings=site_mappings(workspace),
        lake=workspace.raw,
        quarantine=workspace.quarantine,
        delivered_clock=now,
        progress=progress.report,
    )
    taken = {row["file_name"] for row in delivery_rows(workspace)}
    left_out: list[dict[str, Any]] = [
        {"file_name": problem.file_name, "message": problem.message, "is_refused": is_refused}
        for problems, is_refused in ((report.refused_files, True), (report.unknown_files, False))
        for problem in problems
        if problem.file_name not in taken
    ]
    for problem in left_out:
        # two double underscores: the sender meant the contract, so leaving it out is a refusal
        problem["is_refused"] = problem["is_refused"] or problem["file_name"].count("__") >= 2
    scratch = workspace.logs / "left_out.next"
    scratch.write_text(json.dumps(left_out, indent=1), encoding="utf-8")
    os.replace(scratch, workspace.logs / "left_out.json")
    return report


def left_out_files(workspace: Workspace) -> list[dict[str, Any]]:
    """Files of landing that nothing took at the last reading: name, message, whether refused."""
    file = workspace.logs / "left_out.json"
    if not file.exists():
        return []
    rows: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return rows


def site_mappings(workspace: Workspace) -> list[SourceMapping]:
    """Mappings of this site, in the order of their file names; UsageFault where one is wrong."""
    from pipelines.ingest import MappingError, load_mapping

    try:
        return [load_mapping(path) for path in workspace.mapping_files()]
    except MappingError as error:
        raise UsageFault(str(error)) from error


def landing_sources(workspace: Workspace) -> dict[str, list[tuple[str, str]]]:
    """Contract table -> (source system, source) of what makes it.

    Every table can come as files under its own name; a mapping adds the sources it names.
    """
    sources = {table: [("files", table)] for table in CONTRACTS}
    for mapping in site_mappings(workspace):
        for entry in mapping.tables:
            named = [(mapping.source_system, name) for name in entry.source_names()]
            known = sources[entry.table]
            known.extend(source for source in named if source not in known)
    return sources


def landing_cursor(workspace: Workspace) -> str:
    """Hash of names, sizes and times of all delivered files: changes when something was put in."""
    digest = hashlib.sha256()
    for path in sorted(workspace.landing.rglob("*")):
        if path.is_file():
            state = path.stat()
            digest.update(f"{path}:{state.st_size}:{state.st_mtime_ns};".encode())
    return digest.hexdigest()


def raw_files(workspace: Workspace) -> dict[str, list[Path]]:
    """Contract table -> accepted files that hold now."""
    from pipelines.ingest import active_files

    return {table: sorted(active_files(workspace.raw, table)) for table in CONTRACTS}


def ingest_frames(workspace: Workspace) -> dict[str, pl.DataFrame]:
    """The tables about the feeds, for the schema `ingest` of the build."""
    from pipelines.ingest import (
        AgreementError,
        agreement_frames,
        declaration_frame,
        delivery_frame,
        odd_columns_frame,
        rejected_frame,
        watermark_frame,
    )

    try:
        agreed = agreement_frames(workspace.policies)
    except AgreementError as error:
        raise UsageFault(str(error)) from error
    return {
        **agreed,
        "odd_columns": odd_columns_frame(workspace.raw),
        "feed_delivery": delivery_frame(workspace.raw),
        "rejected_row": rejected_frame(workspace.raw, workspace.quarantine),
        "feed_watermark": watermark_frame(workspace.raw),
        "declaration": declaration_frame(site_mappings(workspace)),
    }


def agreements(workspace: Workspace) -> bytes:
    """What the site has agreed with its senders, as it lies there."""
    from pipelines.ingest import agreement_files

    return b"".join(path.read_bytes() for path in agreement_files(workspace.policies).values())


def latest_watermark(workspace: Workspace) -> datetime | None:
    """How far the data reaches: the latest watermark of a feed of events; none when none came in.

    Master data, calendars and policies look ahead, so they do not say how far the data reaches.
    """
    from pipelines.ingest import watermark_frame

    marks = [
        row["watermark_at"]
        for row in watermark_frame(workspace.raw).to_dicts()
        if row["feed"].startswith(EVENT_FEEDS) and row["watermark_at"] is not None
    ]
    return max(marks, default=None)


def delivery_rows(workspace: Workspace) -> list[dict[str, Any]]:
    """One entry per delivered file and contract table, as plain data."""
    from pipelines.ingest import delivery_frame

    frame = delivery_frame(workspace.raw)
    return frame.sort("file_name", "feed", "company_id").to_dicts()


def table_counts(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """Contract table -> rows read, accepted, rejected, repeated and batches, over all deliveries."""
    counts: dict[str, dict[str, Any]] = {
        table: {"files": 0, **dict.fromkeys(COUNTS, 0)} for table in CONTRACTS
    }
    for row in delivery_rows(workspace):
        known = counts.get(row["feed"])
        if known is not None:
            known["files"] += 1
            for name in COUNTS:
                known[name] += row[name] or 0
    return counts


def ingest_counts(workspace: Workspace) -> dict[str, dict[str, int]]:
    """Rows of each table about the feeds."""
    frames = ingest_frames(workspace)
    # what the run was asked for is one row, and known only once the build begins
    rows = {table: frame.height for table, frame in frames.items()} | {"run_parameter": 1}
    return {table: {"rows": rows[table]} for table in INGEST_TABLES}
