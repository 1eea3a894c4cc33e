"""Published costing cases, read from the file beside the project, against the second opinion.

Every case is read from its notation, told by hand where the notation is loose, or listed here
with the reason why these events and this policy do not express it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.unit.sample import cost_notation as notation
from tests.unit.sample import test_published_cost_stories as by_hand

CASES = DATA.parent / "oracles" / "valuation.json"
READ = [
    "A01", "A03", "A06", "A07", "A09", "A10", "A12", "A13", "A18", "A19", "A21", "A27", "B01", "B04",
    "B05", "B07", "B08", "B10", "C02", "C03", "C05", "C08", "C09", "C11", "C12", "D03", "D11", "E06",
    "E07", "F01", "F03", "F04", "F13",
]  # fmt: skip
PERIODS = {"E06": "day", "E07": "month"}
OF_NO_ONE_METHOD = {"C11": ["fifo", "moving_average"], "C12": ["fifo", "moving_average"]}
NOT_EXPRESSED = {
    "A24": "its events are those of A23, which is not in the file",
    "A25": "its events are those of A23, which is not in the file",
    "A34": "old stock pooled and new stock by lot in one item: two methods for one pool",
    "B02": "rounding residual as an entry of its own; the truth lets the last issue take it",
    "B14": "fractions of a piece",
    "B16": "rounding of invoices, no cost",
    "B17": "rounding of invoices, no cost",
    "C06": "a returned piece as the newest layer; the truth puts it back where it was",
    "C18": "margin by sale, no cost",
    "D02": "its events are those of D01, which is not in the file",
    "D06": "pieces owed at the layer drawn last; ruling C9 says at the last receipt",
    "D09": "a recomputation that costs the issues of a day by its receipts alone",
    "E10": "value entries of E09 after issues that were entered later",
    "E19": "an issue at a given cost",
    "E21": "running quantities of cancelled rows, no cost",
    "F16": "a balance of goods received and not invoiced, no cost",
    "G01": "journals of expected cost",
    "G04": "journals; an invoice variance of an average item in an account of its own",
    "G05": "journals in a foreign currency",
    "G07": "an estimate at the invoice, before anything is issued",
    "G10": "unbilled quantities, no cost",
    "H06": "a transfer between pools of two methods",
    "H07": "a transfer between pools of two methods",
    "H10": "a change of method",
}


@pytest.fixture(scope="module")
def cases() -> dict[str, dict[str, str]]:
    if not Path(CASES).is_file():
        pytest.skip(f"needs {CASES.parent.name}/{CASES.name} beside the project; it is absent")
    return {case["id"]: case for case in json.loads(CASES.read_text(encoding="utf-8"))}


def test_every_published_case_is_told_or_listed_with_a_reason(cases):
    words = {
        word.upper()
        for name in vars(by_hand)
        if name.startswith("test_")
        for word in name.split("_")
    }
    told = words & set(cases)
    assert set(cases) - told - set(READ) == set(NOT_EXPRESSED)
    assert not told & set(READ)


@pytest.mark.parametrize("case_id", READ)
def test_a_case_read_from_its_notation(cases, case_id):
    published = cases[case_id]
    methods = OF_NO_ONE_METHOD.get(case_id) or notation.methods(published["method"])
    settings: dict[str, object] = {}
    if case_id in PERIODS:
        methods, settings = ["periodic_average"], {"average_period": PERIODS[case_id]}
    told_as = cases.get(published["events"].removeprefix("same as "), published)
    case = notation.Case(told_as["events"])
    assert methods
    for method in methods:
        costed = case.story.by(method, item_costs=case.known_cost, **settings)
        checked = 0
        if (left := notation.ending(published["expected"])) is not None:
            checked += 1
            assert costed.end() == left
        if costs := notation.costs(published["expected"]):
            checked += 1
            found = [costed.cost(issue) for issue in case.issues]
            assert (found if len(costs) == len(found) else [sum(found)]) == costs
        if parts := notation.late_cost(published["expected"]):
            checked += 1
            assert costed.split(case.late_costs[0]) == parts
        assert checked
