"""VN2 inventory planning challenge: 599 series, weekly orders, two weeks of lead time, lost sales.

Every choice (features, model, spread, service share) is made on history before week 0; the weeks
after it are only played. The scorer is checked by the organiser's own benchmark.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.measure import line
from forecasting.demand import Floats, Panel
from forecasting.direct import Direct, imputed
from forecasting.gradient import Settings
from forecasting.policy_simulation import (
    Episode,
    Orders,
    Stock,
    exchange_curve,
    ordering_for_arrival,
    simulate,
    usual_stock,
)
from forecasting.rhythm import WEEKLY

HOLDING, SHORTAGE, ORDERS, PLAYED, COUNTED_FROM, COVER = 0.2, 1.0, 6, 8, 2, 4
PUBLISHED = (("organiser's benchmark", 4334), ("winner", 3763), ("later RL result", 3582))
HELD_BACK, SHARES = 20, (0.65, 0.7, 0.75, 0.8, SHORTAGE / (SHORTAGE + HOLDING))
SETTINGS = Settings(
    trees=300, leaves=8, learning_rate=0.03, feature_share=0.3, half_life=52, smallest_leaf=60
)
KEY = ["Store", "Product"]


@dataclass(frozen=True, slots=True)
class Challenge:
    """Sales per line and week, NaN where there was no stock; `weeks` of them are history."""

    panel: Panel
    sales: Floats
    weeks: int
    demand: Floats
    stock: Stock
    groups: dict[str, NDArray[np.int64]]
    dates: tuple[date, ...]


def run(*, rows: int | None, data: Path) -> list[dict[str, Any]]:
    """Cost of weeks 3 to 8 of the organiser's benchmark and of ours, and the time of ours."""
    del rows
    challenge = read(data / "vn2")
    reproduced = _played(challenge, organisers_orders(challenge))
    began = time.process_time()
    orders, share = our_orders(challenge)
    ours = _played(challenge, orders)
    seconds = time.process_time() - began
    for name, cost in PUBLISHED:
        print(f"published: {name:<24} {cost:>8}")
    return [
        line("organiser's benchmark by our scorer", reproduced, "cost", rows=599, peer=4334,
             peer_name="published", target=1.005),
        *(line("ours, weeks 3 to 8", ours, "cost", rows=599, peer=cost, peer_name=name, target=1.0)
          for name, cost in PUBLISHED[1:]),
        line("ours against the aim", ours, "cost", rows=599, target=3550),
        line("service share chosen before week 0", share, "share", rows=599),
        line("training, tuning and six orders", round(seconds, 1), "CPU s", rows=599, target=90),
    ]  # fmt: skip


def _played(challenge: Challenge, orders: Orders) -> float:
    played: Episode = simulate(orders, challenge.stock, challenge.demand)
    return round(played.cost(HOLDING, SHORTAGE, first=COUNTED_FROM), 1)


def read(folder: Path) -> Challenge:
    """The published files; stock flags only of the weeks before the first order."""
    sales = pl.read_csv(folder / "week_8-2024-06-03-sales.csv")
    weeks = [name for name in sales.columns if name not in KEY]
    history = len(weeks) - PLAYED
    in_stock = pl.read_csv(folder / "week_0-in_stock.csv").select(weeks[:history])
    state = pl.read_csv(folder / "week_0-2024-04-08-initial_state.csv")
    master = sales.select(KEY).join(
        pl.read_csv(folder / "week_0-master.csv"), on=KEY, how="left", maintain_order="left"
    )
    values = sales.select(weeks).to_numpy().astype(np.float64)
    demand = values[:, history:].copy()
    values[:, :history][~in_stock.to_numpy()] = np.nan
    sold = values.copy()
    starts = np.argmax(np.nan_to_num(values) != 0, axis=1)
    values[np.arange(len(weeks))[None, :] < starts[:, None]] = np.nan
    columns = ("End Inventory", "In Transit W+1", "In Transit W+2")
    stock, soon, later = (state[name].to_numpy().astype(np.float64) for name in columns)
    groups = {
        name: master[name].rank("dense").cast(pl.Int64).to_numpy() - 1
        for name in ("Store", "Product", "ProductGroup", "Department")
    }
    dates = tuple(date.fromisoformat(week) for week in weeks)
    panel = Panel(sales.select(KEY), dates[0], values, starts)
    return Challenge(panel, sold, history, demand, Stock(stock, (soon, later)), groups, dates)


def our_orders(challenge: Challenge) -> tuple[Orders, float]:
    """Model, spread and share from history; then one outlook per week, as its sales come in."""
    asked = Direct(WEEKLY, (1, 2, 3), SETTINGS, challenge.groups)
    known = Panel(
        challenge.panel.keys, challenge.panel.first_day,
        challenge.panel.values[:, : challenge.weeks], challenge.panel.starts,
    )  # fmt: skip
    border = challenge.weeks - 1 - HELD_BACK - max(asked.steps)
    trial = asked.trained(known, until=border)
    spread = asked.spread(known, trial, since=border)
    past = range(border, border + HELD_BACK)
    outlooks = [asked.outlook(known, trial, spread, origin) for origin in past]
    guesses = np.stack([outlook.mean[:, 0] for outlook in outlooks], axis=1)
    came = imputed(known.values[:, border + 1 : border + 1 + HELD_BACK], guesses)
    curve = exchange_curve(
        outlooks, usual_stock(outlooks[0]), came, holding=HOLDING, shortage=SHORTAGE, shares=SHARES
    )
    share = min(curve, key=lambda point: point.cost).share
    for point in curve:
        print(f"  share {point.share:.3f}: cost {point.cost:8.0f}, fill {point.fill_rate:.3f}, "
              f"held {point.held:7.0f}")  # fmt: skip
    model = asked.trained(known, until=challenge.weeks - 1)
    now = challenge.weeks - 1
    weekly = [asked.outlook(challenge.panel, model, spread, now + week) for week in range(ORDERS)]
    return ordering_for_arrival(weekly, share), share


def organisers_orders(challenge: Challenge) -> Orders:
    """Mean of 13 weeks with one season for all, ordered up to four weeks of it."""

    def orders(period: int, on_hand: Floats, receipts: Sequence[Floats]) -> Floats:
        if period >= ORDERS:
            return np.zeros_like(on_hand)
        weeks = challenge.weeks + period
        values = challenge.sales[:, :weeks]
        days = [challenge.dates[0] + timedelta(weeks=week) for week in range(weeks + COVER)]
        number = np.array([day.isocalendar().week for day in days])
        everyone = np.nanmean(values, axis=0)
        season = {n: everyone[number[:weeks] == n].mean() for n in set(number[:weeks].tolist())}
        level = np.mean(list(season.values()))
        factor = np.array([season[n] / level for n in number.tolist()])
        base = np.nanmean((values / factor[:weeks])[:, -13:], axis=1)
        wanted = np.nan_to_num(base) * factor[weeks:].sum()
        return np.rint(np.maximum(wanted - on_hand - sum(receipts), 0.0))

    return orders
