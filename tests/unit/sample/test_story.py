"""The story keeps its own laws, whatever the seed: goods come from somewhere and go somewhere."""

from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from pipelines.sample.happenings import (
    Counted,
    GoodsReturned,
    Inbound,
    MonthClosed,
    OrderLine,
    Shipment,
    StockMoved,
)
from pipelines.sample.parameters import FaultRates, Parameters
from pipelines.sample.story.life import Story
from pipelines.sample.truth.availability import available
from pipelines.sample.world.events import OUTSIDE, SEEN_BY_WAREHOUSE

pytestmark = pytest.mark.xdist_group("sample")  # told once, not once per worker


def of(told, kind):
    return [happening for happening in told[1] if isinstance(happening, kind)]


def planted_places(told, code):
    """Item and location of every planted fault of a code."""
    return {
        (p.keys["location_id"], p.keys["item_id"])
        for p in told[0].company.faults.planted
        if p.code == code
    }


def test_every_move_leaves_one_state_and_enters_another(told):
    for moved in of(told, StockMoved):
        assert moved.qty > 0
        assert (moved.from_location, moved.from_state) != (moved.to_location, moved.to_state)
        assert not (moved.from_state in OUTSIDE and moved.to_state in OUTSIDE), moved


def test_stock_in_is_stock_out_plus_stock_held(told):
    held, stock = defaultdict(int), told[0].company.stock
    for moved in of(told, StockMoved):
        held[moved.to_location, moved.item, moved.to_state] += moved.qty
        held[moved.from_location, moved.item, moved.from_state] -= moved.qty
    book = defaultdict(int)
    for (location, item, state, _), qty in stock.levels.items():
        book[location, item, state] += qty
    assert {cell: qty for cell, qty in held.items() if qty and cell[2] not in OUTSIDE} == {
        cell: qty for cell, qty in book.items() if qty
    }
    for item in told[0].company.items:
        assert stock.came_in[item] == stock.went_out[item] + stock.held(item)


def test_no_state_is_below_zero_at_any_moment_but_where_that_was_planted(told):
    changes = defaultdict(lambda: defaultdict(int))
    for moved in of(told, StockMoved):
        changes[moved.at][moved.to_location, moved.item, moved.to_state] += moved.qty
        changes[moved.at][moved.from_location, moved.item, moved.from_state] -= moved.qty
    held, planted = defaultdict(int), planted_places(told, "NEG_STOCK")
    for at, cells in sorted(changes.items()):
        for cell, change in cells.items():
            held[cell] += change
            if cell[2] not in OUTSIDE and cell[:2] not in planted:
                assert held[cell] >= 0, (at, cell, held[cell])


def test_pieces_with_a_value_are_the_pieces_that_are_ours(told):
    company = told[0].company
    company.check_value()
    for item in company.items:
        assert company.cost.qty[item] or not company.cost.value[item], item


def test_every_movement_lies_in_the_year_and_on_its_own_local_day(told):
    company = told[0].company
    for moved in of(told, StockMoved):
        assert company.parameters.first_day <= moved.day <= company.parameters.last_day
        assert moved.at.astimezone(company.zone).date() == moved.day


def test_snapshots_show_what_the_warehouses_hold(told):
    closed = of(told, MonthClosed)[-1]
    wrong = planted_places(told, "LEDGER_SNAPSHOT_GAP")
    seen = defaultdict(int)
    for level in closed.levels:
        seen[level.location, level.item, level.state] += level.qty
    held = defaultdict(int)
    for (location, item, state, _), qty in told[0].company.stock.levels.items():
        if state in SEEN_BY_WAREHOUSE:
            held[location, item, state] += qty
    differs = {cell[:2] for cell in {*seen, *held} if seen[cell] != held[cell]}
    assert differs == wrong


