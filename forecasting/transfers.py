"""Which goods to move between places of one company: a transport problem per item, by HiGHS.

What a place can spare is above the upper quantile of its own demand; what a place lacks comes in
blocks, each worth less than the one before, because the last units of a deficit are the least
likely to be asked for. A unit on a lane brings the value of the block it fills and the carrying
cost it saves where it lies, less what the lane takes. Items are independent but for the lanes
they share, so they are solved in blocks; a lane's capacity becomes a price that all items pay.

Fixed cost of a shipment is shared by what the lane carries: a lane whose goods do not earn it is
closed and the rest solved again.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forecasting.demand import Floats, Whole

BLOCK_VARIABLES = 4_000
PRICE_ROUNDS, GAP = 40, 0.005
LANE = ("company_id", "from_location_id", "to_location_id")


@dataclass(frozen=True, slots=True)
class Routes:
    """One row per item, lane and block of deficit that could be filled; parallel arrays."""

    item: Whole
    source: Whole
    sink: Whole
    lane: Whole
    gain: Floats


@dataclass(frozen=True, slots=True)
class Moves:
    """Quantity per route, and how far it may be from the best there is (0: exact)."""

    qty: Floats
    gap: float


def best_moves(routes: Routes, supply: Floats, need: Floats, capacity: Floats) -> Moves:
    """Quantities that gain most; `capacity[lane]` may be infinite.

    supply is per source node, need per sink node; a node belongs to one item.
    """
    if len(routes.item) == 0:
        return Moves(np.zeros(0), 0.0)
    blocks = _blocks(routes.item)
    price = np.zeros(len(capacity))
    qty = _solved(routes, supply, need, price, blocks)
    limited = np.isfinite(capacity)
    if not _overloaded(routes, qty, capacity).any():
        return Moves(qty, 0.0)
    return _priced(routes, supply, need, capacity, blocks, limited)


def _priced(
    routes: Routes, supply: Floats, need: Floats, capacity: Floats,
    blocks: list[slice], limited: NDArray[np.bool_],
) -> Moves:  # fmt: skip
    """Prices per lane by subgradient; every round also gives a plan that can be carried out."""
    if len(blocks) == 1:
        return Moves(_exact(routes, supply, need, capacity), 0.0)
    price = np.zeros(len(capacity))
    best_value, best_qty, bound = -np.inf, np.zeros(len(routes.gain)), np.inf
    for turn in range(PRICE_ROUNDS):
        qty = _solved(routes, supply, need, price, blocks)
        load = np.bincount(routes.lane, qty, minlength=len(capacity))
        dual = float(qty @ (routes.gain - price[routes.lane])) + float(
            price[limited] @ capacity[limited]
        )
        bound = min(bound, dual)
        carried = _cut_to_capacity(routes, qty, capacity)
        value = float(carried @ routes.gain)
        if value > best_value:
            best_value, best_qty = value, carried
        if bound - best_value <= GAP * max(bound, 1e-9):
            break
        excess = np.where(limited, load - np.where(limited, capacity, 0.0), 0.0)
        norm = float(excess @ excess)
        if norm == 0.0:
            break
        step = (1.2 if turn < 15 else 0.7) * (dual - best_value) / norm
        price = np.maximum(price + step * excess, 0.0)
    return Moves(best_qty, max(0.0, (bound - best_value) / max(bound, 1e-9)))


def _overloaded(routes: Routes, qty: Floats, capacity: Floats) -> NDArray[np.bool_]:
    return np.bincount(routes.lane, qty, minlength=len(capacity)) > capacity + 1e-9


def _cut_to_capacity(routes: Routes, qty: Floats, capacity: Floats) -> Floats:
    """On a lane that carries too much, what gains least stays behind."""
    kept = qty.copy()
    for lane in np.flatnonzero(_overloaded(routes, qty, capacity)):
        mine = np.flatnonzero((routes.lane == lane) & (qty > 0))
        order = mine[np.argsort(-routes.gain[mine], kind="stable")]
        before = np.cumsum(qty[order]) - qty[order]
        kept[order] = np.clip(capacity[lane] - before, 0.0, qty[order])
    return kept


def _blocks(item: Whole) -> list[slice]:
    """Runs of whole items with about BLOCK_VARIABLES routes each; routes are sorted by item."""
    assert (np.diff(item) >= 0).all(), "routes come sorted by item"
    starts = np.flatnonzero(np.diff(item, prepend=-1))
    cuts, last = [0], 0
    for start in starts:
        if start - last >= BLOCK_VARIABLES:
            cuts.append(int(start))
            last = int(start)
    cuts.append(len(item))
    return [slice(low, high) for low, high in itertools.pairwise(cuts)]


def _solved(
    routes: Routes, supply: Floats, need: Floats, price: Floats, blocks: list[slice]
) -> Floats:
    qty = np.zeros(len(routes.gain))
    gain = routes.gain - price[routes.lane]
    for block in blocks:
        worth = np.flatnonzero(gain[block] > 0) + (block.start or 0)
        if len(worth):
            qty[worth] = _transport(
                gain[worth], routes.source[worth], routes.sink[worth], supply, need
            )
    return qty


def _transport(gain: Floats, source: Whole, sink: Whole, supply: Floats, need: Floats) -> Floats:
    """A linear programme over one block; its matrix is totally unimodular, whole stays whole."""
    sources, from_row = np.unique(source, return_inverse=True)
    sinks, to_row = np.unique(sink, return_inverse=True)
    rows = np.concatenate([from_row, to_row + len(sources)])
    limits = np.concatenate([supply[sources], need[sinks]])
    return _programme(gain, rows, limits, 2)


def _exact(routes: Routes, supply: Floats, need: Floats, capacity: Floats) -> Floats:
    """One block small enough to hold the lanes' capacities as rows of its own."""
    limited = np.flatnonzero(np.isfinite(capacity))
    sources, from_row = np.unique(routes.source, return_inverse=True)
    sinks, to_row = np.unique(routes.sink, return_inverse=True)
    lane_row = np.searchsorted(limited, routes.lane)
    of_limited = np.isin(routes.lane, limited)
    rows = np.concatenate([
        from_row, to_row + len(sources),
        lane_row[of_limited] + len(sources) + len(sinks),
    ])  # fmt: skip
    columns = np.concatenate([np.tile(np.arange(len(routes.gain)), 2), np.flatnonzero(of_limited)])
    limits = np.concatenate([supply[sources], need[sinks], capacity[limited]])
    return _programme(routes.gain, rows, limits, 0, columns)


