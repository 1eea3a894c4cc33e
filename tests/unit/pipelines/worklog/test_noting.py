"""What a run adds, whatever people and earlier runs did in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.worklog.noting import to_note
from pipelines.worklog.standing import standings

DAY = datetime(2026, 3, 1, tzinfo=UTC)
PEOPLE = ("assigned", "waiting", "fixed", "written_off")


def published(name: str, status: str = "open", amount: str = "5", *, is_found: bool = True) -> Any:
    return {
        "exception_id": name,
        "company_id": "C",
        "is_found": is_found,
        "status": status,
        "code": "UNBILLED",
        "business_key": name,
        "exposure_amount": Decimal(amount),
    }


def stored(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as the worklog gives them back."""
    return [{**row, "as_of_at": row["as_of_at"].isoformat()} for row in rows]


def note(rows: list[Any], noted: list[Any], day: int = 0) -> list[dict[str, Any]]:
    moment = DAY + timedelta(days=day)
    return to_note(rows, noted, as_of_at=moment, noted_at=moment)


def said(rows: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [(row["exception_id"], row["action"], row.get("status")) for row in rows]


def test_what_is_new_is_described_and_what_is_known_is_not_said_again() -> None:
    first = note([published("b"), published("a")], [])
    assert said(first) == [("a", "detected", "open"), ("b", "detected", "open")]
    assert first[0]["code"] == "UNBILLED" and first[0]["exposure_amount"] == 5
    assert note([published("a"), published("b")], stored(first), 1) == []


def test_a_changed_amount_is_noted_once_and_gives_no_status() -> None:
    noted = stored(note([published("a")], []))
    changed = note([published("a", amount="5.0001")], noted, 1)
    assert said(changed) == [("a", "changed", None)]
    assert note([published("a", amount="5.0001")], noted + stored(changed), 2) == []


def test_gone_resolves_it_unless_a_person_has() -> None:
    noted = stored(note([published("a"), published("b"), published("c")], []))
    ended = {"exception_id": "b", "action": "resolved", "status": "resolved", "company_id": "C"}
    noted.append({**ended, "resolution": "written_off", "as_of_at": DAY.isoformat()})
    absent = [published(name, "resolved", is_found=False) for name in ("a", "b")]
    gone = note(absent, noted, 1)  # the code of c was switched off: it is not even published
    assert said(gone) == [("a", "gone", "resolved"), ("b", "gone", None), ("c", "gone", "resolved")]
    assert standings(noted + stored(gone))["b"].resolution == "written_off"
    assert note(absent, noted + stored(gone), 2) == []


def test_what_comes_back_is_reopened_once() -> None:
    noted = stored(note([published("a")], []))
    noted += stored(note([published("a", "resolved", is_found=False)], noted, 1))
    back = note([published("a", "reopened")], noted, 2)
    assert said(back) == [("a", "reopened", "reopened")]
    assert note([published("a", "reopened")], noted + stored(back), 3) == []


def test_a_run_that_looks_back_adds_nothing() -> None:
    noted = stored(note([published("a")], [], 5))
    assert note([published("b")], noted, 4) == []
    assert said(note([published("a"), published("b")], noted, 5)) == [("b", "detected", "open")]


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("run"), st.sets(st.sampled_from("abc")), st.sampled_from("56")),
            st.tuples(st.sampled_from(PEOPLE), st.sampled_from("abc"), st.just("")),
        ),
        max_size=25,
    )
)
def test_any_interleaving_of_runs_and_people_leaves_what_the_last_run_found(
    story: list[tuple[str, Any, str]],
) -> None:
    """After every run the worklog knows exactly what that run found, at its amount; asked again it
    adds nothing; and nobody detects the same problem twice."""
    noted: list[dict[str, Any]] = []
    for day, (who, what, amount) in enumerate(story):
        known = standings(noted)
        if who != "run":
            if what in known and known[what].is_found:  # people are refused on what is gone
                status = who if who in ("assigned", "waiting") else "resolved"
                row = {"exception_id": what, "company_id": "C", "action": "x", "status": status}
                noted.append({**row, "as_of_at": (DAY + timedelta(days=day)).isoformat()})
            continue
        found = [published(name, _status(known.get(name)), amount) for name in what]
        absent = [published(name, "resolved", is_found=False) for name in known if name not in what]
        added = note(found + absent, noted, day)
        noted += stored(added)
        now = standings(noted)
        assert {name for name, one in now.items() if one.is_found} == what
        assert all(now[name].exposure_amount == Decimal(amount) for name in what)
        assert all(now[name].status == "resolved" for name in now if name not in what)
        assert (
            note(
                [{**row, "status": now[row["exception_id"]].status} for row in found + absent],
                noted,
                day,
            )
            == []
        )
    detected = [row["exception_id"] for row in noted if row["action"] == "detected"]
    assert len(detected) == len(set(detected))


def _status(standing: Any) -> str:
    """Status that the warehouse publishes of a problem it finds."""
    if standing is None:
        return "open"
    return standing.status if standing.is_found else "reopened"
