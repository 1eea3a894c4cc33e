"""Cost by every method: the golden table of domain B.3, and what each method does of its own."""

from __future__ import annotations

import ast
import sys
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from pipelines.sample.truth import costing
from pipelines.sample.truth.costing import CostEvent, CostKind, cost_truth
from tests.unit.sample.cost_story import FIRST_DAY, CostStory

STANDARD = {"standards": {"A": [(FIRST_DAY, 1100)]}}


def golden() -> CostStory:
    """Domain B.3: 100@10, 50@12, issue 120, 80@13, issue 60; in all 2,640.00."""
    story = CostStory()
    story.buy(100, 10)
    story.buy(50, 12)
    story.issue(120)
    story.buy(80, 13)
    story.issue(60)
    return story


@pytest.mark.parametrize(
    ("method", "first", "second", "left"),
    [
        ("fifo", "1240.00", "750.00", "650.00"),
        ("lifo", "1300.00", "780.00", "560.00"),
        ("moving_average", "1280.00", "741.82", "618.18"),
        ("standard", "1320.00", "660.00", "550.00"),
    ],
)
def test_golden_table(method, first, second, left):
    costed = golden().by(method, **STANDARD)
    assert costed.costs("m3", "m5") == [first, second]
    assert costed.end() == (50, Fraction(left))


@pytest.mark.parametrize(
    ("method", "sold", "left"),
    [("lifo_periodic", "2140.00", "500.00"), ("periodic_average", "2066.09", "573.91")],
)
def test_golden_table_of_the_periodic_methods(method, sold, left):
    costed = golden().by(method)
    assert costed.cost("m3") + costed.cost("m5") == Fraction(sold)
    assert costed.end() == (50, Fraction(left))


def test_golden_layers_of_perpetual_lifo():
    assert golden().by("lifo").layers() == {"m1": (30, 300), "m4": (20, 260)}


def test_golden_price_variance_of_standard():
    costed = golden().by("standard", **STANDARD)
    assert [costed.split(receipt)[1] for receipt in ("m1", "m2", "m4")] == [-100, 50, 160]


def test_golden_specific_takes_the_lots_that_are_named():
    story = CostStory()
    for qty, unit, lot in ((100, 10, "a"), (50, 12, "b"), (80, 13, "c")):
        story.buy(qty, unit, lot=lot)
    issues = [story.issue(60, lot="c"), story.issue(40, lot="a"), story.issue(50, lot="b")]
    costed = story.by("specific")
    assert costed.costs(*issues) == ["780.00", "400.00", "600.00"]
    assert costed.layers() == {"m1": (60, 600), "m3": (20, 260)}
    assert costed.truth.flags == ()


def test_periodic_average_is_provisional_at_the_last_average_until_the_month_ends():
    story = CostStory()
    story.buy(10, 10, day=date(2026, 1, 5))
    story.issue(5, day=date(2026, 1, 6))
    issue = story.issue(2, day=date(2026, 2, 3))
    story.buy(5, 20, day=date(2026, 2, 20))
    open_month = story.by("periodic_average", closed_through=date(2026, 2, 27))
    assert [(row.cost_amount, row.day) for row in open_month.rows(issue)] == [
        (-2000, date(2026, 2, 3))
    ]
    assert open_month.end() == (8, 130)
    closed = story.by("periodic_average", closed_through=date(2026, 2, 28))
    true_up = closed.rows(issue)[-1]
    assert (true_up.entry_kind, true_up.caused_by) == ("true_up", issue)
    assert (true_up.cost_amount, true_up.day) == (-1000, date(2026, 2, 28))
    assert closed.end() == (8, 120)


def test_periodic_average_gives_a_return_of_the_month_the_final_cost_of_its_issue():
    story = CostStory()
    story.buy(10, 10)
    issue = story.issue(5)
    back = story.tell("return_in", 2, ref=issue)
    story.buy(10, 20)
    costed = story.by("periodic_average")
    assert costed.costs(issue, back) == ["75.00", "-30.00"]
    assert costed.end() == (17, 255)


def test_periodic_average_gives_back_no_more_than_it_took_provisionally():
    story = CostStory()
    story.tell("receipt", 3, 10)
    issue = story.issue(3)
    backs = [story.tell("return_in", 1, ref=issue) for _ in range(3)]
    open_month = story.by("periodic_average", closed_through=FIRST_DAY)
    assert open_month.costs(issue, *backs) == ["10.00", "-3.33", "-3.34", "-3.33"]
    assert open_month.end() == (3, 10)


