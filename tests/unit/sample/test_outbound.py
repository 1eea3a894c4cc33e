"""What goes out to customers keeps its own laws, and what goes wrong there stands in the key."""

from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from pipelines.sample.faults.rates import FaultRates
from pipelines.sample.happenings import (
    Allocated,
    BillableEvent,
    CarrierClaim,
    CarrierEvent,
    Delivered,
    DeliveryFailed,
    OrderLine,
    Shipment,
    Signal,
    StockMoved,
)
from pipelines.sample.parameters import Parameters
from pipelines.sample.story.life import Story

pytestmark = pytest.mark.xdist_group("sample")
OUTBOUND_CODES = (
    "SHIP_SHORT", "SHIP_OVER", "SHIP_CONF_MISSING", "ORDER_CHANGED_AFTER_SHIP",
    "PROMISE_ON_THEORETICAL", "DOUBLE_COMMIT", "CREDIT_HOLD", "POD_MISSING", "POD_SHORT",
    "UNCLAIMED_RECOVERY", "FREIGHT_PENDING",
)  # fmt: skip
TRAPS = (
    "sample", "warranty", "free goods", "kit", "case unit", "tax in the price", "other currency",
    "freight collect", "split shipment", "cancelled after pick", "bill-and-hold",
    "bill-and-hold release", "drop-ship", "consignment", "refused on the road",
)  # fmt: skip


def of(told, kind):
    return [happening for happening in told[1] if isinstance(happening, kind)]


def confirmed(told):
    return [shipment for shipment in of(told, Shipment) if shipment.is_confirmed]


def planted(told, code):
    return [p for p in told[0].company.faults.planted if p.code == code]


def test_every_fault_strikes_a_few_times_and_every_trap_is_there(told):
    codes = Counter(p.code for p in told[0].company.faults.planted)
    assert all(1 <= codes[code] <= 12 for code in OUTBOUND_CODES), codes
    names = {trap.name for trap in told[0].company.faults.traps}
    assert set(TRAPS) <= names, set(TRAPS) - names


def test_what_ships_was_ordered_unless_the_key_says_otherwise(told):
    last = {(line.order_id, line.line): line for line in of(told, OrderLine)}
    over = {(p.keys["order_id"], int(p.keys["order_line"])) for p in planted(told, "SHIP_OVER")}
    short = {(p.keys["order_id"], int(p.keys["order_line"])) for p in planted(told, "SHIP_SHORT")}
    units = defaultdict(int)
    for shipment in confirmed(told):
        for line in shipment.lines:
            if line.order_id in {order for order, _ in last} and line.order_line:
                units[line.order_id, line.order_line] += line.billable_qty
    for key, order in last.items():
        if order.kind in ("dropship", "service"):
            continue
        assert units[key] + order.qty_cancelled <= order.qty or key in over, key
        if order.status == "shipped":
            assert units[key] == order.qty or key in over | short, key


def test_a_reservation_ends_as_a_shipment_or_a_release(told):
    last = {told.allocation_id: told for told in of(told, Allocated)}
    held = defaultdict(int)
    for moved in of(told, StockMoved):
        held[moved.from_location, moved.item, moved.from_state] -= moved.qty
        held[moved.to_location, moved.item, moved.to_state] += moved.qty
    reserved = defaultdict(int)
    for allocation in last.values():
        if allocation.status == "open":
            reserved[allocation.location, allocation.item] += allocation.reserved
    for (location, item), qty in reserved.items():
        assert held[location, item, "RESERVED"] >= qty
    packed = [a for a in last.values() if a.status == "packed"]
    assert len(packed) >= len(planted(told, "SHIP_CONF_MISSING")) > 0


def test_cost_leaves_with_the_goods_and_consigned_goods_keep_theirs(told):
    costs = defaultdict(int)
    for moved in of(told, StockMoved):
        if moved.shipment_id and moved.event in ("E19", "E20", "E54"):
            costs[moved.shipment_id] -= moved.ext_cost
    for shipment in confirmed(told):
        if shipment.kind in ("sale", "sample", "warranty"):
            assert sum(line.cost for line in shipment.lines) == costs[shipment.shipment_id]
    used = [event for event in of(told, BillableEvent) if event.kind == "consumption"]
    assert used
    assert all(event.stock_cost > 0 and event.qty > 0 for event in used)


def test_a_kit_is_billed_once_and_ships_as_its_parts(told):
    items = told[0].company.items
    kits = 0
    for shipment in confirmed(told):
        per_order = defaultdict(list)
        for line in shipment.lines:
            if line.parent_item:
                per_order[line.order_id, line.order_line].append(line)
        for lines in per_order.values():
            kits += 1
            billed = [line for line in lines if line.billable_qty]
            assert billed == lines[:1]
            pieces = dict(items[lines[0].parent_item].components)
            shipped = Counter()
            for line in lines:
                shipped[line.item] += line.qty
            assert shipped == {i: n * lines[0].billable_qty for i, n in pieces.items()}
    assert kits > 20


