"""Closed lists agree with each other."""

from collections import Counter
from itertools import pairwise

from models.vocabulary import (
    ACCOUNT_ROLES,
    EVENTS,
    EXCEPTIONS,
    IMPLIED_STEPS,
    LEAKAGE_CATEGORIES,
    MOVEMENT_RULES,
    STATES,
    STATUS_STATES,
)
from models.vocabulary.codes import MOVEMENT_TYPES, SHIPMENT_TYPES, STOCK_STATUSES

LEGAL = {(event.code, *pair) for event in EVENTS.values() for pair in event.transitions}


def test_events_run_from_e00_to_e59_and_join_known_states() -> None:
    assert list(EVENTS) == [f"E{number:02d}" for number in range(60)]
    assert {state for _, *pair in LEGAL for state in pair} <= set(STATES)


def test_a_valued_state_has_a_role_and_another_has_none() -> None:
    for state in STATES.values():
        assert bool(state.account_role) == state.is_valued
        assert state.account_role in {"", *ACCOUNT_ROLES}
        assert state.interim_account_role in {"", *ACCOUNT_ROLES}


def test_ruling_e10_discounts_taken_and_equity_have_roles_of_their_own() -> None:
    assert {"DISCOUNT_ALLOWED", "EQUITY"} <= set(ACCOUNT_ROLES)


def test_ruling_a5_stock_goes_to_inspection_and_back_to_the_vendor_from_where_it_lies() -> None:
    assert ("E06", "ON_HAND", "QC_HOLD") in LEGAL
    staged = {begin for code, begin, end in LEGAL if code == "E08" and end == "RTV_STAGED"}
    assert {"ON_HAND", "QUARANTINE", "DAMAGED"} <= staged


def test_what_is_sellable_or_pickable_is_in_our_building() -> None:
    for state in STATES.values():
        assert state.is_physical or not (state.is_pickable or state.is_sellable_now)
        assert state.is_internal or not state.is_physical


def test_every_status_of_a_source_stands_for_a_state() -> None:
    assert set(STATUS_STATES) == set(STOCK_STATUSES)
    assert set(STATUS_STATES.values()) <= set(STATES)


def test_every_leak_has_one_code_and_one_category() -> None:
    leaks = [e.leakage_category for e in EXCEPTIONS.values() if e.leakage_category]
    assert leaks == list(LEAKAGE_CATEGORIES)


def test_a_movement_rule_only_joins_states_its_event_may_join() -> None:
    for rule in MOVEMENT_RULES:
        assert (rule.event_code, rule.from_state, rule.to_state) in LEGAL, rule
    for step in IMPLIED_STEPS:
        assert (step.event_code, step.from_state, step.to_state) in LEGAL, step


def test_one_side_of_a_movement_has_one_other_side() -> None:
    came_in = Counter(
        (r.movement_type, r.document_type, r.to_state) for r in MOVEMENT_RULES if r.side_in
    )
    went_out = Counter(
        (r.movement_type, r.document_type, r.from_state) for r in MOVEMENT_RULES if r.side_out
    )
    assert [key for key, count in (came_in + went_out).items() if count > 2] == []
    assert set(came_in.values()) == set(went_out.values()) == {1}


def test_every_movement_type_has_a_rule_or_a_reason_to_have_none() -> None:
    without = {"move", "cost_only", "unship"}
    assert {rule.movement_type for rule in MOVEMENT_RULES} == set(MOVEMENT_TYPES) - without


def test_every_shipment_type_has_an_event() -> None:
    shipped = {r.document_type for r in MOVEMENT_RULES if r.movement_type == "ship"}
    assert set(SHIPMENT_TYPES) <= shipped


def test_implied_steps_lead_to_where_the_goods_were() -> None:
    for own_state in ("ON_HAND", "RESERVED", "PICKED"):
        steps = [s for s in IMPLIED_STEPS if s.direction == "out" and s.own_state == own_state]
        assert steps[0].from_state == own_state
        assert steps[-1].to_state == "PACKED"
        assert all(a.to_state == b.from_state for a, b in pairwise(steps))