def test_periodic_average_settles_an_older_debt_at_the_receipt():
    story = CostStory()
    story.buy(5, 10, day=date(2026, 1, 5))
    issue = story.issue(8, day=date(2026, 1, 6))
    story.buy(10, 12, day=date(2026, 2, 3))
    costed = story.by("periodic_average")
    assert costed.costs(issue) == ["86.00"]
    assert costed.end() == (7, 84)


def test_periodic_lifo_keeps_the_layers_of_a_closed_year():
    story = CostStory()
    story.buy(10, 10, day=date(2025, 3, 1))
    story.issue(4, day=date(2025, 5, 1))
    story.buy(10, 12, day=date(2025, 7, 1))
    story.buy(10, 20, day=date(2026, 2, 1))
    issue = story.issue(14, day=date(2026, 3, 1))
    costed = story.by("lifo_periodic")
    assert costed.layers() == {"m1": (10, 100), "m3": (2, 24)}
    assert costed.costs(issue) == ["248.00"]


def test_periodic_lifo_nets_a_return_of_the_year_off():
    story = CostStory()
    for unit in (10, 20, 30):
        story.buy(5, unit)
    first = story.issue(5)
    story.issue(5)
    story.tell("return_in", 5, ref=first)
    costed = story.by("lifo_periodic")
    assert costed.layers() == {"m1": (5, 50), "m2": (5, 100)}


def test_periodic_lifo_takes_an_older_issue_back_at_what_it_was_charged():
    story = CostStory()
    story.buy(10, 10, day=date(2025, 3, 1))
    issue = story.issue(4, day=date(2025, 5, 1))
    back = story.tell("return_in", 2, ref=issue, day=date(2026, 1, 9))
    assert story.by("lifo_periodic").layers() == {"m1": (6, 60), back: (2, 20)}


def test_c12_a_new_standard_revalues_what_is_there():
    story = CostStory()
    story.buy(10, 10, day=date(2026, 1, 1))
    issue = story.issue(4, day=date(2026, 1, 20))
    standards = {"A": [(date(2026, 1, 20), Fraction("1250.5")), (date(2025, 1, 1), 1000)]}
    costed = story.by("standard", standards=standards)
    revaluation = costed.truth.entries[1]
    assert (revaluation.entry_kind, revaluation.cost_amount) == ("revaluation", 2505)
    assert costed.costs(issue) == ["50.02"]
    assert costed.end() == (6, Fraction("75.03"))


def test_standard_without_a_standard_is_refused():
    with pytest.raises(ValueError, match="A has no standard cost on 2026-01-01"):
        golden().by("standard")


def test_specific_without_its_lot_takes_a_provisional_average_and_is_flagged():
    story = CostStory()
    story.buy(10, 10, lot="a")
    story.buy(10, 20, lot="b")
    issue = story.issue(4, lot="c")
    costed = story.by("specific")
    assert [(f.code, f.movement_id) for f in costed.truth.flags] == [("SPECIFIC_ID_MISSING", issue)]
    assert costed.costs(issue) == ["60.00"]
    assert costed.layers() == {"m1": (10, 100), "m2": (10, 200), issue: (-4, -60)}
    story.buy(10, 16, lot="c")
    assert story.by("specific").costs(issue) == ["64.00"]


def test_specific_of_an_item_without_lots_is_the_moving_average():
    costed = golden().by("specific")
    assert costed.costs("m3", "m5") == ["1280.00", "741.82"]
    assert {flag.code for flag in costed.truth.flags} == {"SPECIFIC_ID_MISSING"}
    assert costed.layers() == {"": (50, Fraction("618.18"))}


@pytest.mark.parametrize("method", ["lifo_periodic", "periodic_average"])
def test_a_periodic_method_by_location_refuses_a_transfer(method):
    story = CostStory()
    story.buy(10, 10, location="S")
    story.tell("transfer_out", 4, location="S")
    with pytest.raises(ValueError, match="known too late"):
        story.by(method, cost_pool="location")


def test_a_movement_that_comes_twice_is_refused():
    told = CostEvent("m1", CostKind.RECEIPT, "A", FIRST_DAY, datetime(2026, 1, 1, tzinfo=UTC), 1, 1)
    with pytest.raises(ValueError, match="1 movements come twice: m1"):
        cost_truth([told, told], "fifo")


def test_an_issue_of_no_pieces_is_refused():
    story = CostStory()
    story.issue(0)
    with pytest.raises(ValueError, match="m1: issue of 0 pieces"):
        story.by("fifo")


def test_the_second_opinion_knows_no_engine():
    imported = set()
    for path in Path(costing.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module)
            elif isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
    foreign = {
        name
        for name in imported
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith((costing.__name__, "models.vocabulary"))
    }
    assert foreign == set()
