"""Cost of a whole year: told a second time by the truth, from the movements alone."""

import time
from collections import Counter, defaultdict

import pytest

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.sample import SIZES
from pipelines.sample.happenings import GoodsReceived, StockMoved, TitlePassed
from pipelines.sample.story.group import Group
from pipelines.sample.story.profiles import STOCK_ROLES
from pipelines.sample.truth.costing import CostKind, ordered
from pipelines.sample.truth.costing.events import COST_ONLY

pytestmark = pytest.mark.xdist_group("sample")  # told once, not once per worker
K = CostKind
OF_DOCUMENTS = (K.LANDED_COST, K.INVOICE_VARIANCE)


@pytest.fixture(scope="module", params=(1, 7, 42))
def group(request):
    """(stories, their happenings) of a year."""
    group = Group(SIZES["small"], request.param)
    told = [[] for _ in group.stories]
    group.open()
    for _ in group.live():
        for story, happenings in zip(group.stories, told, strict=True):
            happenings += story.company.drain()
    return group.stories, told


def of(happenings, kind):
    return [happening for happening in happenings if isinstance(happening, kind)]


def own(story):
    return story.truth.costs.by(story.parameters.costing)


def left(truth):
    """(pieces, cents) left by item."""
    held = defaultdict(lambda: [0, 0])
    for layer in truth.layers:
        held[layer.item][0] += layer.qty_remaining
        held[layer.item][1] += layer.value_remaining
    return {item: tuple(of_item) for item, of_item in held.items() if any(of_item)}


def test_what_is_left_by_the_companys_own_method_is_what_its_books_say(group):
    for story in group[0]:
        cost = story.company.cost
        books = {item: (cost.qty[item], cost.value[item]) for item in story.company.items}
        assert left(own(story)) == {item: held for item, held in books.items() if any(held)}


def test_the_stock_accounts_of_the_ledger_are_the_truth_and_what_is_on_its_way_to_customers(group):
    for story in group[0]:
        accounts = Counter()
        for balance in story.truth.closings[-1].should_be:
            accounts[balance.role] += balance.opening + balance.debit - balance.credit
        road = sum(amount for _, amount in story.accounting.sales.on_the_road.amounts())
        stock = sum(value for _, value in left(own(story)).values())
        assert sum(accounts[role] for role in STOCK_ROLES) == stock + road


def test_every_movement_cost_what_the_story_posted(group):
    for story in group[0]:
        posted, reckoned = Counter(), Counter()
        for event, change in story.truth.costs.events.posted():
            posted[event.movement_id, event.item] += change
        for entry in own(story).entries:
            reckoned[entry.movement_id, entry.item] += entry.cost_amount
        assert {key: cents for key, cents in posted.items() if cents} == {
            key: cents for key, cents in reckoned.items() if cents
        }


def test_value_in_is_value_out_and_value_left_by_every_method(group):
    """The two sides of an entry are what came from outside; nothing is lost in between."""
    for story in group[0]:
        events = [event for event, _ in story.truth.costs.events.posted()]
        pieces = Counter()
        for event in events:
            if event.kind not in COST_ONLY:
                pieces[event.item] += event.qty if _comes_in(event.kind) else -event.qty
        for method in COSTING_METHOD_CODES:
            truth = story.truth.costs.by(method)
            value, count = Counter(), Counter()
            for entry in truth.entries:
                value[entry.item] += entry.cost_amount
                count[entry.item] += entry.qty
            held = {item: (count[item], value[item]) for item in story.company.items}
            assert left(truth) == {item: both for item, both in held.items() if any(both)}, method
            assert +count == +pieces
            outside = sum(e.cost_amount + e.cogs_amount for e in truth.entries)
            assert outside == sum(_from_outside(event) for event in events), method


def _comes_in(kind):
    return kind in (K.OPENING, K.RECEIPT, K.WORK_RECEIPT, K.RETURN_IN, K.COUNT_IN)


def _from_outside(event):
    """What suppliers and carriers get for an event; a kit's components carry their cost over."""
    if event.kind in (K.OPENING, K.RECEIPT, K.LANDED_COST, K.INVOICE_VARIANCE):
        return event.amount
    return -event.amount if event.kind is K.RETURN_OUT else 0


def test_a_movement_has_the_name_under_which_it_is_sent_or_that_of_its_document(group):
    for story, happenings in zip(*group, strict=True):
        sent = {moved.movement_id for moved in of(happenings, StockMoved) if moved.kind}
        for event, _ in story.truth.costs.events.posted():
            if event.kind in OF_DOCUMENTS:
                assert "/" in event.movement_id
            elif event.kind not in COST_ONLY:
                assert event.movement_id in sent or "/" in event.movement_id, event


def test_goods_that_are_ours_on_the_way_have_value_before_their_layer_has_a_date(group):
    """Ruling C6."""
    story, told = group[0][0], group[1][0]
    titles = {f"{t.inbound_id}/{line.inbound_line}": (t.day, line.value)
              for t in of(told, TitlePassed) for line in t.lines}  # fmt: skip
    assert len(titles) > 50
    entries = {e.movement_id: e for e in own(story).entries if e.movement_id in titles}
    assert {name: (e.day, e.cost_amount) for name, e in entries.items()} == titles
    came = {line.layer_id: receipt.day for receipt in of(told, GoodsReceived)
            for line in receipt.lines if line.was_owned}  # fmt: skip
    arrivals = [e for e, _ in story.truth.costs.events.posted() if e.kind is K.ARRIVAL]
    assert sorted(e.day for e in arrivals) == sorted(came.values())
    assert {event.ref for event in arrivals} <= set(titles)


def test_the_story_books_what_lowers_stock_in_the_order_of_a_day(group):
    """Ruling C2: sales, kits, returns to vendors, scrap, counts, values."""
    for story in group[0]:
        told = [
            event
            for event, _ in story.truth.costs.events.posted()
            if not _comes_in(event.kind) and event.kind not in (*OF_DOCUMENTS, K.ARRIVAL)
        ]
        place = {id(event): number for number, event in enumerate(ordered(told))}
        last = {}
        for event in told:
            assert place[id(event)] >= last.get((event.item, event.day), 0), event
            last[event.item, event.day] = place[id(event)]


def test_rows_of_the_key_are_whole_and_quick(group):
    begun = time.process_time()
    for story in group[0]:
        entries, layers = list(story.truth.costs.entries()), list(story.truth.costs.layers())
        assert {row["costing_method"] for row in entries} == set(COSTING_METHOD_CODES)
        keys = [(r["costing_method"], r["item_id"], r["layer_id"]) for r in layers]
        assert len(keys) == len(set(keys))
    assert time.process_time() - begun < 10  # of a slow machine, with everything reckoned before


def test_the_item_master_says_the_standards(group):
    """Goods of a new recipe have a new standard, which revalues what is there."""
    for story in group[0][:1]:
        revalued = [e for e in story.truth.costs.by("standard").entries if not e.movement_id]
        assert revalued
        assert {e.day for e in revalued} == {story.parameters.supply.reformulated_on}
