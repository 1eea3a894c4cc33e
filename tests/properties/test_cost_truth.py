"""Laws of cost under random stories: nothing is lost, nothing depends on the order of delivery."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vocabulary.costing_methods import COSTING_METHOD_CODES
from pipelines.sample.truth.costing import (
    CostEvent,
    CostKind,
    CostSettings,
    CostTruth,
    allocate,
    cost_truth,
)
from pipelines.sample.world.costs import FifoBook, MovingAverageBook, ValueBook

FIRST_DAY = date(2025, 11, 20)  # so that stories cross months and a year
ITEMS = ("A", "B")
LOTS = ("", "x", "y")
STANDARDS = {item: [(FIRST_DAY, Fraction(1103, 7)), (date(2025, 12, 24), 170)] for item in ITEMS}
KNOWN = CostSettings(standards=STANDARDS, item_costs=dict.fromkeys(ITEMS, 155))
QUICK = settings(max_examples=60, derandomize=True, deadline=None)
K = CostKind

COMES_IN = ("receipt", "receipt", "receipt", "opening", "count_in", "return_in")
GOES_OUT = ("issue", "issue", "issue", "scrap", "count_out", "return_out", "work_issue")
COSTS_ONLY = ("landed_cost", "invoice_variance", "revaluation", "nrv")
Step = tuple[str, str, int, int, int, str, bool]
one_step = st.tuples(
    st.sampled_from((*COMES_IN, *GOES_OUT, *COSTS_ONLY, "work_receipt", "receipt_reversal")),
    st.sampled_from(ITEMS),
    st.integers(1, 40),  # pieces
    st.integers(0, 9_999),  # cents
    st.integers(0, 9),  # days until then
    st.sampled_from(LOTS),
    st.booleans(),  # linked to a movement before it?
)


def long_story(seed: int) -> list[Step]:
    """Steps enough that layers are drawn across, sent back and settled again."""
    rng = random.Random(seed)
    kinds = (*COMES_IN * 2, *GOES_OUT * 2, *COSTS_ONLY, "return_in", "return_in")
    return [
        (
            rng.choice(kinds), rng.choice(ITEMS), rng.randint(1, 40), rng.randint(0, 9_999),
            rng.randint(0, 9), rng.choice(LOTS), rng.random() < 0.8,
        )
        for _ in range(150)
    ]  # fmt: skip


steps = st.one_of(
    st.lists(one_step, max_size=40),
    st.integers(0, 10_000).map(long_story),
)


class Teller:
    """Makes a possible story out of random steps: links point back, returns are not too many."""

    def __init__(self, *, least_gap: int = 0, may_go_negative: bool = True) -> None:
        self.events: list[CostEvent] = []
        self._least_gap = least_gap
        self._may_go_negative = may_go_negative
        self._day = FIRST_DAY
        self._held: Counter[str] = Counter()
        self._receipts: dict[str, list[CostEvent]] = {item: [] for item in ITEMS}
        self._issues: dict[str, list[list]] = {item: [] for item in ITEMS}  # event, returnable
        self._rng = random.Random(7)

    def tell(self, step: Step) -> None:
        kind, item, qty, amount, gap, lot, linked = step
        self._day += timedelta(days=max(gap, self._least_gap))
        at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=len(self.events))
        told = CostEvent(f"m{len(self.events):03}", K(kind), item, self._day, at, qty, lot=lot)
        if kind in GOES_OUT and not self._may_go_negative:
            told = replace(told, qty=min(qty, self._held[item]))
        shaped = getattr(self, f"_{kind}", lambda event, *_: event)(told, amount, linked)
        if shaped is None or (shaped.kind in COSTS_ONLY) is not (shaped.qty == 0):
            return
        self.events.append(shaped)
        self._held[item] += shaped.qty if is_in(shaped) else -shaped.qty
        if kind in ("receipt", "opening"):
            self._receipts[item].append(shaped)
        if kind == "issue":
            self._issues[item].append([shaped, shaped.qty])

    def _receipt(self, event: CostEvent, amount: int, linked: bool) -> CostEvent:
        return replace(event, amount=amount * event.qty // 9)

    _opening = _receipt

    def _work_receipt(self, event: CostEvent, amount: int, linked: bool) -> CostEvent:
        return replace(event, amount=amount, ref=f"job {event.movement_id}")

    def _work_issue(self, event: CostEvent, amount: int, linked: bool) -> CostEvent:
        return replace(event, ref=f"job {event.movement_id}")

    def _return_in(self, event: CostEvent, amount: int, linked: bool) -> CostEvent:
        open_issues = [issue for issue in self._issues[event.item] if issue[1]]
        if not linked or not open_issues:
            return event
        issue = self._rng.choice(open_issues)
        qty = min(event.qty, issue[1])
        issue[1] -= qty
        return replace(event, qty=qty, ref=issue[0].movement_id, lot=issue[0].lot)

    def _return_out(self, event: CostEvent, amount: int, linked: bool) -> CostEvent:
        if linked and self._receipts[event.item]:
            event = replace(event, ref=self._rng.choice(self._receipts[event.item]).movement_id)
        return replace(event, amount=amount)

    def _receipt_reversal(self, event: CostEvent, *_: object) -> CostEvent | None:
        named = {other.ref for other in self.events}
        fresh = [one for one in self._receipts[event.item] if one.movement_id not in named]
        if not fresh or (not self._may_go_negative and self._held[event.item] < fresh[-1].qty):
            return None
        self._receipts[event.item].remove(fresh[-1])
        return replace(event, qty=fresh[-1].qty, ref=fresh[-1].movement_id)

    def _landed_cost(self, event: CostEvent, amount: int, linked: bool) -> CostEvent | None:
        if not self._receipts[event.item]:
            return None
        receipt = self._rng.choice(self._receipts[event.item])
        signed = amount if linked else -amount // 20
        return replace(event, qty=0, amount=signed, ref=receipt.movement_id)

    _invoice_variance = _landed_cost

    def _revaluation(self, event: CostEvent, amount: int, linked: bool) -> CostEvent:
        return replace(event, qty=0, amount=amount if linked else -amount // 50, lot="")

    _nrv = _revaluation


def is_in(event: CostEvent) -> bool:
    return event.kind in (*COMES_IN, "work_receipt")


def story(told: list[Step], **how: bool | int) -> list[CostEvent]:
    teller = Teller(**how)  # type: ignore[arg-type]
    for step in told:
        teller.tell(step)
    return teller.events


def from_outside(events: list[CostEvent]) -> int:
    """Cents that suppliers, carriers and jobs brought in, less what vendors credited."""
    bought = {event.movement_id: event.amount or 0 for event in events}
    brought = 0
    for event in events:
        if event.kind in ("receipt", "opening", "landed_cost", "invoice_variance", "work_receipt"):
            brought += event.amount or 0
        elif event.kind == "return_out":
            brought -= event.amount or 0
        elif event.kind == "receipt_reversal":
            brought -= bought[event.ref]
    return brought


def into_jobs(events: list[CostEvent], truth: CostTruth) -> int:
    """Cents of work issues whose job made nothing yet: neither stock nor expense."""
    jobs = {event.movement_id for event in events if event.kind == "work_issue"}
    return sum(
        entry.cost_amount + entry.cogs_amount
        for entry in truth.entries
        if entry.movement_id in jobs and entry.entry_kind == "issue"
    )


@pytest.mark.parametrize("method", COSTING_METHOD_CODES)
@given(told=steps)
@QUICK
def test_pieces_and_value_are_conserved(method, told):
    events = story(told)
    truth = cost_truth(events, method, KNOWN)
    moved = sum(event.qty if is_in(event) else -event.qty for event in events)
    assert sum(entry.qty for entry in truth.entries) == moved
    assert sum(layer.qty_remaining for layer in truth.layers) == moved
    value = sum(entry.cost_amount for entry in truth.entries)
    assert sum(layer.value_remaining for layer in truth.layers) == value
    expense = sum(entry.cogs_amount for entry in truth.entries)
    assert value + expense == from_outside(events) + into_jobs(events, truth)


@pytest.mark.parametrize("method", COSTING_METHOD_CODES)
@given(told=steps, seed=st.integers(0, 99))
@QUICK
def test_order_of_delivery_does_not_matter(method, told, seed):
    events = story(told)
    shuffled = random.Random(seed).sample(events, len(events))
    assert cost_truth(shuffled, method, KNOWN) == cost_truth(events, method, KNOWN)


@given(told=steps, unit=st.integers(0, 300))
@QUICK
def test_equal_cost_makes_all_methods_equal(told, unit):
    same = []
    for event in story(told):
        if event.kind in ("receipt", "opening", "return_out", "work_receipt"):
            same.append(replace(event, amount=unit * event.qty))
        elif event.qty:
            same.append(event)
    known = CostSettings(
        standards={item: [(FIRST_DAY, unit)] for item in ITEMS},
        item_costs=dict.fromkeys(ITEMS, unit),
    )
    answers = [cost_truth(same, method, known) for method in COSTING_METHOD_CODES]
    rows = [Counter(replace(row, scope="") for row in answer.entries) for answer in answers]
    assert all(row == rows[0] for row in rows)


@given(
    lots=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9_999)), min_size=1, max_size=8),
    issues=st.lists(st.integers(1, 30), max_size=30),
)
@QUICK
def test_fifo_is_specific_when_lots_leave_in_order(lots, issues):
    events = [event("receipt", n, qty, amount, f"L{n}") for n, (qty, amount) in enumerate(lots)]
    left = [qty for qty, _ in lots]
    for wanted in issues:
        lot = next((number for number, qty in enumerate(left) if qty), None)
        if lot is None:
            break
        qty = min(wanted, left[lot])
        left[lot] -= qty
        events.append(event("issue", len(events), qty, None, f"L{lot}"))
    fifo, specific = (cost_truth(events, method) for method in ("fifo", "specific"))
    assert [replace(entry, scope="") for entry in specific.entries] == list(fifo.entries)
    assert [replace(layer, scope="") for layer in specific.layers] == list(fifo.layers)


@pytest.mark.parametrize(("method", "end"), [("fifo", 0), ("lifo", -1)])
@given(
    moves=st.lists(st.tuples(st.booleans(), st.integers(1, 12), st.integers(0, 500)), max_size=40)
)
@QUICK
def test_layers_are_what_a_queue_of_single_pieces_says(method, end, moves):
    """The slowest way there is: every piece carries its own cost."""
    pieces: list[int] = []
    events, expected = [], []
    for comes_in, wanted, unit in moves:
        number = len(events)
        if comes_in:
            pieces += [unit] * wanted
            events.append(event("receipt", number, wanted, unit * wanted))
        elif pieces:
            gone = [pieces.pop(end) for _ in range(min(wanted, len(pieces)))]
            events.append(event("issue", number, len(gone)))
            expected.append(sum(gone))
    truth = cost_truth(events, method)
    assert [row.cogs_amount for row in truth.entries if row.entry_kind == "issue"] == expected
    assert sum(layer.value_remaining for layer in truth.layers) == sum(pieces)


@given(
    moves=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9_999)), min_size=1, max_size=30)
)
@QUICK
def test_an_average_stays_within_half_a_cent_of_exact_fractions(moves):
    """Each posting rounds once, and what it rounds stays in the pool."""
    qty, value, events, posted = 0, Fraction(0), [], 0
    for pieces, amount in moves:
        if amount % 2 and qty:
            out = min(pieces, qty)
            value -= value * out / qty
            qty -= out
            posted += 1
            events.append(event("issue", len(events), out))
        else:
            qty, value = qty + pieces, value + amount
            events.append(event("receipt", len(events), pieces, amount))
    left = sum(layer.value_remaining for layer in cost_truth(events, "moving_average").layers)
    assert abs(left - value) <= Fraction(posted, 2)


@given(
    receipts=st.lists(st.tuples(st.integers(1, 20), st.integers(0, 500)), min_size=1, max_size=8),
    issues=st.lists(st.integers(1, 20), max_size=8),
    seed=st.integers(0, 99),
)
@QUICK
def test_ruling_c11_periodic_lifo_leaves_the_earliest_layers_whatever_the_order(
    receipts, issues, seed
):
    moves = [("receipt", qty, qty * unit) for qty, unit in receipts]
    left = sum(qty for qty, _ in receipts)
    for qty in issues:
        if qty <= left:
            moves.append(("issue", qty, None))
            left -= qty
    days = random.Random(seed).sample(range(300), len(moves))
    year = [
        replace(event(kind, number, qty, amount), day=date(2026, 1, 1) + timedelta(days=day))
        for number, ((kind, qty, amount), day) in enumerate(zip(moves, days, strict=True))
    ]
    came = sorted((e.day, e.amount // e.qty, e.qty) for e in year if e.amount is not None)
    earliest = [unit for _, unit, qty in came for _ in range(qty)][:left]
    truth = cost_truth(year, "lifo_periodic")
    assert sum(layer.value_remaining for layer in truth.layers) == sum(earliest)


@given(
    amount=st.integers(-99_999, 99_999),
    weights=st.lists(st.fractions(0, 1000), min_size=1, max_size=9).filter(any),
)
@QUICK
def test_parts_of_an_allocation_add_up_and_are_within_a_cent(amount, weights):
    parts = allocate(amount, weights)
    assert sum(parts) == amount
    exact = [amount * weight / sum(weights) for weight in weights]
    assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))


@pytest.mark.parametrize(
    ("method", "book"), [("fifo", FifoBook), ("moving_average", MovingAverageBook)]
)
@given(told=steps)
@QUICK
def test_the_live_book_is_the_truth(method, book, told):
    without = ("receipt_reversal",)
    events = [
        event
        for event in story(told, least_gap=1, may_go_negative=False)
        if event.kind not in without
    ]
    truth = cost_truth(events, method, KNOWN)
    live = book(dict.fromkeys(ITEMS, 155))
    booked = {event.movement_id: book_live(live, event) for event in events}
    assert booked == {
        entry.movement_id: abs_cost(entry.cost_amount, entry.qty) for entry in truth.entries
    }
    for item in ITEMS:
        layers = [layer for layer in truth.layers if layer.item == item]
        assert live.qty[item] == sum(layer.qty_remaining for layer in layers)
        assert live.value[item] == sum(layer.value_remaining for layer in layers)


def abs_cost(cost: int, qty: int) -> int:
    return -cost if qty < 0 else cost


def book_live(live: ValueBook, event: CostEvent) -> int:
    """Books one event as the story would; cents into stock, or out of it for what goes out."""
    item, qty, name = event.item, event.qty, event.movement_id
    match event.kind:
        case "receipt" | "opening" | "work_receipt":
            live.receive(item, qty, event.amount or 0, name)
            return event.amount or 0
        case "count_in":
            return live.count_in(item, qty, name)
        case "return_in":
            return live.return_in(item, qty, issue_id=event.ref, layer_id=name)
        case "return_out":
            return live.return_out(item, qty, event.ref)
        case "landed_cost" | "invoice_variance":
            return live.add_value(item, event.ref, event.amount or 0)[0]
        case "revaluation" | "nrv":
            return live.adjust_value(item, event.amount or 0)
        case _:
            return live.issue(item, qty, name)


@given(parts=st.lists(st.integers(0, 50), min_size=1, max_size=6), value=st.integers(0, 99_999))
@QUICK
def test_shares_of_a_pool_add_up_to_the_pool(parts, value):
    for book in (FifoBook(), MovingAverageBook()):
        if sum(parts):
            book.receive("A", sum(parts), value)
        assert sum(book.split("A", parts)) == book.value["A"]


def event(
    kind: str, number: int, qty: int, amount: int | None = None, lot: str = ""
) -> CostEvent:  # fmt: skip
    day = FIRST_DAY + timedelta(days=number)
    at = datetime(2025, 1, 1, tzinfo=UTC)
    return CostEvent(f"m{number:03}", K(kind), "A", day, at, qty, amount, lot=lot)
