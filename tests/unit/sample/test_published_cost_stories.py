"""Published costing cases whose notation is loose, told by hand; each names its id."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from pipelines.sample.truth.costing import allocate
from tests.unit.sample.cost_story import FIRST_DAY, CostStory


def test_a04_standard_receipts_leave_their_variance_to_expense():
    story = CostStory()
    receipts = [story.buy(1, unit) for unit in (10, 20, 30)]
    issues = [story.issue(1) for _ in range(3)]
    costed = story.by("standard", standards={"A": [(FIRST_DAY, 1500)]})
    assert [costed.split(receipt) for receipt in receipts] == [(15, -5), (15, 5), (15, 15)]
    assert [costed.cost(issue) for issue in issues] == [15, 15, 15]
    assert costed.end() == (0, 0)


@pytest.mark.parametrize(
    ("method", "answers"),
    [
        ("fifo", {2: "200", 4: "400", 7: "733.33", 9: "955.55", 12: "1322.21", 15: "1688.87"}),
        ("lifo", {2: "244.44", 6: "733.32", 7: "844.43", 11: "1288.87", 12: "1388.87"}),
    ],
)
def test_a15_a16_layers_are_ordered_by_date_not_by_arrival(method, answers):
    for qty, cost in answers.items():
        story = CostStory()
        story.buy(5, "111.11", day=date(2026, 1, 2))
        story.buy(4, 100, day=date(2026, 1, 1))
        story.buy(6, "122.22", day=date(2026, 1, 3))
        issue = story.issue(qty, day=date(2026, 1, 4))
        assert story.by(method).cost(issue) == Fraction(cost)


def test_a22_the_pool_is_a_choice():
    story = CostStory()
    story.buy(10, 40, location="WH-A")
    story.buy(10, 80, location="WH-B")
    issue = story.issue(5, location="WH-A")
    assert story.by("moving_average", cost_pool="location").cost(issue) == 200
    assert story.by("moving_average").cost(issue) == 300


def test_a28_large_receipts_by_average():
    story = CostStory()
    story.buy(9200, "9.71")
    story.buy(6300, "10.23")
    story.issue(7400)
    story.buy(8200, "10.69")
    story.issue(11100)
    qty, value = story.by("moving_average").end()
    assert (qty, round(value)) == (5200, 53602)


def test_a30_grams_and_kilograms_share_layers():
    story = CostStory()
    story.tell("receipt", 10_000, 500)
    story.tell("receipt", 30_000, 2400)
    issues = [story.issue(20_000), story.issue(500)]
    costed = story.by("fifo")
    assert [costed.cost(issue) for issue in issues] == [1300, 40]
    assert costed.end() == (19_500, 1560)


def test_a31_grams_bought_after_kilograms():
    story = CostStory()
    story.tell("receipt", 4000, 40)
    story.tell("receipt", 2000, 50)
    issues = [story.issue(qty) for qty in (3000, 1000, 1000)]
    costed = story.by("fifo")
    assert [costed.cost(issue) for issue in issues] == [30, 10, 25]
    assert costed.end() == (1000, 25)


def test_a33_an_average_per_lot():
    story = CostStory()
    for lot, unit in (("X", 100), ("Y", 50), ("X", 150), ("Y", 100)):
        story.buy(1, unit, lot=lot)
    issues = [story.issue(1, lot=lot) for lot in "YXYX"]
    costed = story.by("moving_average", cost_pool="lot")
    assert [costed.cost(issue) for issue in issues] == [75, 125, 75, 125]


def test_b11_half_a_unit_leaves_nothing_behind_in_a_currency_without_decimals():
    story = CostStory()
    story.tell("receipt", 5, "0.02")  # tenths of a unit; one cent stands for the currency
    issue = story.issue(5)
    for method in ("fifo", "standard"):
        costed = story.by(method, standards={"A": [(FIRST_DAY, Fraction(3, 10))]})
        assert costed.cost(issue) == Fraction("0.02")
        assert costed.end() == (0, 0)


def test_b13_a_transfer_leaves_and_enters_at_the_same_cents():
    story = CostStory()
    story.tell("receipt", 20_000, 20 * 156_526, location="S")
    out = story.tell("transfer_out", 1728, location="S")
    entered = story.tell("transfer_in", 1728, ref=out, location="T")
    costed = story.by("moving_average", cost_pool="location")
    assert costed.cost(out) == -costed.cost(entered) == Fraction("270476.93")


def test_b19_unit_costs_are_never_rounded():
    story = CostStory()
    story.tell("receipt", 500, 1200)
    first = story.issue(300)
    story.buy(100, "3.50")
    second = story.issue(250)
    story.buy(300, 4)
    costed = story.by("moving_average")
    assert [costed.cost(first), costed.cost(second)] == [720, Fraction("691.67")]
    assert costed.end() == (350, Fraction("1338.33"))


def test_b20_reversing_a_typing_error_leaves_no_residue():
    story = CostStory()
    story.buy(100, 10)
    wrong = story.buy(10, 1_000_000)
    assert story.by("moving_average").end() == (110, 10_001_000)
    story.tell("receipt_reversal", 10, ref=wrong)
    for method in ("moving_average", "fifo", "lifo"):
        assert story.by(method).end() == (100, 1000)


def test_c14_components_of_a_bundle_come_back_and_share_a_late_cost():
    story = CostStory()
    receipt = story.buy(50, 100)
    issue = story.issue(20)
    story.tell("return_in", 8, ref=issue)
    story.tell("landed_cost", 0, 50, ref=receipt)
    for method in ("fifo", "moving_average"):
        assert story.by(method).end() == (38, 3838)


def test_c15_a_vendor_return_at_average_leaves_a_price_variance():
    story = CostStory()
    first = story.buy(10, 100)
    story.buy(5, 110)
    back = story.tell("return_out", 5, ref=first)
    assert story.by("moving_average").split(back) == (Fraction("-516.67"), Fraction("16.67"))


def test_c17_what_is_shipped_again_costs_what_it_costs_then():
    story = CostStory()
    story.buy(2, 100)
    first = story.issue(2)
    back = story.tell("return_in", 1, ref=first)
    other = story.issue(1)
    story.buy(1, 200)
    again = story.issue(1)
    costed = story.by("fifo")
    assert costed.cost(first) + costed.cost(back) + costed.cost(again) == 300
    assert costed.cost(other) == 100


def test_d05_no_cost_of_sales_is_lost_when_stock_was_negative():
    story = CostStory()
    story.buy(10, 10)
    issues = [story.issue(15), story.issue(5)]
    story.buy(15, 15)
    costed = story.by("fifo")
    assert sum(costed.cost(issue) for issue in issues) == 250
    assert costed.end() == (5, 75)


def test_d08_pieces_owed_take_the_cost_of_the_receipts_that_settle_them():
    story = CostStory()
    issue = story.issue(1)
    back = story.tell("return_out", 1)
    story.buy(1, 3)
    story.buy(2, 2)
    costed = story.by("moving_average", item_costs={"A": 500})
    assert [costed.rows(movement)[0].cost_amount for movement in (issue, back)] == [-500, -500]
    assert [costed.cost(issue), costed.cost(back)] == [3, 2]
    assert costed.end() == (1, 2)


def test_e01_a_backdated_count_reaches_the_repack():
    story = CostStory()
    story.buy(50, 100, location="S", day=date(2026, 4, 10))
    story.buy(10, 200, location="F", day=date(2026, 4, 20))
    out = story.tell("transfer_out", 10, location="S", day=date(2026, 4, 30))
    story.tell("transfer_in", 10, ref=out, location="F", day=date(2026, 4, 30))
    where = {"ref": "repack", "location": "S", "day": date(2026, 5, 5)}
    story.tell("work_issue", 5, **where)
    pack = story.tell("work_receipt", 1, 40, item="PACK", **where)
    before = story.by("fifo", cost_pool="location")
    assert (before.end("F"), -before.cost(pack)) == ((20, 3000), 540)
    story.tell("revaluation", 0, 2500, location="S", day=date(2026, 4, 12))
    after = story.by("fifo", cost_pool="location")
    assert (after.end("F"), -after.cost(pack)) == ((20, 3500), 790)


def test_e03_a_lot_average_knows_only_what_came_before():
    story = CostStory()
    story.buy(1, 10, lot="B", day=date(2026, 1, 1))
    story.buy(1, 30, lot="B", day=date(2026, 1, 3))
    story.buy(1, 20, lot="B", day=date(2026, 1, 2))
    issues = [story.issue(1, lot="B", day=date(2026, 1, 2))]
    issues.append(story.issue(2, lot="B", day=date(2026, 1, 4)))
    costed = story.by("moving_average", cost_pool="lot")
    assert [costed.cost(issue) for issue in issues] == [15, 45]
    assert costed.end() == (0, 0)


@pytest.mark.parametrize(
    ("backdated", "cost"), [((), 50), (((-1, 5, 20),), 100), (((-2, 2, 20),), 70)]
)
def test_e04_a_backdated_receipt_travels_through_the_transfer(backdated, cost):
    story = CostStory()
    story.buy(5, 10, location="A", day=date(2026, 1, 10))
    out = story.tell("transfer_out", 5, location="A", day=date(2026, 1, 11))
    story.tell("transfer_in", 5, ref=out, location="B", day=date(2026, 1, 11))
    issue = story.issue(5, location="B", day=date(2026, 1, 12))
    for days, qty, unit in backdated:
        story.buy(qty, unit, location="A", day=date(2026, 1, 10 + days))
    assert story.by("fifo", cost_pool="location").cost(issue) == cost


def test_e09_a_revaluation_is_of_what_is_there_at_the_end_of_its_day():
    story = CostStory()
    story.buy(6, 10, day=date(2026, 1, 1))
    issues = [story.issue(1, day=date(2026, month, 1)) for month in (2, 3, 4)]
    story.tell("revaluation", 0, -8, day=date(2026, 3, 1))
    costed = story.by("fifo")
    assert [costed.cost(issue) for issue in issues] == [10, 10, 8]


@pytest.mark.parametrize(("restated", "value"), [(True, 150), (False, 100)])
def test_e12_a_receipt_that_was_larger(restated, value):
    story = CostStory()
    story.buy(20 if restated else 10, 10)
    story.buy(10, 15)
    story.issue(20)
    if not restated:
        story.buy(10, 10)
    assert story.by("fifo").end() == (10, value)


@pytest.mark.parametrize(("restated", "value"), [(True, 1425), (False, 1375)])
def test_e13_a_receipt_that_was_larger_and_stock_that_was_negative(restated, value):
    story = CostStory()
    story.buy(20 if restated else 10, 10)
    story.buy(10, 12)
    story.issue(15)
    story.issue(20)
    story.buy(100, 15)
    if not restated:
        story.buy(10, 10)
    assert story.by("fifo").end() == (95, value)


def test_e15_an_issue_that_was_smaller():
    story = CostStory()
    story.buy(20, 10)
    issue = story.issue(15)
    story.buy(20, 15)
    story.tell("return_in", 10, ref=issue)
    assert story.by("fifo").end() == (35, 450)


def test_e16_a_receipt_that_was_smaller():
    story = CostStory()
    receipt = story.buy(20, 10)
    story.issue(10)
    story.issue(10)
    story.tell("receipt_reversal", 10, ref=receipt)
    story.buy(20, 15)
    assert story.by("fifo").end() == (10, 150)


def test_e18_a_cost_update_entered_late_counts_from_its_date():
    story = CostStory()
    story.buy(100, 10, day=date(2026, 2, 28))
    issues = [story.issue(2, day=date(2026, 3, 15)), story.issue(1, day=date(2026, 3, 20))]
    story.tell("revaluation", 0, 2000, day=date(2026, 3, 2))
    costed = story.by("moving_average")
    assert [costed.cost(issue) for issue in issues] == [60, 30]
    assert costed.end() == (97, 97 * 30)


def test_f06_a_late_cost_on_a_receipt_that_was_larger():
    story = CostStory()
    receipt = story.buy(15, 10)
    story.issue(10)
    landed = story.tell("landed_cost", 0, 60, ref=receipt)
    costed = story.by("fifo")
    assert costed.split(landed) == (20, 40)
    assert costed.end() == (5, 70)


def test_f07_a_line_without_value_bears_nothing():
    assert allocate(8000, [12000, 20000, 0]) == [3000, 5000, 0]


def test_f09_a_return_takes_its_share_away():
    with pytest.raises(ValueError, match="add up to zero"):
        allocate(8000, [10000, -10000])
    assert allocate(8000, [2, -1]) == [16000, -8000]


def test_f10_a_base_of_zero_is_zero():
    with pytest.raises(ValueError, match="add up to zero"):
        allocate(8000, [Fraction(base) for base in ("100.10", "200.20", "-300.30")])


def test_f15_a_cost_for_one_of_two_items():
    story = CostStory()
    receipt = story.buy(10, 100)
    story.buy(1, 10, item="B")
    story.tell("landed_cost", 0, 10, ref=receipt)
    costed = story.by("fifo")
    assert (costed.end(), costed.end(item="B")) == ((10, 1010), (1, 10))


def test_f12_an_invoice_variance_follows_the_pieces():
    story = CostStory()
    receipt = story.buy(10, 10)
    first = story.issue(7)
    variance = story.tell("invoice_variance", 0, 30, ref=receipt)
    assert story.by("moving_average").end() == (3, 39)
    second = story.issue(3)
    costed = story.by("moving_average")
    assert costed.split(variance) == (9, 21)
    assert [costed.cost(first), costed.cost(second)] == [70, 39]
    assert costed.end() == (0, 0)


def test_g02_a_standard_that_changes_before_the_invoice():
    story = CostStory()
    story.buy(1, 25, day=date(2026, 1, 1))
    story.tell("opening", 1, 1, item="B", day=date(2026, 1, 9))
    standards = {
        "A": [(date(2026, 1, 1), 1000), (date(2026, 1, 5), 1200)],
        "B": [(date(2026, 1, 1), 100)],
    }
    costed = story.by("standard", standards=standards)
    assert costed.end() == (1, 12)
    assert sum(row.cogs_amount for row in costed.truth.entries) == 1300


def test_g08_two_packs_of_six():
    story = CostStory()
    story.buy(12, 7)
    issues = [story.issue(6), story.issue(6)]
    assert [story.by("moving_average").cost(issue) for issue in issues] == [42, 42]


def test_h01_a_transfer_at_average():
    story = CostStory()
    story.buy(1, 10, location="BLUE")
    story.buy(1, 20, location="BLUE")
    out = story.tell("transfer_out", 1, location="BLUE")
    entered = story.tell("transfer_in", 1, ref=out, location="RED")
    costed = story.by("moving_average", cost_pool="location")
    assert (costed.cost(out), costed.cost(entered)) == (15, -15)


def test_h03_a_transfer_carries_every_layer():
    story = CostStory()
    receipts = [story.buy(10, 10 * number, location="S") for number in range(1, 20)]
    out = story.tell("transfer_out", 190, location="S")
    story.tell("transfer_in", 190, ref=out, location="T")
    costed = story.by("fifo", cost_pool="location")
    assert costed.layers() == {
        receipt: (10, 100 * number) for number, receipt in enumerate(receipts, start=1)
    }
    assert costed.end("T") == (190, 19_000)


def test_h04_a_pack_is_worth_what_went_into_it():
    story = CostStory()
    for unit in (10, 20, 30, 40):
        story.buy(10, unit)
    story.tell("work_issue", 40, ref="repack")
    story.tell("work_receipt", 1, item="PACK", ref="repack")
    assert story.by("fifo").end(item="PACK") == (1, 1000)


def test_h09_pieces_and_value_leave_together():
    story = CostStory()
    story.buy(30, 300, location="S")
    out = story.tell("transfer_out", 10, location="S")
    costed = story.by("moving_average", cost_pool="location")
    assert (costed.end("S"), costed.cost(out)) == ((20, 6000), 3000)