def test_carriers_report_in_order_and_once_whether_it_arrived(told):
    events = defaultdict(list)
    for event in of(told, CarrierEvent):
        events[event.shipment_id].append(event)
    for reported in events.values():
        assert [event.seq for event in reported] == list(range(1, len(reported) + 1))
        assert reported[0].kind == "pickup"
        assert len({"delivered", "lost", "refused"} & {event.kind for event in reported}) <= 1
    for delivered in of(told, Delivered):
        assert delivered.at > delivered.shipment.at
    failed = {failure.shipment.shipment_id for failure in of(told, DeliveryFailed)}
    arrived = {delivered.shipment.shipment_id for delivered in of(told, Delivered)}
    assert failed
    assert not failed & arrived


def test_what_carriers_lost_is_claimed_or_in_the_key(told):
    claims = {(claim.shipment_id, claim.shipment_line) for claim in of(told, CarrierClaim)}
    missed = {
        (p.keys["shipment_id"], int(p.keys["shipment_line"]))
        for p in planted(told, "UNCLAIMED_RECOVERY")
        if "shipment_id" in p.keys  # else it is a supplier that nobody asked
    }
    assert not claims & missed
    end = told[0].parameters.last_day - timedelta(days=10)
    for failure in of(told, DeliveryFailed):
        for line, _, _ in failure.lines:
            if failure.kind == "lost" and failure.day < end:
                assert (failure.shipment.shipment_id, line.line) in claims | missed


def test_only_the_key_leaves_orders_on_hold_and_promises_without_goods(told):
    last = {(line.order_id, line.line): line for line in of(told, OrderLine)}
    for code, found in (
        ("CREDIT_HOLD", {key for key, line in last.items() if line.credit_status == "hold"}),
        ("PROMISE_ON_THEORETICAL",
         {key for key, line in last.items() if line.promise_basis == "inbound"}),
        ("ORDER_CHANGED_AFTER_SHIP", _changed_late(told, last)),
    ):  # fmt: skip
        known = {(p.keys["order_id"], int(p.keys["order_line"])) for p in planted(told, code)}
        assert found == known, code


def _changed_late(told, last):
    """Order lines that somebody edited after the first goods of them had left."""
    left = {}
    for shipment in confirmed(told):
        for line in shipment.lines:
            left.setdefault((line.order_id, line.order_line), shipment.at)
    return {
        key
        for key, line in last.items()
        if line.edited_at and key in left and line.edited_at > left[key]
    }


def test_nothing_else_is_promised_that_others_have(told):
    """Open promises from the shelf and free pieces at the end of the year, by place and item."""
    last = {(line.order_id, line.line): line for line in of(told, OrderLine)}
    shipped, reserved, held = Counter(), Counter(), Counter()
    for shipment in confirmed(told):
        for line in shipment.lines:
            shipped[line.order_id, line.order_line] += line.billable_qty
    for allocation in {a.allocation_id: a for a in of(told, Allocated)}.values():
        if allocation.status in ("open", "packed"):
            reserved[allocation.order_id, allocation.order_line] += allocation.reserved
    for moved in of(told, StockMoved):
        held[moved.from_location, moved.item, moved.from_state] -= moved.qty
        held[moved.to_location, moved.item, moved.to_state] += moved.qty
    wants = Counter()
    for key, line in last.items():
        item = told[0].company.items[line.item]
        if (
            line.promise_basis == "on_hand"
            and line.status in ("open", "partial")
            and item.is_bought
        ):
            wants[line.location, line.item] += line.qty - shipped[key] - reserved[key]
    found = {
        (place, item)
        for (place, item), qty in wants.items()
        if qty > held[place, item, "ON_HAND"] and qty > 0
    }
    known = {(p.keys["location_id"], p.keys["item_id"]) for p in planted(told, "DOUBLE_COMMIT")}
    assert found == known


def test_forecasts_of_the_weather_are_known_before_and_values_after_the_day(told):
    zone = told[0].company.zone
    for signal in of(told, Signal):
        known = signal.available_at.astimezone(zone).date()
        assert (signal.day - known).days == (signal.horizon_days or -1)


def test_without_faults_nothing_of_it_is_planted():
    parameters = Parameters(faults=FaultRates.none())
    story = Story(parameters, 42)
    list(story.tell())
    assert not {p.code for p in story.company.faults.planted} & set(OUTBOUND_CODES)
