"""What the champions said on past days, and what came after over intervals as suppliers keep them.

Every week of the last half year is an origin. The champion of each line names its mean there,
knowing nothing later; demand that came is summed over the line's interval with a late, a usual and
an early receipt, so that uncertain lead times are part of what is learnt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from forecasting.baselines import KNOWN_SHARE, Forecaster
from forecasting.demand import Floats, Panel, Whole, WindowSums
from forecasting.own_spread import OwnSpread

WEEKS, DRAWS, WARM_UP_DAYS = 26, 5, 28


@dataclass(frozen=True, slots=True)
class HeldOut:
    """`mean[origin, line]` over the usual interval; `actual[origin, draw, line]`; NaN: not known.

    `ratio[origin, line]`: variance to mean of the line's demand, as the origin knew it.
    """

    mean: Floats
    actual: Floats
    ratio: Floats


def held_out(
    lines: Panel, forecasters: Mapping[str, Forecaster], champion: NDArray[np.str_], *,
    spread: OwnSpread, days: Floats, deviation: Floats,
) -> HeldOut:  # fmt: skip
    """`days`: usual interval of each line; `deviation`: of its lead time, in days."""
    lengths = interval_draws(days, deviation)
    usual = np.maximum(np.rint(days), 1).astype(np.int64)
    sums = WindowSums(lines.values)
    means, came, ratios = [], [], []
    for week in range(WEEKS):
        origins = lines.days - 1 - lengths.max(axis=0) - 7 * week
        means.append(_said(forecasters, champion, origins, usual) * days)
        ratios.append(spread.at(origins))
        old_enough = origins - lines.starts >= WARM_UP_DAYS
        came.append(
            [np.where(old_enough, _came(sums, origins, length), np.nan) for length in lengths]
        )
    return HeldOut(np.stack(means), np.array(came), np.stack(ratios))


def interval_draws(days: Floats, deviation: Floats) -> Whole:
    """Draws x lines: middles of equally likely parts of a normal interval, at least a day."""
    middles = stats.norm.ppf((np.arange(DRAWS) + 0.5) / DRAWS)
    drawn = days[None, :] + middles[:, None] * deviation[None, :]
    return np.maximum(np.rint(drawn), 1).astype(np.int64)


def _said(
    forecasters: Mapping[str, Forecaster], champion: NDArray[np.str_], origins: Whole, days: Whole
) -> Floats:
    mean = np.full(len(origins), np.nan)
    for name in sorted(set(champion.tolist())):
        mine = champion == name
        mean[mine] = forecasters[name](origins, days).mean[mine]
    return mean


def _came(sums: WindowSums, origins: Whole, length: Whole) -> Floats:
    count, total, _ = sums.window(origins + 1, origins + 1 + length)
    with np.errstate(divide="ignore", invalid="ignore"):
        filled = total * length / count
    return np.where((count >= KNOWN_SHARE * length) & (count > 0), filled, np.nan)
