"""Packs of open disputes: written once, told apart, and gone with the dispute."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from pipelines.dispute_packs import GROUPS, write_dispute_packs

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def publish(current: Path, *disputes: tuple[str, bool]) -> None:
    """Publish the two tables with disputes of one company."""
    current.mkdir(exist_ok=True)
    empty = {name: None for names in GROUPS.values() for name in names}
    cases = [
        {
            **empty,
            "company_id": "C",
            "source_system": "erp",
            "dispute_id": dispute,
            "is_open": is_open,
            "owner_role": "pricing",
            "free_text": "too dear <b>",
            "pod_ref": "POD-7",
            "disputed_amount_doc": Decimal("10.5000"),
            "as_of_at": NOON,
        }
        for dispute, is_open in disputes
    ]
    pl.DataFrame(cases).write_parquet(current / "mart_dispute_pack.parquet")
    events = [
        {
            "company_id": "C", "source_system": "erp", "dispute_id": dispute, "position": 1,
            "event_at": NOON, "event_kind": "disputed", "document_id": dispute, "qty": None,
            "amount_doc": Decimal("10.5000"), "detail": "price",
        }
        for dispute, _ in disputes
    ]  # fmt: skip
    pl.DataFrame(events).write_parquet(current / "fct_dispute_event.parquet")


def test_a_pack_holds_the_context_and_the_story_and_its_page_is_safe(tmp_path: Path) -> None:
    publish(tmp_path / "current", ("D1", True), ("D2", False))
    assert write_dispute_packs(tmp_path / "current", tmp_path / "packs") == 1
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == [
        "C-D1.html",
        "C-D1.json",
    ]
    pack = json.loads((tmp_path / "packs" / "C-D1.json").read_text(encoding="utf-8"))
    assert (pack["pod_ref"], pack["disputed_amount_doc"]) == ("POD-7", "10.5000")
    assert [event["event_kind"] for event in pack["timeline"]] == ["disputed"]
    page = (tmp_path / "packs" / "C-D1.html").read_text(encoding="utf-8")
    assert "too dear &lt;b&gt;" in page
    assert "POD-7" in page


def test_the_same_answer_leaves_the_files_alone_and_a_closed_dispute_takes_them_away(
    tmp_path: Path,
) -> None:
    publish(tmp_path / "current", ("D1", True), ("../D 2", True))
    write_dispute_packs(tmp_path / "current", tmp_path / "packs")
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "packs").iterdir()}
    assert len(written) == 4
    assert all(path.parent == tmp_path / "packs" for path in written)
    write_dispute_packs(tmp_path / "current", tmp_path / "packs")
    assert {path: path.stat().st_mtime_ns for path in written} == written
    publish(tmp_path / "current", ("D1", False), ("../D 2", False))
    assert write_dispute_packs(tmp_path / "current", tmp_path / "packs") == 0
    assert list((tmp_path / "packs").iterdir()) == []


def test_without_the_tables_nothing_is_written(tmp_path: Path) -> None:
    assert write_dispute_packs(tmp_path, tmp_path / "packs") == 0
    assert not (tmp_path / "packs").exists()
