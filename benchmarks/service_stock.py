"""Stock value at equal fill: ours and the textbook's, played day by day on the same demand.

Both are asked for advice on the same past days and hold it until the next; demand is the answer
key's, lead times are drawn once, from what suppliers showed, for both. The service parameter is
swept; where the two curves fill the same share of units, their stock values are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from benchmarks.measure import line
from benchmarks.textbook_policy import Textbook
from forecasting.calibration import Calibration
from forecasting.demand import Floats, Whole
from forecasting.newsvendor import critical_ratio
from forecasting.running_stock import Site, play

DEVIATIONS = np.linspace(-1.0, 10.0, 45).tolist()
STOCKOUT_COSTS = np.geomspace(3, 3e7, 43).tolist()
SHARES = (0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999)
FILLS, ALL = (0.95, 0.97, 0.975, 0.98), "all"
UNCOUNTED_DAYS = 28  # until stock no longer shows how it began


@dataclass(frozen=True, slots=True)
class Advised:
    """Advice of one past day; `rows` are its lines, per line of the company, -1 where it has none."""

    calibration: Calibration
    other: Textbook
    rows: Whole

    def of_company(self, figures: Floats) -> Floats:
        """Figures per line of the advice as figures per line of the company, NaN where none."""
        return np.where(self.rows >= 0, figures[np.maximum(self.rows, 0)], np.nan)


@dataclass(frozen=True, slots=True)
class Company:
    """Lines with advice, each from the first past day it had some, to the last day of the key.

    A line that is young then is a line like any other. `segment` is of its first advice.
    """

    advice: Sequence[Advised]
    days_each: int
    site: Site
    segment: NDArray[np.str_]
    cost: Floats


Policy = Callable[[Advised, Floats, float], Floats]


def by_ratio(advised: Advised, cost: Floats, stockout: float) -> Floats:
    """Ours, at each item's critical ratio with a unit held at its cost."""
    calibration = advised.calibration
    share = np.full(len(calibration.mean), np.nan)
    there = advised.rows >= 0
    share[advised.rows[there]] = _ratio(cost, stockout)[there]
    return advised.of_company(calibration.quantity(calibration.share(share)))


def by_one_share(advised: Advised, cost: Floats, share: float) -> Floats:
    """Ours, at one share for all."""
    calibration = advised.calibration
    asked = np.full(len(calibration.mean), share)
    return advised.of_company(calibration.quantity(calibration.share(asked)))


def by_deviations(advised: Advised, cost: Floats, z: float) -> Floats:
    """The textbook's mean + z sigma."""
    return advised.of_company(advised.other.mean + z * advised.other.sigma)


def by_deviations_of_ratio(advised: Advised, cost: Floats, stockout: float) -> Floats:
    """The textbook's, with z at each item's critical ratio."""
    mean, sigma = (advised.of_company(one) for one in (advised.other.mean, advised.other.sigma))
    return mean + stats.norm.ppf(_ratio(cost, stockout)) * sigma


def _ratio(cost: Floats, stockout: float) -> Floats:
    return np.asarray(critical_ratio(cost, stockout))


TRIED: tuple[tuple[Policy, Sequence[float]], ...] = (
    (by_ratio, STOCKOUT_COSTS),
    (by_deviations, DEVIATIONS),
    (by_deviations_of_ratio, STOCKOUT_COSTS),
    (by_one_share, SHARES),
)


def stock_lines(companies: Sequence[Company]) -> list[dict[str, Any]]:
    """Ours beside the textbook's at equal fill, for all lines and per segment."""
    curves = [_curves(companies, policy, tried) for policy, tried in TRIED]
    made = []
    for name in (ALL, *sorted({str(one) for company in companies for one in company.segment})):
        for fill in FILLS:
            ours, theirs, by_cost, one_share = (_at(curve[name], fill) for curve in curves)
            if np.isnan(ours) or np.isnan(theirs):
                print(f"  {name} items, fill {fill}: one of the two does not get there")
                continue
            print(f"  {name} items, fill {fill}: with each item's critical ratio ours {ours:.0f}, "
                  f"the textbook {by_cost:.0f}; with one parameter for all ours {one_share:.0f}, "
                  f"the textbook {theirs:.0f}")  # fmt: skip
            made.append(
                line(f"stock value at {100 * fill:.1f} % fill, {name} items", round(ours), "",
                     peer=round(theirs), peer_name="mean + z sigma, promotion-aware",
                     target=0.90 if name == ALL else 1.05)
            )  # fmt: skip
    return made


Curve = tuple[list[float], list[float]]


def _curves(
    companies: Sequence[Company], policy: Policy, tried: Sequence[float]
) -> dict[str, Curve]:
    """Per segment, share of units served on their day and value held, for each parameter."""
    names = [ALL, *sorted({str(one) for company in companies for one in company.segment})]
    curves: dict[str, Curve] = {name: ([], []) for name in names}
    for parameter in tried:
        sums = {name: np.zeros(3) for name in names}
        for company in companies:
            played = play(
                company.site, *_levels(company, policy, parameter), uncounted=UNCOUNTED_DAYS
            )
            for name in names:
                mine = (company.segment == name) | (name == ALL)
                sums[name] += (
                    played.asked[mine].sum(), played.served[mine].sum(),
                    (played.held * company.cost)[mine].sum(),
                )  # fmt: skip
        for name, (asked, served, value) in sums.items():
            curves[name][0].append(served / max(asked, 1e-9))
            curves[name][1].append(value)
    return curves


def _levels(company: Company, policy: Policy, parameter: float) -> tuple[Floats, Floats]:
    """Point of each line and day, each advice until the next; a review orders up to it."""
    points = np.stack([policy(one, company.cost, parameter) for one in company.advice], axis=1)
    daily = np.repeat(points, company.days_each, axis=1)
    return daily, np.zeros_like(daily)


def _at(curve: Curve, fill: float) -> float:
    fills, values = np.maximum.accumulate(curve[0]), curve[1]
    if fills[-1] < fill or fills[0] > fill:
        return float("nan")
    return float(np.interp(fill, fills, values))
