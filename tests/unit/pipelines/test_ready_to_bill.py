"""A line goes out once: asked again, later, after a kill, and looking back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from models.contracts import HANDBACK
from pipelines import ready_to_bill
from pipelines.ready_to_bill import Handover, hand_over
from pipelines.worklog.store import checked_rows

DAY = datetime(2026, 3, 31, 12, tzinfo=UTC)
TYPES = HANDBACK["ready_to_bill"].polars_types()


def handover(*keys: str, request: str = "request-1", day: int = 0, of: str = "") -> Handover:
    """Lines under the given keys; `of` is the key they correct."""
    rows = [
        {
            "rtb_key": key,
            "supersedes_key": of or None,
            "company_id": "C",
            "bill_to_code": "P",
            "trigger_rule": "BR-SHIP",
            "trigger_at": DAY,
            "due_by_at": DAY,
            "line_type": "goods",
            "qty": Decimal(1),
            "uom": "EA",
            "unit_price": Decimal(5),
            "net_amount": Decimal(5),
            "currency": "EUR",
            "group_key": "g",
            "created_at": DAY + timedelta(days=day),
        }
        for key in keys
    ]
    lines = pl.DataFrame(rows, schema=TYPES).with_columns(
        expected_billing_id=pl.col("rtb_key"), content_key=pl.col("rtb_key")
    )
    return Handover(lines, {}, request, DAY + timedelta(days=day))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path


def hand(site: Path, one: Handover) -> bool:
    return hand_over(one, site / "worklog", site / "batches", now=DAY)


def batches(site: Path) -> list[str]:
    return sorted(path.name for path in (site / "batches").iterdir())


def keys(site: Path) -> list[str]:
    return [row["rtb_key"] for row in checked_rows(site / "worklog", "handed_line")]


def test_a_batch_holds_the_lines_and_their_drafts(site: Path) -> None:
    assert hand(site, handover("a", "b"))
    (batch,) = batches(site)
    assert batch == "20260331T120000-request-"
    home = site / "batches" / batch
    assert pl.read_parquet(home / "lines.parquet")["rtb_key"].to_list() == ["a", "b"]
    assert len(list((home / "ubl").iterdir())) == len(list((home / "x12").iterdir())) == 1


def test_capability_105_the_same_request_twice_gives_the_same_and_creates_nothing(
    site: Path,
) -> None:
    hand(site, handover("a", "b"))
    before = {path: path.read_bytes() for path in site.rglob("*.*") if path.is_file()}
    assert hand(site, handover("a", "b"))
    assert {path: path.read_bytes() for path in site.rglob("*.*") if path.is_file()} == before
    assert keys(site) == ["a", "b"]


def test_a_later_request_under_a_key_that_went_out_is_our_mistake_and_stops(site: Path) -> None:
    hand(site, handover("a"))
    with pytest.raises(AssertionError, match="handed over before under the same key"):
        hand(site, handover("a", "c", request="request-2", day=1))
    assert keys(site) == ["a"]
    assert hand(site, handover("c", request="request-3", day=1)), "what was left is cleared away"
    assert (keys(site), len(batches(site))) == (["a", "c"], 2)


def test_a_correction_goes_out_under_its_own_key(site: Path) -> None:
    hand(site, handover("a"))
    hand(site, handover("b", request="request-2", day=1, of="a"))
    rows = checked_rows(site / "worklog", "handed_line")
    assert [(row["rtb_key"], row["supersedes_key"]) for row in rows] == [("a", None), ("b", "a")]


def test_a_run_that_looks_back_hands_nothing_over(site: Path) -> None:
    hand(site, handover("a", day=5))
    assert not hand(site, handover("b", request="request-2", day=4))
    assert keys(site) == ["a"]
    assert hand(site, handover("b", request="request-3", day=5))


def test_nothing_ready_makes_no_batch(site: Path) -> None:
    assert hand(site, handover())
    assert batches(site) == []


def test_killed_after_the_keys_are_noted_the_next_run_moves_the_batch(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ready_to_bill.os, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            hand(site, handover("a"))
    assert batches(site) == [".pending-20260331T120000-request-"]
    # another day comes before anybody repeats the run: its lines go out, and so do these
    hand(site, handover("b", request="other", day=1))
    assert batches(site) == ["20260331T120000-request-", "20260401T120000-other"]
    assert keys(site) == ["a", "b"]


def test_killed_before_the_keys_are_noted_the_line_is_still_to_go_out(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ready_to_bill, "_note_keys", killed)
        with pytest.raises(KeyboardInterrupt):
            hand(site, handover("a"))
    assert keys(site) == []
    hand(site, handover("a", "b", request="other", day=1))
    assert batches(site) == ["20260401T120000-other"]
    assert keys(site) == ["a", "b"]
