"""The sample company on days it had not seen: service against its target, and stock at equal fill.

The company is built whole (`tieout demo`), once per seed. Then the advice is made again as of past
days, four weeks apart, from what was known by then, and held against the demand of the answer key
over intervals as suppliers kept them. Stock is what lies there at the end of an interval and half
of what a review brings, at cost.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from benchmarks.measure import line
from benchmarks.textbook_policy import Textbook, textbook
from forecasting.demand import KEY, Floats, WindowSums
from forecasting.held_out import interval_draws
from forecasting.newsvendor import critical_ratio
from forecasting.planning import Inputs
from forecasting.reorder import HISTORY_DAYS, Study, forecast_and_reorder, study
from forecasting.segments import segments

LAST, ROUNDS, STEP_DAYS = date(2025, 12, 31), 6, 28
SEEDS = (42, 1, 7)
TARGETS = (0.90, 0.95, 0.98)
DEVIATIONS = np.linspace(-0.5, 10.0, 22).tolist()
STOCKOUT_COSTS = np.geomspace(3, 3e7, 22).tolist()
FILLS, WITHIN = (0.95, 0.97, 0.975), 0.01


@dataclass(frozen=True, slots=True)
class Round:
    """One past day of one company: `came` per draw of the lead time (draws x lines), NaN unknown."""

    found: Study
    other: Textbook
    came: Floats
    volume: NDArray[np.str_]
    segment: NDArray[np.str_]
    cost: Floats
    cycle: Floats


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """`rows`: how many seeds of the company, three unless told."""
    del data
    seen = [one for seed in SEEDS[: rows or len(SEEDS)] for one in rounds_of(*company(seed))]
    return [*service_lines(seen), *stock_lines(seen)]


def company(seed: int) -> tuple[Inputs, pl.DataFrame]:
    """What planning reads of a whole build, and the demand of the answer key."""
    from pipelines.commands.demo import DEMO_SETTINGS, demo_command
    from pipelines.computed import read_table
    from pipelines.forecasts import DEMAND_TABLES
    from pipelines.workspace import Workspace, init_workspace

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        init_workspace(root)
        (root / "tieout.toml").write_text(f"{DEMO_SETTINGS}seed = {seed}\n", encoding="utf-8")
        demo_command(root, size="small", as_json=True)
        workspace = Workspace(root.resolve())
        tables = {name: read_table(workspace, table) for name, table in DEMAND_TABLES.items()}
        key = pl.read_csv(root / "sample" / "key" / "truth_demand.csv", try_parse_dates=True)
    return Inputs(**tables), key


def rounds_of(given: Inputs, key: pl.DataFrame) -> list[Round]:
    """The advice of each past day; nothing in it was known later than that day."""
    made = []
    for number in range(1, ROUNDS + 1):
        as_of = LAST - timedelta(days=STEP_DAYS * number)
        known = given.demand.filter(pl.col("known_at").dt.date() <= as_of + timedelta(days=1))
        found = study(
            known, given.lead_times, given.policies, given.items, as_of=as_of,
            events=given.events, readings=given.readings,
        )  # fmt: skip
        assert found is not None, "the sample company has demand from its first week on"
        made.append(_round(found, given, key, as_of))
    return made


def _round(found: Study, given: Inputs, key: pl.DataFrame, as_of: date) -> Round:
    lines, terms = found.lines, found.terms
    interval, spread = _numbers(terms, "interval_days"), _numbers(terms, "lead_time_sd_days")
    days, spread = np.nan_to_num(interval, nan=1.0), np.nan_to_num(spread)
    able = ~np.isnan(interval) & (lines.days - lines.starts >= HISTORY_DAYS)
    demand = _later(key, lines.keys, as_of)
    sums, begin = WindowSums(demand), np.zeros(len(demand), dtype=np.int64)
    came = [
        np.where(able & (length <= demand.shape[1]), sums.window(begin, begin + length)[1], np.nan)
        for length in interval_draws(days, spread)
    ]
    cost = lines.keys.join(
        given.economics.unique(KEY, keep="first", maintain_order=True),
        on=KEY, how="left", maintain_order="left",
    )  # fmt: skip
    review = np.nan_to_num(found.seen.chosen().mean) * np.nan_to_num(_numbers(terms, "review_days"))
    volume = np.array([name.split("|")[1] for name in found.calibration.volume])
    return Round(
        found, textbook(found, given, days, spread), np.array(came), volume, segments(lines),
        np.nan_to_num(_numbers(cost, "unit_cost")), review / 2,
    )  # fmt: skip


def _later(key: pl.DataFrame, keys: pl.DataFrame, as_of: date) -> Floats:
    """Demand of the answer key after the day, lines x days."""
    placed = (
        key.with_columns((pl.col("date") - as_of).dt.total_days().alias("ahead"))
        .filter((pl.col("ahead") > 0) & (pl.col("date") <= LAST))
        .join(keys.with_row_index("line"), on=KEY)
    )
    demand = np.zeros((keys.height, (LAST - as_of).days))
    place = (placed["line"].to_numpy(), placed["ahead"].to_numpy() - 1)
    np.add.at(demand, place, placed["qty"].cast(pl.Float64).to_numpy())
    return demand


def service_lines(seen: Sequence[Round]) -> list[dict[str, Any]]:
    """Share of intervals whose demand the reorder point covered, per target and volume class."""
    made = []
    for target in TARGETS:
        points = [reorder_points(one.found, target) for one in seen]
        for volume in ("low", "middle", "high"):
            covered, known = 0, 0
            for one, point in zip(seen, points, strict=True):
                mine = ~np.isnan(one.came) & (one.volume == volume) & ~np.isnan(point)
                covered += int(((one.came <= point) & mine).sum())
                known += int(mine.sum())
            off = abs(round(covered / known - target, 4))
            made.append(
                line(f"service {target:.2f}, {volume} volume: {covered / known:.3f}, off by", off,
                     "share", rows=known, target=WITHIN)
            )  # fmt: skip
    return made


def reorder_points(found: Study, target: float) -> Floats:
    """The product's own reorder points under a policy of that cycle service."""
    asked = found.terms.with_columns(
        pl.lit(target).alias("service_target"), pl.lit("cycle_service").alias("service_kind")
    )
    reorder = forecast_and_reorder(replace(found, terms=asked))[1]
    placed = found.lines.keys.join(reorder, on=KEY, how="left", maintain_order="left")
    return _numbers(placed, "reorder_point")


