"""Cost by every method, in stories a controller can follow: one per rule and ruling."""

from __future__ import annotations

import ast
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.sample.truth import costing
from pipelines.sample.truth.costing import CostEvent, CostKind, allocate, cost_truth
from pipelines.sample.world.costs import MovingAverageBook
from tests.unit.sample.cost_story import FIRST_DAY, Costed, CostStory

ACTUAL = ("fifo", "lifo", "moving_average")
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


def costs(costed: Costed, *movements: str) -> list[str]:
    return [f"{Decimal(int(costed.cost(movement) * 100)) / 100:.2f}" for movement in movements]


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
    assert costs(costed, "m3", "m5") == [first, second]
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
    assert costs(costed, *issues) == ["780.00", "400.00", "600.00"]
    assert costed.layers() == {"m1": (60, 600), "m3": (20, 260)}
    assert costed.truth.flags == ()


@pytest.mark.parametrize("method", ["fifo", "moving_average"])
def test_c1_three_for_ten_leave_at_the_posted_figure(method):
    story = CostStory()
    story.tell("receipt", 3, 10)
    issues = [story.issue(1) for _ in range(3)]
    costed = story.by(method)
    assert costs(costed, *issues) == ["3.33", "3.34", "3.33"]
    assert costed.end() == (0, 0)


def test_c2_receipts_come_before_issues_of_the_same_day():
    story = CostStory()
    story.issue(5, day=FIRST_DAY)
    story.buy(5, 7, day=FIRST_DAY)
    costed = story.by("fifo")
    assert costs(costed, "m1") == ["35.00"]
    assert [entry.entry_kind for entry in costed.truth.entries] == ["receipt", "issue"]


def test_landed_cost_by_value_weight_and_quantity():
    assert allocate(30_000, [1000, 2000]) == [10_000, 20_000]
    assert allocate(30_000, [40, 10]) == [24_000, 6_000]
    assert allocate(30_000, [100, 50]) == [20_000, 10_000]
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert allocate(-100, [1, 1, 1]) == [-33, -33, -34]


@pytest.mark.parametrize("method", ACTUAL)
@pytest.mark.parametrize("kind", ["landed_cost", "invoice_variance"])
def test_a_late_cost_is_split_between_stock_and_what_was_sold(method, kind):
    story = CostStory()
    receipt = story.buy(100, 10)
    story.issue(60)
    late = story.tell(kind, 0, 50, ref=receipt)
    costed = story.by(method)
    assert costed.split(late) == (20, 30)
    assert costed.end() == (40, 420)


def test_c3_a_late_cost_in_an_average_pool_asks_what_is_left_of_its_receipt():
    story = CostStory()
    first = story.buy(100, 10)
    second = story.buy(100, 10)
    story.issue(150)
    costs_late = [story.tell("landed_cost", 0, 50, ref=receipt) for receipt in (first, second)]
    costed = story.by("moving_average")
    assert [costed.split(late) for late in costs_late] == [(0, 50), (25, 25)]


def test_c3_pieces_sent_back_are_pieces_of_their_own_receipt():
    story = CostStory()
    first = story.buy(10, 10)
    second = story.buy(10, 10)
    story.tell("return_out", 4, ref=second)
    late = [story.tell("landed_cost", 0, 50, ref=receipt) for receipt in (first, second)]
    costed = story.by("moving_average")
    assert [costed.split(cost) for cost in late] == [(50, 0), (30, 20)]
    live = MovingAverageBook()
    live.receive("A", 10, 10_000, "first")
    live.receive("A", 10, 10_000, "second")
    assert live.return_out("A", 4, "second") == 4000
    assert live.add_value("A", "first", 5000) == (5000, 0)
    assert live.add_value("A", "second", 5000) == (3000, 2000)


