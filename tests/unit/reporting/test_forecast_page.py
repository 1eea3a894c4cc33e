"""The page "Forecast": its panels, why a number is what it is, and what opens each number."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reporting.access import Role
from reporting.dashboard.plan_panel import month_label
from reporting.figures.item_history import Item
from reporting.figures.money_plan import Band, money_plan
from reporting.figures.outlook import item_outlook
from reporting.figures.planning import CHAMPION, accuracy, done, running_out
from reporting.published import Published
from reporting.rows import count_rows
from tests.unit.reporting.planning_sample import PLANNING
from tests.unit.reporting.posted_reader import Reader
from tests.unit.reporting.published_sample import write_version

PAGE = "/forecast"
BOLT = Item("NORTH/bolt", "NORTH", "bolt", "Bolt", "EA")
PANELS = (
    "One item: actual, forecast and band",
    "Accuracy by segment, beside the simple methods",
    "What service costs in stock",
    "Do forecasts lean to one side",
    "What was advised and what was done",
    "Where stock runs out first",
    "What to order now",
    "What to move between places",
    "What planners said instead",
    "What the forecast means in money",
)


def page_of(folder: Path, role: Role, address: str = PAGE) -> str:
    return Reader(folder, role).page(address).replace("\\u002f", "/")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_every_panel_and_cost_only_where_it_may(
    published_sample: Path, role: Role
) -> None:
    page = page_of(published_sample, role)
    assert [title for title in PANELS if title not in page] == []
    is_hidden = role in (Role.SALES, Role.WAREHOUSE)
    assert ("not shown to the role" in page) == (is_hidden or role is Role.PLANNING)
    assert ("8123.45" in page) != is_hidden
    assert ("900.50" in page) != is_hidden, "what purchases of the plan cost"
    has_all = role in (Role.FINANCE, Role.AUDITOR, Role.ADMIN)
    assert ("2,001.50 (401.50 to 3,601.50)" in page) == has_all, "revenue with its band"


def test_the_plan_in_money_adds_classes_and_keeps_companies_and_what_is_not_known_apart(
    published_sample: Path,
) -> None:
    plan = money_plan(Published(published_sample), None)
    assert [(month.company, month_label(month)) for month in plan.months] == [
        ("NORTH", "20 Mar 2026 to 31 Mar 2026"), ("NORTH", "Apr 2026"),
        ("SOUTH", "20 Mar 2026 to 31 Mar 2026"), ("SOUTH", "Apr 2026"),
    ]  # fmt: skip
    north, south = plan.months[1], plan.months[3]
    assert (north.units, north.without_price, north.without_cost) == (200, 20, 0)
    assert north.amounts["cogs"] == Band(Decimal(400), Decimal(1200), Decimal(2000))
    assert set(south.amounts) == {"revenue", "cogs"}, "no payment is known, which is not zero"
    assert count_rows(Published(published_sample), north.opens) == 2


def test_a_planner_is_told_what_of_the_plan_in_money_is_left_out(published_sample: Path) -> None:
    page = page_of(published_sample, Role.PLANNING)
    assert "not shown to the role planning: revenue, cost of sales, cash in" in page
    assert "units have no price" not in page, "nothing that is shown lacks them"
    assert "60 units have no price and no amount" in page_of(published_sample, Role.FINANCE)


def test_weeks_that_were_and_a_week_on_average_ahead(published_sample: Path) -> None:
    seen = item_outlook(Published(published_sample), BOLT)
    assert seen.place == "main" and seen.other_places == (("depot", "depot"),)
    assert [(one.days, one.mean, one.low, one.high) for one in seen.ahead] == [
        (7, Decimal("21.00"), Decimal("10.50"), Decimal("42.00")),
        (28, Decimal("14.00"), Decimal("7.00"), Decimal("28.00")),
    ]
    last = seen.weeks[-1]
    assert last.at.isoformat() == "2026-03-19"
    assert count_rows(Published(published_sample), last.opens) == 7
    assert count_rows(Published(published_sample), seen.ahead[0].opens) == 3
    at_depot = item_outlook(Published(published_sample), BOLT, "depot")
    assert at_depot.ahead[0].mean == Decimal("10.50") and at_depot.reasons == ()


def test_the_steps_to_a_forecast_are_told_and_a_simple_method_says_so(
    published_sample: Path,
) -> None:
    page = page_of(published_sample, Role.PLANNING, f"{PAGE}?company=NORTH&item=NORTH%2Fbolt")
    assert "promotion in the days ahead" in page and " 1.25" in page
    assert "/rows/mart_forecast_reason?company=NORTH&item_id=bolt&location_id=main" in page
    depot = page_of(
        published_sample, Role.PLANNING, f"{PAGE}?company=NORTH&item=NORTH%2Fbolt&place=depot"
    )
    assert "a simple method decides here" in depot


def test_the_one_that_goes_out_stands_beside_the_others(published_sample: Path) -> None:
    picture = accuracy(Published(published_sample), "NORTH")
    found = {one.label: {mark.at: mark.quantity for mark in one.marks} for one in picture.series}
    assert found[CHAMPION] == {"smooth": Decimal("20.0"), "lumpy": Decimal("28.0")}
    assert found["gradient"] == {"smooth": Decimal("20.0"), "lumpy": Decimal("36.0")}
    champion = picture.series[0].marks[0]
    assert count_rows(Published(published_sample), champion.opens) == 1


def test_advice_is_counted_by_what_was_done_after_it(published_sample: Path) -> None:
    rows = {row["done"]: row for row in done(Published(published_sample), "NORTH").rows}
    assert rows["not_ordered"]["n"] == 2 and rows["not_ordered"]["fill_pct"] == Decimal("62.5")
    assert rows["as_advised"]["out_days"] == 0


def test_stock_that_lasts_least_against_its_lead_time_comes_first(published_sample: Path) -> None:
    """12 last 4.8 days of 10, 50 last 20 of 15; how long an order to the depot takes nobody knows."""
    rows = running_out(Published(published_sample), "NORTH").rows
    assert [row["location_id"] for row in rows] == ["yard", "main", "depot"]
    page = page_of(published_sample, Role.WAREHOUSE)
    assert "4.8" in page and "not known" in page


def test_an_override_is_listed_with_its_words_and_the_advice(published_sample: Path) -> None:
    page = page_of(published_sample, Role.WAREHOUSE)
    assert "fair in April" in page and "120.5" in page and "in force" in page
    assert "/rows/mart_planning_override?company=NORTH&override_id=o-1" in page


def test_a_panel_without_its_table_says_what_it_needs(tmp_path: Path) -> None:
    write_version(tmp_path, without=tuple(PLANNING))
    page = page_of(tmp_path, Role.ADMIN)
    for table in PLANNING:
        if table != "mart_forecast_reason":
            assert f"not available: needs table {table}" in page
