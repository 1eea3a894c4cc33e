"""Rules of cost that hold for many methods, in stories a controller can follow."""

from __future__ import annotations

from datetime import date

import pytest

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.sample.truth.costing import allocate
from pipelines.sample.world.costs import MovingAverageBook
from tests.unit.sample.cost_story import FIRST_DAY, CostStory

ACTUAL = ("fifo", "lifo", "moving_average")
STANDARD = {"standards": {"A": [(FIRST_DAY, 1100)]}}


@pytest.mark.parametrize("method", ["fifo", "moving_average"])
def test_c1_three_for_ten_leave_at_the_posted_figure(method):
    story = CostStory()
    story.tell("receipt", 3, 10)
    issues = [story.issue(1) for _ in range(3)]
    costed = story.by(method)
    assert costed.costs(*issues) == ["3.33", "3.34", "3.33"]
    assert costed.end() == (0, 0)


def test_c2_receipts_come_before_issues_of_the_same_day():
    story = CostStory()
    story.issue(5, day=FIRST_DAY)
    story.buy(5, 7, day=FIRST_DAY)
    costed = story.by("fifo")
    assert costed.costs("m1") == ["35.00"]
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
    assert costed.costs(issue) == ["75.00"]


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
    assert costed.costs(issue) == ["630.00"]
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
    assert costed.costs(first, second) == ["50.00", "50.00"]
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


def test_c5_transfers_within_one_pool_make_no_entry():
    story = CostStory()
    story.buy(10, 10, location="S")
    out = story.tell("transfer_out", 4, location="S")
    entered = story.tell("transfer_in", 4, ref=out, location="T")
    for method in COSTING_METHOD_CODES:
        costed = story.by(method, **STANDARD)
        assert costed.rows(out) == costed.rows(entered) == []


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