def _programme(
    gain: Floats, rows: Whole, limits: Floats, times: int, columns: Whole | None = None
) -> Floats:
    from scipy import optimize, sparse

    if columns is None:
        columns = np.tile(np.arange(len(gain)), times)
    matrix = sparse.csr_matrix(
        (np.ones(len(rows)), (rows, columns)), shape=(len(limits), len(gain))
    )
    found = optimize.linprog(-gain, A_ub=matrix, b_ub=limits, bounds=(0, None), method="highs")
    assert found.status == 0, f"a transport programme has an answer: {found.message}"
    return np.asarray(found.x, dtype=np.float64)


def transfers(
    surplus: pl.DataFrame, deficit: pl.DataFrame, lanes: pl.DataFrame
) -> tuple[pl.DataFrame, float]:
    """Moves that pay, per item and lane, and the optimality gap.

    surplus: company_id, item_id, location_id, surplus_qty, unit_saving; deficit: the same keys,
    block, block_qty, unit_value; lanes: company_id, from_location_id, to_location_id,
    cost_per_unit, cost_per_shipment, lead_time_days, capacity_units (null: none).
    """
    open_lanes = lanes.unique(LANE, keep="first", maintain_order=True).sort(LANE)
    while True:
        found, gap = _moved(surplus, deficit, open_lanes)
        per_lane = found.group_by(LANE).agg(pl.col("gain").sum(), pl.col("qty").sum())
        losing = per_lane.join(open_lanes, on=LANE).filter(
            pl.col("gain") <= pl.col("cost_per_shipment").fill_null(0.0).cast(pl.Float64)
        )
        if losing.is_empty():
            return _with_shared_cost(found, per_lane), gap
        worst = losing.with_columns(
            (pl.col("gain") - pl.col("cost_per_shipment").cast(pl.Float64)).alias("loss")
        ).sort("loss", *LANE)
        open_lanes = open_lanes.join(worst.head(1).select(LANE), on=LANE, how="anti").sort(LANE)


