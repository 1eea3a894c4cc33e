"""A company that is taken over in the middle of its life: five days of the month, a tenth of it."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from pipelines.sample import SIZES, generate
from pipelines.sample.happenings import (
    CashReceived,
    Invoice,
    Journal,
    MonthClosed,
    PastDemand,
    PurchaseLine,
    Shipment,
    StockMoved,
    SupplierInvoice,
    SupplierPaid,
)
from pipelines.sample.story.life import Story
from pipelines.sample.story.profiles import STOCK_ROLES
from pipelines.sample.world.events import OUTSIDE

pytestmark = pytest.mark.xdist_group("sample")


def few_days():
    month = SIZES["month"].companies[0]
    return replace(
        month,
        last_day=date(2025, 12, 5),
        before=replace(month.before, history_weeks=8),
        demand=replace(month.demand, orders_per_business_day=300.0),
        customers=300,
        items=160,
    )


@pytest.fixture(scope="module")
def told():
    story = Story(few_days(), 42)
    return story, list(story.tell())


def of(told, kind):
    return [happening for happening in told[1] if isinstance(happening, kind)]


def test_the_month_before_ends_with_what_the_company_brings_with_it(told):
    story = told[0]
    (closed,) = of(told, MonthClosed)
    books = {b.role: b.opening + b.debit - b.credit for b in closed.should_be}
    assert closed.day == story.parameters.first_day - timedelta(days=1)
    assert sum(books.values()) == 0
    stock = sum(moved.ext_cost for moved in of(told, StockMoved) if moved.event == "E00")
    assert books["INV"] == stock > 0
    assert books["AR"] == sum(item.open_company for item in closed.receivables) > 0
    assert books["AP"] == sum(item.open_company for item in closed.payables) < 0
    seen = defaultdict(int)
    for level in closed.levels:
        seen[level.location, level.item, level.state] += level.qty
    opened = defaultdict(int)
    for moved in of(told, StockMoved):
        if moved.event == "E00":
            opened[moved.to_location, moved.item, moved.to_state] += moved.qty
    assert seen == opened


def test_open_items_of_before_are_paid_in_the_story_and_have_documents(told):
    first_day = told[0].parameters.first_day
    before = {i.invoice_id: i for i in of(told, Invoice) if i.day < first_day}
    assert len(before) > 300
    assert {i.posted for i in before.values()} == {first_day - timedelta(days=1)}
    paid = {part.invoice_id for cash in of(told, CashReceived) for part in cash.applied}
    assert paid & set(before)
    bills = {b.invoice_id for b in of(told, SupplierInvoice) if b.day < first_day}
    assert {payment.invoice_id for payment in of(told, SupplierPaid)} <= bills


def test_goods_ordered_before_arrive_and_orders_of_the_last_day_leave(told):
    first_day = told[0].parameters.first_day
    ordered = {
        (line.po_id, line.line) for line in of(told, PurchaseLine) if line.ordered < first_day
    }
    came = [moved for moved in of(told, StockMoved) if moved.event in ("E04", "E05")]
    assert len({(moved.doc_id, int(moved.doc_line)) for moved in came} & ordered) > 50
    assert Counter(shipment.day for shipment in of(told, Shipment))[first_day] > 200


def test_pieces_and_cents_are_conserved(told):
    story = told[0]
    story.company.check_value()
    held = defaultdict(int)
    for moved in of(told, StockMoved):
        assert moved.qty > 0
        assert moved.at.astimezone(story.company.zone).date() == moved.day
        held[moved.to_location, moved.item, moved.to_state] += moved.qty
        held[moved.from_location, moved.item, moved.from_state] -= moved.qty
    book = defaultdict(int)
    for (location, item, state, _), qty in story.company.stock.levels.items():
        book[location, item, state] += qty
    inside = {cell: qty for cell, qty in held.items() if qty and cell[2] not in OUTSIDE}
    assert inside == {cell: qty for cell, qty in book.items() if qty}
    books = story.accounting.expected
    on_the_road = sum(cents for _, cents in story.accounting.sales.on_the_road.amounts())
    pools = sum(story.company.cost.value.values())
    assert sum(books.of_role(role) for role in STOCK_ROLES) == pools + on_the_road
    assert all(sum(e.amount for e in j.entries) == 0 for j in story.accounting.should_be)
    assert {j.journal_id for j in of(told, Journal) if sum(e.amount for e in j.entries)} == {
        p.keys["journal_id"] for p in story.company.faults.planted if p.code == "JOURNAL_UNBALANCED"
    }


def test_past_demand_ends_the_week_before_and_grows_towards_it(told):
    weeks = Counter()
    for past in of(told, PastDemand):
        assert 0 <= past.sold <= past.qty
        weeks[past.monday] += past.qty
    assert len(weeks) == 8
    assert max(weeks) == date(2025, 11, 24)
    assert all((later - earlier).days == 7 for earlier, later in pairwise(sorted(weeks)))
    assert max(weeks.values()) < 2 * min(weeks.values())


def test_no_shelf_holds_less_than_nothing_but_where_that_was_planted(told):
    story = told[0]
    planted = {
        (p.keys["location_id"], p.keys["item_id"])
        for p in story.company.faults.planted
        if p.code == "NEG_STOCK"
    }
    below = {cell[:2] for cell, qty in story.company.stock.levels.items() if qty < 0}
    assert below == planted


def test_every_kind_of_customer_comes_again_under_a_name_of_its_own(told):
    customers = told[0].company.catalogue.customers
    assert len({customer.name for customer in customers}) == len(customers)
    assert sum(customer.currency == "CHF" for customer in customers) == 5
    assert len({c.consignment_site for c in customers if c.consignment_site}) == 10


def test_same_seed_writes_the_same_bytes_a_day_at_a_time(tmp_path):
    month = few_days()
    sample = replace(
        SIZES["month"],
        companies=(replace(month, demand=replace(month.demand, orders_per_business_day=60.0)),),
    )
    for name in ("one", "other"):
        generate(seed=7, out=tmp_path / name, sample=sample)
    one, other = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in files}
        for name in ("one", "other")
        for files in [sorted((tmp_path / name).rglob("*.csv"))]
    )
    assert one == other
    days = {path.stem.split("__")[-1] for path in one if path.parent.name == "landing"}
    assert {f"2025120{day}T230000" for day in range(1, 6)} < days
    assert "20251130T230000" in days
