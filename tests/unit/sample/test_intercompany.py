"""Two companies of one group: what one sends is what the other gets and owes, in its own books."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime

import pytest

from pipelines.sample import SIZES
from pipelines.sample.happenings import (
    GroupSettled,
    GroupShipped,
    Invoice,
    MonthClosed,
    PurchaseLine,
    Shipment,
    StockMoved,
    SupplierInvoice,
)
from pipelines.sample.story.group import Group
from pipelines.sample.world.events import OUTSIDE

pytestmark = pytest.mark.xdist_group("sample")  # told once, not once per worker
AS_OF = datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC)  # midnight at the seller


@pytest.fixture(scope="module", params=(7, 42))
def group(request):
    """(group, happenings of the seller, happenings of the buyer)."""
    group = Group(SIZES["small"], request.param)
    told = ([], [])
    group.open()
    for _ in group.live():
        for story, happenings in zip(group.stories, told, strict=True):
            happenings += story.company.drain()
    return group, *told


def of(happenings, kind):
    return [happening for happening in happenings if isinstance(happening, kind)]


def moves(happenings, event):
    return [moved for moved in of(happenings, StockMoved) if moved.event == event]


def closing(happenings, role):
    """Closing balance of a role by month, as the books should be."""
    return {
        closed.day: sum(b.opening + b.debit - b.credit for b in closed.should_be if b.role == role)
        for closed in of(happenings, MonthClosed)
    }


# --- goods ----------------------------------------------------------------------------------------


def test_what_leaves_one_company_enters_the_other_at_the_same_moment(group):
    _, seller, buyer = group
    sent = {moved.movement_id: moved for moved in moves(seller, "E42")}
    taken = moves(buyer, "E42")
    assert len(sent) > 100
    assert {moved.linked for moved in taken} == set(sent)
    for moved in taken:
        out = sent[moved.linked]
        assert (moved.item, moved.qty, moved.at) == (out.item, out.qty, out.at)
        assert (out.from_state, out.to_state) == ("PACKED", "EXT_CUSTOMER")
        assert (moved.from_state, moved.to_state) == ("EXT_SUPPLIER", "XFER_TRANSIT")
        assert out.counter_location == moved.to_location == "MAN"


def test_what_is_on_its_way_arrives_within_days_or_is_still_on_the_road(group):
    group, _, buyer = group
    taken = {moved.linked: moved for moved in moves(buyer, "E42")}
    arrived = {moved.linked: moved for moved in moves(buyer, "E39")}
    assert set(arrived) <= set(taken)
    for number, moved in taken.items():
        if number in arrived:
            assert arrived[number].qty == moved.qty
            assert 3 <= (arrived[number].day - moved.day).days <= 10
    road = sum(moved.qty for number, moved in taken.items() if number not in arrived)
    stock = group.stories[1].company.stock
    assert road == sum(q for (_, _, state, _), q in stock.levels.items() if state == "XFER_TRANSIT")


def test_both_companies_keep_the_laws(group):
    for story, happenings in zip(group[0].stories, group[1:], strict=True):
        stock = story.company.stock
        for item in story.company.items:
            assert stock.came_in[item] == stock.went_out[item] + stock.held(item)
        story.company.check_value()
        books = story.accounting.expected.balance
        assert sum(books.values()) == 0
        value = sum(closing(happenings, role)[date(2025, 12, 31)]
                    for role in ("INV", "INV_TRANSIT", "INV_CONSIGN"))  # fmt: skip
        assert value == sum(story.accounting.stock.values())


def test_every_movement_is_of_its_company_s_own_day_and_before_as_of(group):
    for story, happenings in zip(group[0].stories, group[1:], strict=True):
        for moved in of(happenings, StockMoved):
            assert moved.at.astimezone(story.company.zone).date() == moved.day
            assert moved.at <= AS_OF


def test_nothing_is_below_zero_at_the_buyer(group):
    group, _, buyer = group
    planted = {
        (p.keys.get("location_id"), p.keys.get("item_id"))
        for p in group.stories[1].company.faults.planted
        if p.code == "NEG_STOCK"
    }
    changes = defaultdict(lambda: defaultdict(int))
    for moved in of(buyer, StockMoved):
        changes[moved.at][moved.to_location, moved.item, moved.to_state] += moved.qty
        changes[moved.at][moved.from_location, moved.item, moved.from_state] -= moved.qty
    held = defaultdict(int)
    for _, cells in sorted(changes.items()):
        for cell, change in cells.items():
            held[cell] += change
            assert cell[2] in OUTSIDE or cell[:2] in planted or held[cell] >= 0, cell


# --- money ----------------------------------------------------------------------------------------


def test_what_one_is_owed_the_other_owes_at_the_rate_of_the_document(group):
    _, seller, buyer = group
    due_from, due_to = closing(seller, "IC_DUE_FROM"), closing(buyer, "IC_DUE_TO")
    shipped, settled = of(buyer, GroupShipped), of(buyer, GroupSettled)
    assert len(settled) >= 10
    for day in due_from:
        open_in_document = sum(s.amount for s in shipped if s.day <= day) - sum(
            s.amount for s in settled if s.day <= day
        )
        open_in_own = sum(s.value for s in shipped if s.day <= day) - sum(
            s.carried for s in settled if s.day <= day
        )
        assert due_from[day] == open_in_document
        assert -due_to[day] == open_in_own
    assert due_from[date(2025, 12, 31)] > 0


def test_each_line_is_worth_the_transfer_price_at_the_rate_of_the_day(group):
    group, seller, buyer = group
    exchange = group.stories[1].company.exchange
    for told in of(seller, GroupShipped):
        for line in told.lines:
            assert line.amount == line.qty * line.price > line.cost
            assert line.value == exchange.to_own(line.amount, "EUR", told.day)
    prices = {(p.po_id, p.line): p.transfer_price for p in of(buyer, PurchaseLine)}
    for told in of(buyer, GroupShipped):
        assert all(prices[told.transfer_id, line.line] == line.price for line in told.lines)


def test_goods_of_the_group_are_neither_billed_nor_paid_like_a_sale(group):
    _, seller, buyer = group
    transfers = {s.shipment_id for s in of(seller, Shipment) if s.kind == "transfer"}
    assert transfers == {told.shipment_id for told in of(seller, GroupShipped)}
    billed = {line.shipment_id for i in of(seller, Invoice) for line in i.lines}
    assert not transfers & billed
    assert not any(bill.supplier == "NORDA" for bill in of(buyer, SupplierInvoice))


def test_mark_up_in_stock_is_the_seller_s_gain_in_what_is_left(group):
    (trade,) = group[0].trades
    gained = Counter()
    for told in of(group[1], GroupShipped):
        for line in told.lines:
            gained[line.item] += line.amount - line.cost
    last = [m for m in trade.money.markups if m.day == date(2025, 12, 31)]
    assert last
    cost = group[0].stories[1].company.cost
    for markup in last:
        assert 0 < markup.qty <= cost.qty[markup.item]
        assert 0 < markup.amount <= gained[markup.item]


# --- calendars ------------------------------------------------------------------------------------


def test_each_company_works_by_its_own_calendar(group):
    seller, buyer = (story.company for story in group[0].stories)
    german = {date(2025, 5, 1), date(2025, 5, 29), date(2025, 6, 9), date(2025, 10, 3)}
    british = {date(2025, 5, 5), date(2025, 5, 26), date(2025, 8, 25)}
    days = [
        {shipment.day for shipment in of(happenings, Shipment) if shipment.kind == "sale"}
        for happenings in group[1:]
    ]
    assert all(map(seller.is_business_day, days[0])) and all(map(buyer.is_business_day, days[1]))
    assert days[0] & british and not days[0] & german
    assert days[1] & german and not days[1] & british


def test_numbers_of_the_two_never_meet(group):
    numbers = [{m.movement_id for m in of(told, StockMoved)} for told in group[1:]]
    assert not numbers[0] & numbers[1]


def test_the_buyer_sells_the_seller_s_items_at_prices_of_its_own(group):
    seller, buyer = (story.company for story in group[0].stories)
    assert len(buyer.bought) == 25
    for item in buyer.bought:
        assert item.description == seller.items[item.code].description
    assert {price.currency for price in buyer.catalogue.prices} == {"GBP"}
    assert not set(buyer.customers) & set(seller.customers)
