"""Laws of cost that the engine keeps whatever it is told: nothing is lost, nothing depends on luck."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.engines.costing import Valuation
from pipelines.sample.truth.costing import CostEvent, CostSettings
from tests.properties.model_sql import sql_of
from tests.properties.test_cost_truth import (
    FIRST_DAY,
    ITEMS,
    KNOWN,
    event,
    from_outside,
    is_in,
    steps,
    story,
)
from tests.properties.test_costing_second_opinion import ours
from tests.unit.pipelines.engines.cost_story import Story

QUICK = settings(max_examples=8, derandomize=True, deadline=None)
SWEEP = "tests/fifo_costs_equal_the_sweep.sql"
LINE = "models/intermediate/valuation/int_valuation__fifo_line.sql"
PARTS = "models/intermediate/valuation/int_valuation__landed_part.sql"


def cents(amounts: pl.Series) -> int:
    return int((amounts.sum() or Decimal(0)) * 100)


def into_jobs(events: list[CostEvent], found: Valuation) -> int:
    """Cents of components whose job made nothing yet: neither stock nor expense."""
    names = [told.movement_id for told in events if told.kind == "work_issue"]
    rows = found.entries.filter(pl.col("movement_id").is_in(names), pl.col("entry_kind") == "issue")
    return cents(rows["cost_amount"]) + cents(rows["cogs_amount"])


@pytest.mark.parametrize("method", COSTING_METHOD_CODES)
@given(told=steps)
@QUICK
def test_pieces_and_value_are_conserved(method: str, told: Any) -> None:
    events = story(told)
    if not events:
        return
    found = ours(events, method, KNOWN)
    moved = sum(each.qty if is_in(each) else -each.qty for each in events)
    assert found.entries["qty_base"].sum() == found.layers["qty_remaining"].sum() == moved
    value = cents(found.entries["cost_amount"])
    assert cents(found.layers["value_remaining"]) == value
    expense = cents(found.entries["cogs_amount"]) + cents(found.entries["unexplained_amount"])
    assert value + expense == from_outside(events) + into_jobs(events, found)


@pytest.mark.parametrize("method", COSTING_METHOD_CODES)
@given(told=steps, seed=st.integers(0, 99))
@QUICK
def test_order_of_delivery_does_not_matter(method: str, told: Any, seed: int) -> None:
    events = story(told)
    if not events:
        return
    shuffled = random.Random(seed).sample(events, len(events))
    first, second = ours(events, method, KNOWN), ours(shuffled, method, KNOWN)
    for one, other in zip(_frames(first), _frames(second), strict=True):
        assert one.equals(other)


def _frames(found: Valuation) -> list[pl.DataFrame]:
    tables = (found.entries, found.layers, found.flags, found.closed_periods)
    return [table.sort(table.columns) for table in tables]


@given(told=steps, unit=st.integers(0, 300))
@QUICK
def test_equal_cost_makes_all_methods_equal(told: Any, unit: int) -> None:
    same = []
    for each in story(told):
        if each.kind in ("receipt", "opening", "return_out", "work_receipt"):
            same.append(replace(each, amount=unit * each.qty))
        elif each.qty:
            same.append(each)
    if not same:
        return
    known = CostSettings(
        standards={item: [(FIRST_DAY, unit)] for item in ITEMS},
        item_costs=dict.fromkeys(ITEMS, unit),
    )
    answers = []
    for method in COSTING_METHOD_CODES:
        entries = ours(same, method, known).entries
        answers.append(
            entries.group_by("movement_id", "entry_kind", "posting_date")
            .agg(pl.col("qty_base", "cost_amount", "cogs_amount").sum())
            .sort("movement_id", "entry_kind", "posting_date")
        )
    assert all(answer.equals(answers[0]) for answer in answers)


@given(
    lots=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9_999)), min_size=1, max_size=8),
    issues=st.lists(st.integers(1, 30), max_size=30),
)
@QUICK
def test_fifo_is_specific_when_lots_leave_in_order(lots: Any, issues: list[int]) -> None:
    events = [event("receipt", n, qty, amount, f"L{n}") for n, (qty, amount) in enumerate(lots)]
    left = [qty for qty, _ in lots]
    for wanted in issues:
        lot = next((number for number, qty in enumerate(left) if qty), None)
        if lot is None:
            break
        qty = min(wanted, left[lot])
        left[lot] -= qty
        events.append(event("issue", len(events), qty, None, f"L{lot}"))
    told = ["movement_id", "entry_kind", "qty_base", "cost_amount", "cogs_amount"]
    kept = ["layer_id", "qty_remaining", "value_remaining"]
    fifo = ours(events, "fifo", CostSettings())
    specific = ours(events, "specific", CostSettings("lot"))
    assert fifo.entries.select(told).sort(told).equals(specific.entries.select(told).sort(told))
    assert fifo.layers.select(kept).sort(kept).equals(specific.layers.select(kept).sort(kept))


@given(told=steps, cut=st.integers(0, 39))
@QUICK
def test_the_sweep_in_sql_finds_what_the_engine_finds_and_would_see_a_cent_too_much(
    told: Any, cut: int
) -> None:
    events = [each for each in story(told) if each.kind != "receipt_reversal"]
    if not events:
        return
    tables = _swept_tables(events)
    assert swept(tables) == []
    issues = tables["int_valuation__entry"].filter(pl.col("entry_kind") == "issue")["event_id"]
    if issues.is_empty():
        return
    wrong = pl.col("event_id") == issues[cut % len(issues)]
    off = pl.when(wrong).then(pl.col("cost_amount") - 5).otherwise("cost_amount")
    entries = tables["int_valuation__entry"].with_columns(off.alias("cost_amount"))
    found = swept({**tables, "int_valuation__entry": entries})
    assert {row[2] for row in found} <= {issues[cut % len(issues)]}


def _swept_tables(events: list[CostEvent], decimals: int = 2) -> dict[str, pl.DataFrame]:
    told = Story("fifo", policy={"currency_decimals": decimals})
    for each in events:
        job = each.ref if each.kind in ("work_issue", "work_receipt") else ""
        told.tell(
            str(each.kind), each.qty, None if each.amount is None else Decimal(each.amount) / 100,
            day=each.day, name=each.movement_id, item_id=each.item, event_at=each.at,
            known_at=each.at, linked_event_id="" if job else each.ref, job_id=job,
            known_unit_cost=Decimal("1.55"),
        )  # fmt: skip
    found = told.valued()
    events_, policies = told.frames()
    return {
        "int_valuation__cost_event": events_,
        "int_valuation__policy": policies,
        "int_valuation__entry": found.entries,
    }


def swept(tables: dict[str, pl.DataFrame]) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table.to_arrow())
        return connection.sql(sql_of(SWEEP, inline=(LINE,))).fetchall()


@pytest.mark.parametrize(("decimals", "off"), [(0, "5"), (2, "0.05"), (3, "0.005")])
def test_the_sweep_looks_at_most_issues_of_a_plain_story(decimals: int, off: str) -> None:
    """Whole yen, cents and thousandths: the two may part by half a unit a draw, and no more."""
    moves = [
        event("receipt", n, 10, 33300 + 100 * n) if n % 3 == 0 else event("issue", n, 4)
        for n in range(60)
    ]
    tables = _swept_tables(moves, decimals)
    assert swept(tables) == []
    too_much = tables["int_valuation__entry"].with_columns(pl.col("cost_amount") - Decimal(off))
    assert len(swept({**tables, "int_valuation__entry": too_much})) == 40


@given(
    costs=st.lists(
        st.tuples(
            st.integers(-99_999, 99_999),
            st.lists(st.integers(0, 10**9), min_size=1, max_size=9).filter(any),
        ),
        min_size=1,
        max_size=30,
    ),
    decimals=st.sampled_from([0, 2, 3]),
)
@QUICK
def test_parts_of_a_landed_cost_add_up_and_are_within_a_cent(costs: Any, decimals: int) -> None:
    shares = pl.DataFrame(
        [
            {
                "company_id": "C", "source_system": "s", "landed_cost_id": f"L{paper}",
                "replaces_landed_cost_id": None, "component_line": "1", "divided_line": "1",
                "component": "freight", "cost_date": FIRST_DAY, "event_at": None,
                "known_at": None, "company_amount": Decimal(amount) / 10**decimals, "currency_decimals": decimals,
                "receipt_event_id": f"R{place}", "layer_event_id": f"R{place}",
                "receipt_line": str(place), "item_id": "A", "location_id": "", "lot_number": "",
                "qty_base": Decimal(1), "weight": Decimal(weight) / 10**6,
            }
            for paper, (amount, weights) in enumerate(costs)
            for place, weight in enumerate(weights)
        ],
        schema_overrides={"company_amount": pl.Decimal(18, 4), "weight": pl.Decimal(20, 6)},
    )  # fmt: skip
    with duckdb.connect() as connection:
        connection.register("int_valuation__landed_share", shares.to_arrow())
        parts = connection.sql(sql_of(PARTS)).pl()
    for paper, (amount, weights) in enumerate(costs):
        own = parts.filter(pl.col("landed_cost_id") == f"L{paper}").sort("receipt_line")
        units = [part * 10**decimals for part in own["amount"]]
        assert sum(units) == amount and all(unit == int(unit) for unit in units)
        for unit, weight in zip(units, weights, strict=True):
            assert abs(unit * sum(weights) - amount * weight) < sum(weights)