def test_c2_a_cost_of_the_day_comes_before_what_is_sold_that_day():
    story = CostStory()
    receipt = story.buy(10, 10, day=FIRST_DAY)
    issue = story.issue(5, day=FIRST_DAY)
    late = story.tell("landed_cost", 0, 50, ref=receipt, day=FIRST_DAY)
    costed = story.by("fifo")
    assert costed.split(late) == (50, 0)
    assert costs(costed, issue) == ["75.00"]


@pytest.mark.parametrize("kind", ["landed_cost", "invoice_variance"])
def test_a_late_cost_under_standard_is_all_variance(kind):
    story = CostStory()
    receipt = story.buy(100, 10)
    late = story.tell(kind, 0, 50, ref=receipt)
    assert story.by("standard", **STANDARD).split(late) == (0, 50)


def test_a_late_cost_of_the_month_is_part_of_its_average():
    story = CostStory()
    receipt = story.buy(100, 10)
    issue = story.issue(60)
    late = story.tell("landed_cost", 0, 50, ref=receipt)
    costed = story.by("periodic_average")
    assert costed.split(late) == (50, 0)
    assert costs(costed, issue) == ["630.00"]
    assert costed.end() == (40, 420)


def test_a_cost_of_a_receipt_nobody_saw_is_refused():
    story = CostStory()
    story.tell("landed_cost", 0, 50, ref="m9")
    with pytest.raises(ValueError, match="m1 belongs to m9, which never came in"):
        story.by("fifo")


@pytest.mark.parametrize("method", ACTUAL)
def test_c19_negative_stock_is_settled_by_the_next_receipt(method):
    story = CostStory()
    story.buy(10, 5)
    issue = story.issue(15)
    receipt = story.buy(20, 6)
    costed = story.by(method)
    (true_up,) = [row for row in costed.rows(receipt) if row.entry_kind == "true_up"]
    assert (true_up.caused_by, true_up.cost_amount, true_up.cogs_amount) == (issue, -500, 500)
    assert true_up.day == FIRST_DAY.replace(day=3)
    assert costed.end() == (15, 90)


def test_what_is_owed_is_a_layer_below_zero():
    story = CostStory()
    story.buy(10, 5)
    story.issue(15)
    assert story.by("fifo").layers() == {"m2": (-5, -25)}


@pytest.mark.parametrize(
    ("known", "cost"),
    [({"item_costs": {"A": 400}, **STANDARD}, 8), (STANDARD, 22), ({}, 0)],
)
def test_c9_last_known_cost_is_the_item_cost_then_the_standard(known, cost):
    story = CostStory()
    issue = story.issue(2)
    assert story.by("fifo", **known).cost(issue) == cost


@pytest.mark.parametrize(
    ("kind", "named"),
    [("issue", "issue"), ("scrap", "issue"), ("work_issue", "issue"), ("count_out", "count_out")],
)
def test_c17_what_leaves_is_an_issue_but_for_a_count(kind, named):
    story = CostStory()
    story.buy(10, 5)
    gone = story.tell(kind, 2)
    assert [row.entry_kind for row in story.by("fifo").rows(gone)] == [named]


def test_c20_a_count_gain_is_a_layer_at_the_last_known_cost():
    story = CostStory()
    story.buy(10, 5)
    story.buy(10, 7)
    found = story.tell("count_in", 2)
    costed = story.by("fifo")
    assert costed.split(found) == (14, -14)
    assert costed.layers()[found] == (2, 14)


def test_c4_a_return_goes_back_to_the_layer_consumed_last():
    story = CostStory()
    story.buy(10, 10)
    story.buy(10, 20)
    issue = story.issue(15)
    back = story.tell("return_in", 7, ref=issue)
    costed = story.by("fifo")
    assert costed.split(back) == (120, -120)
    assert costed.layers() == {"m1": (2, 20), "m2": (10, 200)}


@pytest.mark.parametrize("method", ACTUAL)
def test_a_return_settles_what_is_owed_to_another_issue(method):
    story = CostStory()
    story.buy(5, 10)
    first = story.issue(5)
    second = story.issue(5)
    story.tell("return_in", 5, ref=first)
    costed = story.by(method)
    assert costs(costed, first, second) == ["50.00", "50.00"]
    assert costed.end() == (0, 0)