def test_nothing_ships_that_was_not_ordered_or_was_cancelled(told):
    last = {(line.order_id, line.line): line for line in of(told, OrderLine)}
    shipped = {
        (line.order_id, line.order_line)
        for shipment in of(told, Shipment)
        for line in shipment.lines
    }
    assert shipped <= set(last)
    for key, line in last.items():
        assert line.status != "cancelled" or key not in shipped, line


NOTHING = {"available_now": 0, "on_hand": 0, "reserved": 0, "protected": 0}


def test_what_is_available_is_what_was_moved_to_the_shelf_and_not_away(told):
    held = Counter()
    for moved in of(told, StockMoved):
        held[moved.to_location, moved.item, moved.to_state] += moved.qty
        held[moved.from_location, moved.item, moved.from_state] -= moved.qty
    rows = {(row["location_id"], row["item_id"]): row for row in available(told[0].company)}
    for place, item in {cell[:2] for cell in held}:
        on_hand, theirs, reserved = (
            held[place, item, state] for state in ("ON_HAND", "CONSIGN_IN", "RESERVED")
        )
        row = rows.pop((place, item), NOTHING)
        assert int(row["on_hand"]) == on_hand
        assert int(row["reserved"]) == reserved
        kept = 4 if place == "HAM" else 0  # for the web shop (world/channels.py)
        assert int(row["protected"]) == min(kept, max(on_hand + theirs, 0))
        # what left on paper only is not promised again (capability 2)
        gone = min(told[0].company.gone_on_paper[place, item], max(on_hand, 0))
        assert int(row["available_now"]) == on_hand + theirs - gone - int(row["protected"])
    assert not rows


# --- transfers ------------------------------------------------------------------------------------


def test_what_a_truck_took_arrives_is_lost_or_is_on_the_road(told):
    legs = defaultdict(Counter)
    for moved in of(told, StockMoved):
        if moved.event in ("E38", "E39", "E40"):
            legs[moved.transfer_id, moved.doc_line][moved.event] += moved.qty
            assert moved.to_location != "HAM"
    assert len(legs) > 100
    road = sum(leg["E38"] - leg["E39"] - leg["E40"] for leg in legs.values())
    assert all(leg["E38"] >= leg["E39"] + leg["E40"] for leg in legs.values())
    held = told[0].company.stock.levels.items()
    assert road == sum(qty for (_, _, state, _), qty in held if state == "XFER_TRANSIT")


def test_the_shortage_of_a_transfer_is_lost_only_when_its_notice_is_closed(told):
    notices = [n for n in of(told, Inbound) if n.kind == "transfer"]
    last = {(n.order_id, str(n.order_line)): n.status for n in notices}
    lost = [moved for moved in of(told, StockMoved) if moved.event == "E40"]
    assert lost
    assert all(last[moved.transfer_id, moved.doc_line] == "closed" for moved in lost)


# --- returns --------------------------------------------------------------------------------------


def test_a_return_comes_back_once_at_what_it_left_at(told):
    shipped = {
        (shipment.shipment_id, line.line): line
        for shipment in of(told, Shipment)
        if shipment.is_confirmed
        for line in shipment.lines
    }
    first = {r.receipt_id: r for r in of(told, GoodsReturned) if not r.disposition}
    assert len(first) > 50
    for returned in first.values():
        if returned.shipment_id:
            line = shipped[returned.shipment_id, returned.shipment_line]
            assert 0 < returned.qty <= line.qty
            assert abs(returned.cost * line.qty - line.cost * returned.qty) <= line.qty
    back = Counter((r.shipment_id, r.shipment_line) for r in first.values() if r.shipment_id)
    assert set(back.values()) == {1}


def test_a_return_is_decided_within_a_week_or_planted_as_forgotten(told):
    story = told[0]
    decided = {r.receipt_id: r for r in of(told, GoodsReturned) if r.disposition}
    forgotten = planted_places(told, "RETURN_LIMBO")
    for returned in of(told, GoodsReturned):
        if returned.receipt_id in decided:
            days = (decided[returned.receipt_id].accepted_day - returned.day).days
            assert days <= 7
        elif (returned.location, returned.item) not in forgotten:
            assert (story.parameters.last_day - returned.day).days <= 7