def _moved(
    surplus: pl.DataFrame, deficit: pl.DataFrame, lanes: pl.DataFrame
) -> tuple[pl.DataFrame, float]:
    item = ("company_id", "item_id")
    spare = (
        surplus.filter(pl.col("surplus_qty") > 0)
        .sort(*item, "location_id")
        .with_row_index("source")
    )
    lack = (
        deficit.filter(pl.col("block_qty") > 0)
        .sort(*item, "location_id", "block")
        .with_row_index("sink")
    )
    numbered = lanes.with_row_index("lane")
    pairs = (
        spare.rename({"location_id": "from_location_id"})
        .join(lack.rename({"location_id": "to_location_id"}), on=item)
        .join(numbered, on=LANE)
        .with_columns(
            (pl.col("unit_value") + pl.col("unit_saving")
             - pl.col("cost_per_unit").fill_null(0.0).cast(pl.Float64)).alias("unit_gain")
        )
        .sort(*item, "source", "sink")
    )  # fmt: skip
    if pairs.is_empty():
        return pairs.with_columns(pl.lit(0.0).alias("qty"), pl.lit(0.0).alias("gain")), 0.0
    routes = Routes(
        pairs.select(pl.struct(item).rank("dense").cast(pl.Int64)).to_series().to_numpy(),
        pairs["source"].cast(pl.Int64).to_numpy(),
        pairs["sink"].cast(pl.Int64).to_numpy(),
        pairs["lane"].cast(pl.Int64).to_numpy(),
        pairs["unit_gain"].to_numpy(),
    )
    capacity = numbered["capacity_units"].cast(pl.Float64).fill_null(float("inf")).to_numpy()
    moves = best_moves(
        routes, spare["surplus_qty"].to_numpy(), lack["block_qty"].to_numpy(), capacity
    )
    made = pairs.with_columns(pl.Series("qty", moves.qty)).filter(pl.col("qty") > 1e-9)
    return made.with_columns((pl.col("qty") * pl.col("unit_gain")).alias("gain")), moves.gap


def _with_shared_cost(found: pl.DataFrame, per_lane: pl.DataFrame) -> pl.DataFrame:
    """Blocks of one item and lane together; the shipment's fixed cost by share of quantity."""
    units = pl.col("qty")
    return (
        found.join(per_lane.select(*LANE, units.alias("lane_qty")), on=LANE)
        .group_by("company_id", "item_id", "from_location_id", "to_location_id")
        .agg(
            units.sum(),
            (units * (pl.col("unit_value") + pl.col("unit_saving"))).sum().alias("saving"),
            (
                units
                * (
                    pl.col("cost_per_unit").fill_null(0.0).cast(pl.Float64)
                    + pl.col("cost_per_shipment").fill_null(0.0).cast(pl.Float64) / pl.col("lane_qty")
                )
            ).sum().alias("cost"),
            pl.col("surplus_qty").first(),
            pl.col("lead_time_days").cast(pl.Float64).first(),
        )
        .with_columns((pl.col("saving") - pl.col("cost")).alias("benefit"))
        .filter(pl.col("benefit") > 0)
        .sort("company_id", "item_id", "from_location_id", "to_location_id")
    )  # fmt: skip
