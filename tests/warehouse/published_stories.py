"""The published cases of stock valuation as rows of the feeds."""

from __future__ import annotations

from tests.scenarios.test_published_costs import (
    APART,
    AVERAGE,
    BC_THREE,
    BY_PLACE,
    CASES,
    FIFO,
    NO_CENTS,
)
from tests.warehouse.cost_feeds import Feeds

THROUGH = [(f"{case[0]}-{place}", *case[1:]) for place, case in enumerate(CASES)]
REPACKED = (
    "d10 in 50@100 @S; d20 in 10@200 @F; d30 toout 10 @S #t; d30 toin 10 @F >t;"
    " d35 use 5 @S %J; d35 make 1 @S $B %J; d35 reval 40 @S $B"
)
CHANGED = [
    (AVERAGE, FIFO, "20 / 305.00", "0.00"),
    (FIFO, AVERAGE, "20 / 310.00", "0.00"),
    (AVERAGE, "standard", "20 / 400.00", "95.00"),
    (FIFO, "standard", "20 / 400.00", "90.00"),
]


def tell(feeds: Feeds) -> None:
    """Every case in a company of its own."""
    for company, method, policy, events, _, _ in THROUGH:
        feeds.company(company, method, **({"currency": "JPY"} if policy == NO_CENTS else policy))
        feeds.tell(company, events)
    _told_below(feeds)


def _told_below(feeds: Feeds) -> None:
    """Cases that take more than a line of notation."""
    feeds.company("A04", "standard")
    feeds.cost("A04", "standard", "15")
    feeds.tell("A04", BC_THREE)
    feeds.company("G02", "standard")
    feeds.cost("G02", "standard", "10")
    feeds.cost("G02", "standard", "12", since="2025-01-02")
    feeds.tell("G02", "d1 in 1@25")
    feeds.company("B02", FIFO, **APART)
    feeds.tell("B02", "d1 in 3=10; d2 out 1; out 1; out 1")
    feeds.company("B13", AVERAGE, **BY_PLACE)
    feeds.tell("B13", "in 20000@156.526 @A; d2 toout 1728 @A #t; toin 1728 @B >t")
    feeds.company("E01 before", FIFO, **BY_PLACE)
    feeds.tell("E01 before", REPACKED)
    feeds.company("E01 after", FIFO, **BY_PLACE)
    feeds.tell("E01 after", f"{REPACKED}; d12 countout 50 @S ~60; d12 countin 50=7500 @S ~60")
    for case, source, target, events in (
        ("H06", FIFO, AVERAGE, "in 10@10 @X; in 10@20 @Y; d2 toout 10 @X #t; toin 10 @Y >t; d3 out 5 @Y"),
        ("H07", AVERAGE, FIFO,
         "in 10@10 @X; in 10@30 @X; d2 toout 5 @X #t; toin 5 @Y >t; d3 out 5 @Y; out 5 @X"),
    ):  # fmt: skip
        feeds.company(case, source, **BY_PLACE)
        feeds.policy(case, target, location_id="Y", **BY_PLACE)
        feeds.tell(case, events)
    for place, (before, after, _, _) in enumerate(CHANGED):
        feeds.company(f"H10-{place}", before, valid_to="2025-01-03")
        feeds.policy(f"H10-{place}", after, valid_from="2025-01-04")
        feeds.cost(f"H10-{place}", "standard", "20")
        feeds.tell(f"H10-{place}", "in 10@10; in 10@20; d2 out 1; d4 in 1@20")
    feeds.company("F07", FIFO)
    feeds.receipt("F07", "R", [("A", "2", "120"), ("A", "2", "200"), ("A", "2", "0")])
    feeds.landed("F07", "L", "R", "80")
    feeds.company("F15", FIFO)
    feeds.receipt("F15", "R", [("A", "10", "1000"), ("B", "1", "10")])
    feeds.landed("F15", "L", "R", "10", receipt_line="1")
    feeds.company("F15 cancelled", FIFO)
    feeds.receipt("F15 cancelled", "R", [("A", "10", "1000"), ("B", "1", "10")])
    feeds.landed("F15 cancelled", "L1", "R", "10", receipt_line="1", is_estimate="true")
    feeds.landed(
        "F15 cancelled", "L2", "R", "0", receipt_line="1", replaces_landed_cost_id="L1",
        cost_date="2025-01-03",
    )  # fmt: skip
