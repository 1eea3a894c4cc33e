"""The kernel against those who had no part in it: beancount, exact fractions, our second opinion."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipelines.engines.costing.checkpoint import Checkpoint
from pipelines.engines.costing.streaming import Ledger

PIECE = 1_000_000
RECEIPT, ISSUE = 1, 11
BOOKS = Path(__file__).parent / "beancount_books.py"
EVENTS = 25_000  # for each of two methods

Trade = tuple[int, int, int, int | None]


def random_trades(count: int, items: int, seed: int) -> list[Trade]:
    """Item after item, never below zero; a day each, so that beancount keeps the order."""
    draw = random.Random(seed)
    trades: list[Trade] = []
    for item in range(items):
        held = 0
        for day in range(count // items):
            if held == 0 or draw.random() < 0.45:
                qty, price = draw.randrange(1, 40), draw.randrange(1, 100_000)
                trades.append((item, day, qty, price))
            else:
                qty = draw.randrange(1, held + 1)
                trades.append((item, day, -qty, None))
            held += trades[-1][2]
    return trades


def columns_of(trades: list[Trade]) -> tuple[np.ndarray, ...]:
    """Item, kind, pieces in millionths and cents of trades."""
    qty = np.array([abs(trade[2]) for trade in trades], dtype=np.int64)
    price = np.array([trade[3] or 0 for trade in trades], dtype=np.int64)
    kind = np.array([RECEIPT if trade[2] > 0 else ISSUE for trade in trades], dtype=np.int8)
    item = np.array([trade[0] for trade in trades], dtype=np.int64)
    return item, kind, qty * PIECE, qty * price


def our_costs(trades: list[Trade], method: str, batch: int) -> list[int]:
    """Expense in cents of every row, the rows cut into batches wherever they fall."""
    ledger, cogs = Ledger(method), []
    for start in range(0, len(trades), batch):
        cogs += ledger.post(*columns_of(trades[start : start + batch]))[1].tolist()
    return cogs


@pytest.mark.parametrize("method", ["fifo", "lifo"])
def test_random_events_cost_what_beancount_books(method: str) -> None:
    pytest.importorskip("beancount", reason="the peer of this test is a development dependency")
    trades = random_trades(EVENTS, 250, seed=len(method))
    told = json.dumps({"method": method.upper(), "trades": trades})
    done = subprocess.run(
        [sys.executable, str(BOOKS)], input=told, capture_output=True, text=True, check=True
    )
    peer = {int(row): Decimal(cost) for row, cost in json.loads(done.stdout).items()}
    ours = our_costs(trades, method, batch=1_777)
    sales = [row for row, trade in enumerate(trades) if trade[2] < 0]
    assert set(peer) == set(sales)
    wrong = [row for row in sales if Decimal(ours[row]) / 100 != peer[row]]
    assert not wrong, [(trades[row], ours[row], peer[row]) for row in wrong[:5]]


def test_a_moving_average_is_the_exact_one_to_the_cent() -> None:
    trades = random_trades(EVENTS, 50, seed=5)
    ours, qty, value, item = our_costs(trades, "moving_average", 999), 0, 0, -1
    for row, (of_item, _, pieces, price) in enumerate(trades):
        if of_item != item:
            item, qty, value = of_item, 0, 0
        cost = pieces * (price or 0)
        if pieces < 0:
            exact = Fraction(value * -pieces, qty)
            cost = -int(exact + Fraction(1, 2))
            assert ours[row] == -cost, (row, exact)
        qty, value = qty + pieces, value + cost


@pytest.mark.parametrize("method", ["fifo", "lifo", "moving_average"])
def test_where_batches_are_cut_does_not_matter(method: str) -> None:
    """Rows of one item, short of stock at times, so that debts cross the edges too."""
    draw = random.Random(11)
    trades: list[Trade] = []
    for place in range(3_000):
        price = draw.randrange(1, 5_000) if draw.random() < 0.4 else None
        qty = draw.randrange(1, 90 if price else 50)
        trades.append((place // 700, place, qty if price else -qty, price))
    whole = our_costs(trades, method, batch=len(trades))
    assert [our_costs(trades, method, batch) for batch in (1, 7, 701)] == [whole] * 3


@pytest.mark.parametrize("method", ["fifo", "lifo", "moving_average"])
@pytest.mark.parametrize("batch", [37, 10_000])
def test_a_ledger_goes_on_from_the_checkpoint_of_a_period(method: str, batch: int) -> None:
    """Items with and without events after it, some new, some short of stock at the moment."""
    draw = random.Random(len(method))
    trades: list[Trade] = []
    for item in range(60):
        first = 300 if item % 11 == 0 else 0
        for day in range(first, 250 if item % 7 == 0 else 400, draw.randrange(1, 9)):
            price = draw.randrange(1, 5_000) if draw.random() < 0.4 else None
            qty = draw.randrange(1, 90 if price else 50)
            trades.append((item, day, qty if price else -qty, price))
    close = 280
    before = [trade for trade in trades if trade[1] <= close]
    after = [trade for trade in trades if trade[1] > close]
    whole, all_of_it = _posted(Ledger(method, makes_checkpoint=True), trades, batch)
    _, checkpoint = _posted(Ledger(method, makes_checkpoint=True), before, batch)
    kept = Checkpoint.of_arrow(checkpoint.to_arrow())
    costs, end = _posted(Ledger(method, kept, makes_checkpoint=True), after, batch)
    assert costs == [cost for cost, trade in zip(whole, trades, strict=True) if trade[1] > close]
    assert end.to_arrow().equals(all_of_it.to_arrow())


def _posted(ledger: Ledger, trades: list[Trade], batch: int) -> tuple[list[int], Checkpoint]:
    costs: list[int] = []
    for start in range(0, len(trades), batch):
        costs += ledger.post(*columns_of(trades[start : start + batch]))[1].tolist()
    return costs, ledger.checkpoint()
