import numpy as np
import polars as pl
import pytest

from forecasting import transfers
from forecasting.transfers import Routes, best_moves


def frames(*, freight: float, capacity: float | None = None) -> tuple[pl.DataFrame, ...]:
    surplus = pl.DataFrame(
        {"company_id": ["X"], "item_id": ["I"], "location_id": ["A"], "surplus_qty": [200.0],
         "unit_saving": [0.0]}
    )  # fmt: skip
    deficit = pl.DataFrame(
        {"company_id": ["X"], "item_id": ["I"], "location_id": ["B"], "block": [0],
         "block_qty": [90.0], "unit_value": [10.0]}
    )  # fmt: skip
    lanes = pl.DataFrame(
        {"company_id": ["X"], "from_location_id": ["A"], "to_location_id": ["B"],
         "cost_per_unit": [0.0], "cost_per_shipment": [freight], "lead_time_days": [2.0],
         "capacity_units": [capacity]},
        schema_overrides={"capacity_units": pl.Float64},
    )  # fmt: skip
    return surplus, deficit, lanes


def test_capability_32_a_transfer_shows_its_net_benefit_and_reverses_with_the_freight():
    found, gap = transfers.transfers(*frames(freight=150))
    row = found.row(0, named=True)
    assert (row["qty"], row["saving"], row["cost"], row["benefit"]) == (90, 900, 150, 750)
    assert gap == 0
    assert transfers.transfers(*frames(freight=1000))[0].is_empty()


def test_a_lane_carries_no_more_than_its_capacity():
    found, _ = transfers.transfers(*frames(freight=0, capacity=40))
    assert found["qty"].to_list() == [40]


def random_routes(items: int, seed: int) -> tuple[Routes, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    rows = [
        (item, 3 * item + source, 3 * item + sink, source * 3 + sink, rng.uniform(0.1, 9))
        for item in range(items) for source in range(3) for sink in range(3)
    ]  # fmt: skip
    parts = [np.array(part) for part in zip(*rows, strict=True)]
    need = rng.integers(1, 30, 3 * items).astype(float)
    return Routes(*parts), rng.integers(1, 30, 3 * items).astype(float), need


def test_prices_per_lane_come_within_one_per_cent_of_the_exact_plan(monkeypatch):
    routes, supply, need = random_routes(300, 1)
    capacity = np.full(9, 300.0)
    exact = best_moves(routes, supply, need, capacity)
    monkeypatch.setattr(transfers, "BLOCK_VARIABLES", 500)
    priced = best_moves(routes, supply, need, capacity)
    assert exact.gap == 0 and priced.gap <= 0.01
    assert np.bincount(routes.lane, priced.qty).max() <= 300 + 1e-6
    assert priced.qty @ routes.gain >= 0.99 * (exact.qty @ routes.gain)


def test_whole_quantities_stay_whole_and_no_node_gives_more_than_it_has():
    routes, supply, need = random_routes(50, 2)
    moves = best_moves(routes, supply, need, np.full(9, np.inf))
    assert moves.qty == pytest.approx(np.rint(moves.qty))
    assert (np.bincount(routes.source, moves.qty) <= supply + 1e-6).all()
    assert (np.bincount(routes.sink, moves.qty) <= need + 1e-6).all()