@pytest.mark.parametrize("method", [*ACTUAL, "periodic_average", "specific"])
def test_an_unlinked_return_comes_in_at_current_cost_and_is_flagged(method):
    story = CostStory()
    story.buy(10, 10)
    back = story.tell("return_in", 2)
    costed = story.by(method)
    assert costed.split(back) == (20, -20)
    assert ("RETURN_UNLINKED", back) in [(f.code, f.movement_id) for f in costed.truth.flags]


def test_a_return_of_the_day_follows_its_issue():
    story = CostStory()
    story.buy(5, 10, day=FIRST_DAY)
    issue = story.issue(5, day=FIRST_DAY)
    story.tell("return_in", 5, ref=issue, day=FIRST_DAY)
    assert story.by("fifo").layers() == {"m1": (5, 50)}


@pytest.mark.parametrize(
    ("method", "stock", "variance"),
    [("fifo", -20, 0), ("lifo", -20, 0), ("moving_average", -30, 10), ("standard", -22, 2)],
)
def test_c8_a_vendor_return_leaves_at_its_receipt_or_at_average(method, stock, variance):
    story = CostStory()
    receipt = story.buy(10, 10)
    story.buy(10, 20)
    back = story.tell("return_out", 2, ref=receipt)
    assert story.by(method, **STANDARD).split(back) == (stock, variance)


def test_a_vendor_return_of_pieces_that_are_gone_takes_the_current_layer():
    story = CostStory()
    receipt = story.buy(10, 10)
    story.buy(10, 20)
    story.issue(9)
    back = story.tell("return_out", 3, ref=receipt)
    costed = story.by("fifo")
    assert costed.split(back) == (-50, 20)
    assert costed.end() == (8, 160)


def test_a_vendor_credits_the_price_of_the_invoice():
    story = CostStory()
    receipt = story.buy(10, 10)
    story.tell("invoice_variance", 0, 30, ref=receipt)
    story.tell("landed_cost", 0, 20, ref=receipt)
    back = story.tell("return_out", 5, ref=receipt)
    assert story.by("fifo").split(back) == (-75, 10)


@pytest.mark.parametrize("kind", ["revaluation", "nrv"])
def test_a_revaluation_is_spread_over_layers_by_value(kind):
    story = CostStory()
    story.buy(10, 10)
    story.buy(10, 30)
    change = story.tell(kind, 0, -40)
    costed = story.by("fifo")
    assert costed.split(change) == (-40, 40)
    assert costed.layers() == {"m1": (10, 90), "m2": (10, 270)}
    assert {row.entry_kind for row in costed.rows(change)} == {"revaluation"}


@pytest.mark.parametrize("method", COSTING_METHOD_CODES)
def test_a_revaluation_of_nothing_changes_nothing(method):
    story = CostStory()
    story.buy(10, 10)
    story.issue(10)
    change = story.tell("nrv", 0, -40)
    assert story.by(method, **STANDARD).split(change) == (0, 0)


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
    assert costs(costed, issue, back) == ["75.00", "-30.00"]
    assert costed.end() == (17, 255)


def test_periodic_average_gives_back_no_more_than_it_took_provisionally():
    story = CostStory()
    story.tell("receipt", 3, 10)
    issue = story.issue(3)
    backs = [story.tell("return_in", 1, ref=issue) for _ in range(3)]
    open_month = story.by("periodic_average", closed_through=FIRST_DAY)
    assert costs(open_month, issue, *backs) == ["10.00", "-3.33", "-3.34", "-3.33"]
    assert open_month.end() == (3, 10)