def stock_lines(seen: Sequence[Round]) -> list[dict[str, Any]]:
    """Stock value where both fill the same share of units; the service parameter is swept.

    Ours takes the quantile at each item's critical ratio, the textbook one z for all. How much of
    the gain is the ratio and how much the forecast shows in the textbook's stock with it.
    """
    made = []
    for name in ("all", *sorted({str(one) for part in seen for one in part.segment})):
        curves = (
            _curve(seen, _our_level, STOCKOUT_COSTS, name), _curve(seen, _their_level, DEVIATIONS, name),
            _curve(seen, _their_level_by_cost, STOCKOUT_COSTS, name),
        )  # fmt: skip
        for fill in FILLS:
            ours, theirs, theirs_by_cost = (_at(curve, fill) for curve in curves)
            if np.isnan(ours) or np.isnan(theirs):
                print(f"  {name} items, fill {fill}: one of the two does not get there")
                continue
            made.append(
                line(f"stock value at {100 * fill:.1f} % fill, {name} items", round(ours), "", peer=round(theirs),
                     peer_name=f"mean + z sigma ({theirs_by_cost:.0f} by cost), promotion-aware:",
                     target=0.90 if name == "all" else 1.05)
            )  # fmt: skip
    return made


def _our_level(one: Round, stockout: float) -> Floats:
    calibration = one.found.calibration
    return calibration.quantity(calibration.share(_ratio(one, stockout)))


def _their_level(one: Round, z: float) -> Floats:
    return one.other.mean + z * one.other.sigma


def _their_level_by_cost(one: Round, stockout: float) -> Floats:
    return one.other.mean + stats.norm.ppf(_ratio(one, stockout)) * one.other.sigma


def _ratio(one: Round, stockout: float) -> Floats:
    """Critical ratio with a unit held at its cost: the sweep of `stockout` bears any rate."""
    return np.asarray(critical_ratio(np.where(one.cost > 0, one.cost, np.nan), stockout))


Curve = tuple[list[float], list[float]]


def _curve(
    seen: Sequence[Round], policy: Callable[[Round, float], Floats], tried: Sequence[float],
    segment: str,
) -> Curve:  # fmt: skip
    """Share of units filled and value in stock, per tried parameter."""
    fills, values = [], []
    for parameter in tried:
        short, asked, value = 0.0, 0.0, 0.0
        for one in seen:
            level = policy(one, float(parameter))
            mine = ~np.isnan(one.came + level + one.other.sigma) & (one.cost > 0)
            if segment != "all":
                mine &= one.segment == segment
            gap = np.where(mine, one.came - level, 0.0)
            short += float(np.maximum(gap, 0.0).sum())
            asked += float(one.came[mine].sum())
            lying = np.where(mine, np.maximum(-gap, 0.0) + one.cycle, 0.0)
            value += float((lying * one.cost).sum()) / len(one.came)
        fills.append(1 - short / max(asked, 1e-9))
        values.append(value)
    return fills, values


def _at(curve: Curve, fill: float) -> float:
    fills, values = curve
    if max(fills) < fill or min(fills) > fill:
        return float("nan")
    return float(np.interp(fill, fills, values))


def _numbers(frame: pl.DataFrame, name: str) -> Floats:
    return frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
