"""What is valued from the answer of the run before is, row by row, what valuing everything says."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.engines.costing import Told, Valuation, renewed
from pipelines.engines.costing.renewing import touched
from pipelines.kept_costs import remember, valued
from pipelines.workspace import Workspace
from tests.unit.pipelines.engines.cost_story import DEFAULTS, FOREVER, frame

SETTINGS = settings(max_examples=15, derandomize=True, deadline=None)
FIRST = date(2025, 1, 1)
AS_OF = datetime(2025, 4, 10, tzinfo=UTC)
ITEMS = [f"I{number}" for number in range(8)]


class World:
    """Events of eight items under all methods, two of them tied by jobs; changes come later."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.events: list[dict[str, object]] = []
        self.standards = [self._standard(item, FIRST, "1.50") for item in ITEMS[::2]]
        self.closed: datetime | None = datetime(2025, 2, 5, tzinfo=UTC)
        self.as_of = AS_OF
        for _ in range(60):
            self.happen()

    def _standard(self, item: str, since: date, cost: str) -> dict[str, object]:
        return {"company_id": "C", "item_id": item, "valid_from": since, "unit_cost": Decimal(cost)}

    def happen(self, item: str | None = None) -> None:
        number = len(self.events)
        kind = self.draw.choice(["receipt", "receipt", "issue", "issue", "count_out", "work_issue"])
        day = FIRST + timedelta(days=self.draw.randrange(90))
        at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(minutes=number)
        if kind == "work_issue":
            item = item or self.draw.choice(ITEMS[:2])
        row = {
            "company_id": "C", "event_id": f"e{number}", "version_number": 1,
            "item_id": item or self.draw.choice(ITEMS), "movement_id": f"m{number}",
            "movement_line": "", "event_kind": kind, "posting_date": day, "event_at": at,
            "qty_base": Decimal(self.draw.randrange(1, 30)), "linked_event_id": "", "job_id": "",
            "lot_number": "", "location_id": "L1", "is_on_the_way": False,
            "amount": Decimal(self.draw.randrange(1, 9_999)) / 100 if kind == "receipt" else None,
            "known_unit_cost": Decimal("1.25"),
            "known_at": at + timedelta(days=self.draw.choice([0, 0, 0, 40])),
        }  # fmt: skip
        self.events.append(row)
        if kind == "work_issue":
            row["job_id"] = f"J{number}"
            made = {**row, "event_id": f"e{number}m", "movement_id": f"m{number}m"}
            self.events.append(
                {**made, "event_kind": "work_receipt", "item_id": "I2", "qty_base": Decimal(1)}
            )

    def change(self) -> None:
        """One thing that the next run learns."""
        what = self.draw.randrange(7)
        if what < 3:
            self.happen()
        elif what == 3:
            self.events.pop(self.draw.randrange(len(self.events)))
        elif what == 4:
            row = self.draw.choice(self.events)
            row["qty_base"] = Decimal(self.draw.randrange(1, 30))
        elif what == 5:
            self.standards.append(self._standard(self.draw.choice(ITEMS), date(2025, 3, 9), "2.75"))
        else:
            self.as_of += timedelta(days=self.draw.choice([1, 25]))

    def told(self) -> Told:
        policies = [
            {**DEFAULTS, "company_id": "C", "item_id": item, "location_id": "", "policy_id": "P",
             "costing_method": method, "is_comparison": method != "fifo",
             "valid_from": date(1900, 1, 1), "valid_to": FOREVER}
            for item in ITEMS for method in COSTING_METHOD_CODES
        ]  # fmt: skip
        months = [
            (1, date(2025, 1, 1), date(2025, 1, 31)),
            (2, date(2025, 2, 1), date(2025, 2, 28)),
        ]
        periods = [
            {"company_id": "C", "fiscal_year": 2025, "fiscal_period": month, "start_date": start,
             "end_date": end, "closed_at": self.closed if month == 1 else None}
            for month, start, end in months
        ]  # fmt: skip
        standards = {(row["item_id"], row["valid_from"]): row for row in self.standards}
        return Told(
            frame("cost_event", [dict(row) for row in self.events]),
            frame("cost_policy", policies),
            frame("standard_cost", list(standards.values())),
            frame("cost_period", periods),
            self.as_of,
        )


def same(one: Valuation, other: Valuation) -> bool:
    pairs = (
        (one.entries, other.entries),
        (one.layers, other.layers),
        (one.flags, other.flags),
        (one.closed_periods, other.closed_periods),
    )
    return all(first.equals(second) for first, second in pairs)


@given(seed=st.integers(0, 9_999), changes=st.integers(0, 5))
@SETTINGS
def test_incremental_is_full(seed: int, changes: int) -> None:
    world = World(seed)
    before = world.told()
    answer = before.valued()
    for _ in range(changes):
        world.change()
    now = world.told()
    assert same(renewed(before, answer, now), now.valued())


def test_only_what_a_change_touches_is_valued_anew() -> None:
    world = World(7)
    before = world.told()
    world.happen("I5")
    assert touched(before, world.told())["item_id"].to_list() == ["I5"]
    assert touched(before, before).is_empty()


def test_a_component_touches_what_is_made_of_it() -> None:
    world = World(7)
    before = world.told()
    used = next(row for row in world.events if row["event_kind"] == "work_issue")
    used["qty_base"] = Decimal(99)
    makers = {row["item_id"] for row in world.events if row["event_kind"] == "work_issue"}
    found = touched(before, world.told())
    assert set(found["item_id"]) == {"I2"} | makers, "every item that shares a job with them"


def test_a_closed_period_touches_its_company() -> None:
    world = World(3)
    before = world.told()
    world.closed = None
    told = {row["item_id"] for row in world.events}
    assert set(touched(before, world.told())["item_id"]) == told


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def _answered(workspace: Workspace, told: Told, answer: Valuation) -> None:
    tables = {
        "cost_entry": answer.entries, "cost_layer": answer.layers, "cost_flag": answer.flags,
        "cost_closed_period": answer.closed_periods,
    }  # fmt: skip
    files = {}
    for name, table in tables.items():
        files[name] = workspace.computed / name / "answer.parquet"
        files[name].parent.mkdir(parents=True, exist_ok=True)
        table.write_parquet(files[name])
    remember(workspace, told, files)


def test_the_run_before_is_used_once_and_only_if_it_is_whole(workspace: Workspace) -> None:
    world = World(11)
    before = world.told()
    wrong = before.valued()
    spoilt = wrong.entries.with_columns(cost_amount=pl.lit(Decimal(0), pl.Decimal(18, 4)))
    spoilt_answer = Valuation(spoilt, wrong.layers, wrong.flags, wrong.closed_periods)
    _answered(workspace, before, spoilt_answer)
    assert valued(workspace, before).entries["cost_amount"].sum() == 0, "taken from the run before"
    assert same(valued(workspace, before), wrong), "the note is taken away by whoever uses it"
    _answered(workspace, before, spoilt_answer)
    (workspace.computed / "cost_flag" / "answer.parquet").unlink()
    assert same(valued(workspace, before), wrong), "an answer is missing"