def test_periodic_average_settles_an_older_debt_at_the_receipt():
    story = CostStory()
    story.buy(5, 10, day=date(2026, 1, 5))
    issue = story.issue(8, day=date(2026, 1, 6))
    story.buy(10, 12, day=date(2026, 2, 3))
    costed = story.by("periodic_average")
    assert costs(costed, issue) == ["86.00"]
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
    assert costs(costed, issue) == ["248.00"]


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
    assert costs(costed, issue) == ["50.02"]
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
    assert costs(costed, issue) == ["60.00"]
    assert costed.layers() == {"m1": (10, 100), "m2": (10, 200), issue: (-4, -60)}
    story.buy(10, 16, lot="c")
    assert costs(story.by("specific"), issue) == ["64.00"]


def test_specific_of_an_item_without_lots_is_the_moving_average():
    costed = golden().by("specific")
    assert costs(costed, "m3", "m5") == ["1280.00", "741.82"]
    assert {flag.code for flag in costed.truth.flags} == {"SPECIFIC_ID_MISSING"}
    assert costed.layers() == {"": (50, Fraction("618.18"))}


def test_c5_transfers_within_one_pool_make_no_entry():
    story = CostStory()
    story.buy(10, 10, location="S")
    out = story.tell("transfer_out", 4, location="S")
    entered = story.tell("transfer_in", 4, ref=out, location="T")
    for method in COSTING_METHOD_CODES:
        costed = story.by(method, **STANDARD)
        assert costed.rows(out) == costed.rows(entered) == []


@pytest.mark.parametrize("method", ["lifo_periodic", "periodic_average"])
def test_a_periodic_method_by_location_refuses_a_transfer(method):
    story = CostStory()
    story.buy(10, 10, location="S")
    story.tell("transfer_out", 4, location="S")
    with pytest.raises(ValueError, match="known too late"):
        story.by(method, cost_pool="location")


def test_a_return_at_another_location_keeps_the_cost_of_its_issue():
    story = CostStory()
    story.buy(10, 10, location="S")
    issue = story.issue(4, location="S")
    back = story.tell("return_in", 2, ref=issue, location="T")
    for method in ACTUAL:
        costed = story.by(method, cost_pool="location")
        assert costed.split(back) == (20, -20)
        assert (costed.end("S"), costed.end("T")) == ((6, 60), (2, 20))


def test_a_transfer_of_pieces_that_are_not_there_is_settled_where_it_left():
    story = CostStory()
    story.buy(2, 10, location="S")
    out = story.tell("transfer_out", 5, location="S")
    story.tell("transfer_in", 5, ref=out, location="T")
    story.buy(10, 12, location="S")
    costed = story.by("fifo", cost_pool="location")
    assert (costed.end("S"), costed.end("T")) == ((7, 84), (5, 50))
    assert sum(row.cogs_amount for row in costed.truth.entries) == 600


@pytest.mark.parametrize("method", [*ACTUAL, "specific", "periodic_average", "lifo_periodic"])
def test_a_kit_is_worth_its_components_and_the_work(method):
    story = CostStory()
    story.buy(10, 10, item="B")
    story.buy(10, 5, item="C")
    on = {"ref": "job", "day": date(2026, 1, 9)}
    kit = story.tell("work_receipt", 2, 6, item="KIT", **on)
    parts = [story.tell("work_issue", qty, item=item, **on) for item, qty in (("B", 2), ("C", 4))]
    costed = story.by(method)
    assert costed.split(kit) == (46, 0)
    assert [costed.split(part) for part in parts] == [(-20, 0), (-20, 0)]


def test_a_kit_taken_apart_is_divided_by_current_cost():
    story = CostStory()
    story.buy(10, 10, item="B")
    story.buy(10, 5, item="C")
    story.buy(1, 80, item="KIT")
    story.tell("work_issue", 1, item="KIT", ref="job")
    parts = [story.tell("work_receipt", qty, item=i, ref="job") for i, qty in (("B", 2), ("C", 4))]
    costed = story.by("fifo")
    assert [costed.split(part) for part in parts] == [(40, 0), (40, 0)]


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
