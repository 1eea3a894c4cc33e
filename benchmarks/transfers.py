"""Transfers between 20 warehouses for 50,000 items: CPU seconds, and the gap under lane capacity."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import line
from forecasting.demand import Floats
from forecasting.transfers import Routes, best_moves

PLACES, ITEMS = 20, 50_000
SPARING, LACKING = 3, 4  # places per item with too much and with too little


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """Without and with lane capacity, on the same seeded network."""
    del data
    items = rows or ITEMS
    routes, supply, need = network(items)
    free = np.full(PLACES * PLACES, np.inf)
    began = time.process_time()
    moves = best_moves(routes, supply, need, free)
    seconds = round(time.process_time() - began, 1)
    load = np.bincount(routes.lane, moves.qty, minlength=len(free))
    began = time.process_time()
    held = best_moves(routes, supply, need, np.maximum(np.floor(0.6 * load), 1.0))
    limited = round(time.process_time() - began, 1)
    return [
        line(f"{PLACES} places, no capacity", seconds, "CPU s", rows=items, target=30),
        line(
            f"{PLACES} places, lanes at 60 % of that load", limited, "CPU s", rows=items, target=120
        ),
        line("gap to the best plan there is", round(100 * held.gap, 3), "%", rows=items, target=1),
    ]


def network(items: int) -> tuple[Routes, Floats, Floats]:
    """Per item some places with stock to spare and some that lack it, every lane between them."""
    rng = np.random.default_rng(42)
    places = np.argsort(rng.random((items, PLACES)), axis=1)[:, : SPARING + LACKING]
    cost = rng.uniform(0.2, 3.0, (PLACES, PLACES))
    item, spare, lack = (
        part.ravel()
        for part in np.meshgrid(
            np.arange(items), np.arange(SPARING), np.arange(LACKING), indexing="ij"
        )
    )
    sender, receiver = places[item, spare], places[item, SPARING + lack]
    worth = rng.gamma(2.0, 3.0, items * LACKING)
    sink = item * LACKING + lack
    routes = Routes(
        item, item * SPARING + spare, sink, sender * PLACES + receiver,
        worth[sink] - cost[sender, receiver],
    )  # fmt: skip
    supply = rng.integers(1, 60, items * SPARING).astype(np.float64)
    need = rng.integers(1, 40, items * LACKING).astype(np.float64)
    return routes, supply, need