# --- care and counts ------------------------------------------------------------------------------


def ages(told, state, enters):
    """(location, item, days) of pieces that entered a state and never left it, first in first out."""
    queues = defaultdict(list)
    for moved in of(told, StockMoved):
        if moved.to_state == state and moved.event in enters:
            queues[moved.to_location, moved.item] += [moved.day] * moved.qty
        if moved.from_state == state:
            del queues[moved.from_location, moved.item][: moved.qty]
    last = told[0].parameters.last_day
    return {(*place, (last - days[0]).days) for place, days in queues.items() if days}


def test_nothing_is_held_or_damaged_for_long_unless_planted(told):
    held = {found[:2] for found in ages(told, "QUARANTINE", ("E18", "E33")) if found[2] > 14}
    assert held == planted_places(told, "HOLD_AGED") & held
    damaged = {found[:2] for found in ages(told, "DAMAGED", ("E34",)) if found[2] > 30}
    assert damaged == planted_places(told, "DAMAGE_NOT_VALUED")


def test_guarded_events_above_the_limit_are_approved_unless_planted(told):
    wrong = {
        p.keys["movement_id"]
        for p in told[0].company.faults.planted
        if p.code == "UNAPPROVED_TRANSITION"
    }
    for moved in of(told, StockMoved):
        if moved.event in ("E36", "E37", "E40", "E55", "E57") and moved.kind:
            above = abs(moved.ext_cost or 0) > 100_000
            assert (above and not moved.approved_by) == (moved.movement_id in wrong), moved


def test_counts_differ_inside_their_tolerance_unless_planted(told):
    company = told[0].company
    tolerated = dict(company.parameters.counts.tolerated_percent)
    wrong = {
        (p.keys["count_id"], p.keys["item_id"])
        for p in company.faults.planted
        if p.code == "COUNT_VARIANCE"
    }
    counts = of(told, Counted)
    assert {count.kind for count in counts} >= {"cycle", "physical", "short_pick"}
    for count in counts:
        limit = count.book * tolerated[company.items[count.item].abc]
        above = abs(count.counted - count.book) * 100 > limit
        assert above == ((count.count_id, count.item) in wrong), count


def test_a_year_without_faults_keeps_the_same_laws():
    story = Story(replace(Parameters(), faults=FaultRates.none()), 42)
    told = story, list(story.tell())
    assert story.company.faults.planted == []
    test_no_state_is_below_zero_at_any_moment_but_where_that_was_planted(told)
    test_nothing_is_held_or_damaged_for_long_unless_planted(told)
    test_snapshots_show_what_the_warehouses_hold(told)
    books = story.accounting
    assert books.actual.balance == books.expected.balance


STOCK_FAULTS = (
    "ADJ_UNPROPAGATED", "COUNT_VARIANCE", "DAMAGE_NOT_VALUED", "DUP_EVENT", "HOLD_AGED",
    "ILLEGAL_TRANSITION", "LEDGER_SNAPSHOT_GAP", "NEG_STOCK", "PHANTOM_STOCK", "RETURN_LIMBO",
    "RETURN_UNLINKED", "SHADOW_UPDATE", "UNAPPROVED_TRANSITION", "UNMAPPED_TYPE",
    "XFER_ONE_SIDED", "XFER_QTY_DIFF", "XFER_STUCK",
)  # fmt: skip


def test_every_fault_of_stock_strikes_a_few_times_at_a_place_that_is_named(told):
    planted = told[0].company.faults.planted
    times = Counter(p.code for p in planted)
    assert {code: times[code] for code in STOCK_FAULTS if not 1 <= times[code] <= 8} == {}
    for fault in planted:
        if fault.code in STOCK_FAULTS:
            assert fault.exposure, fault
            assert fault.keys["item_id"], fault
            assert fault.keys["location_id"], fault
