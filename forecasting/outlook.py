"""All forecasters of a panel, judged against each other, and what the chosen one says.

The gradient model is one voice among the baselines: it is trained on weeks that lie whole before
the backtest's origins, judged there, and goes out only where it beats every baseline of its
segment. The final model learns up to the last whole week; its spread is what the backtest showed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from forecasting.analogues import ANALOGUES, Analogues, spread_between_lines
from forecasting.backtest import FALLBACK, Backtest, backtest, origins_of_rounds
from forecasting.baselines import DailyDemand, Forecaster, forecasters
from forecasting.demand import Panel, Whole
from forecasting.dispersion import fit_dispersion
from forecasting.gradient import Settings
from forecasting.gradient_forecaster import GradientForecaster, Intervals
from forecasting.rhythm import DAILY
from forecasting.signals import Signal

GRADIENT = "gradient"
CHOICES = Settings(
    trees=120, leaves=12, learning_rate=0.05, smallest_leaf=40, feature_share=0.5, half_life=182
)
WEEK, SUNDAY = 7, 6
CUT_EVERY = 2  # backtest rounds that share one training


@dataclass(frozen=True, slots=True)
class Outlook:
    """What each forecaster says about each line from the last known day, and who is trusted."""

    forecasters: Mapping[str, Forecaster]
    named: Mapping[str, DailyDemand]
    champion: NDArray[np.str_]
    tested: Backtest
    version: str
    gradient: GradientForecaster | None = None
    library: Mapping[str, str] = field(default_factory=dict)

    def chosen(self) -> DailyDemand:
        return _picked(self.named, self.champion)

    def over(self, panel: Panel, horizons: Whole) -> DailyDemand:
        """The champions' answers over other horizons."""
        origins = np.full(len(horizons), panel.days - 1, dtype=np.int64)
        wanted = sorted(set(self.champion.tolist()))
        return _picked(
            {name: self.forecasters[name](origins, horizons) for name in wanted}, self.champion
        )


def _picked(named: Mapping[str, DailyDemand], champion: NDArray[np.str_]) -> DailyDemand:
    mean, variance = (np.full(len(champion), np.nan) for _ in range(2))
    for name, daily in named.items():
        mine = champion == name
        mean[mine], variance[mine] = daily.mean[mine], daily.variance[mine]
    return DailyDemand(mean, variance)


def outlook(
    lines: Panel, intervals: Intervals, *, items: pl.DataFrame,
    signals: Sequence[Signal] = (), library: MutableMapping[str, str] | None = None,
    choices: Settings = CHOICES,
) -> Outlook:  # fmt: skip
    """Train, judge, choose. `library` holds kept models and takes the new ones."""
    horizons = intervals.length
    named = dict(forecasters(lines))
    gradient = GradientForecaster(
        lines, DAILY, intervals, settings=choices, groups=line_groups(lines, items),
        signals=signals, library=library,
    )  # fmt: skip
    if _trained_for_backtest(gradient, lines, horizons):
        named[GRADIENT] = gradient
    tested = backtest(lines, named, horizons)
    if GRADIENT in named:
        dispersion = fit_dispersion(tested.actual.ravel(), tested.mean[GRADIENT].ravel())
        gradient.train_until(_last_week(lines, lines.days - 1), dispersion=dispersion)
        spread = spread_between_lines(tested.actual, tested.mean[GRADIENT])
        named[ANALOGUES] = Analogues(lines, gradient, spread)
    origins = np.full(len(horizons), lines.days - 1, dtype=np.int64)
    daily = {name: forecast(origins, horizons) for name, forecast in named.items()}
    champion = tested.champion.copy()
    for name in FALLBACK:
        silent = np.array([np.isnan(daily[who].mean[n]) for n, who in enumerate(champion)])
        champion[silent] = name
    if ANALOGUES in daily:
        champion[~np.isnan(daily[ANALOGUES].mean)] = ANALOGUES
    version = _version(lines, gradient)
    return Outlook(named, daily, champion, tested, version, gradient, gradient.kept)


def _trained_for_backtest(gradient: GradientForecaster, lines: Panel, horizons: Whole) -> bool:
    """Models for every second round, oldest first; False where the oldest has too few rows."""
    earliest = origins_of_rounds(lines, horizons).min(axis=1)
    cuts = sorted({_last_week(lines, int(day)) for day in earliest[CUT_EVERY - 1 :: CUT_EVERY]})
    first = gradient.train_until(cuts[0])
    if first is None:
        return False
    for cut in cuts[1:]:
        gradient.train_until(cut, dispersion=first.dispersion)
    return True


def _last_week(lines: Panel, day: int) -> int:
    """Last Sunday up to the day: training rows change once a week, so models live for one."""
    return day - (lines.first_day.weekday() + day - SUNDAY) % WEEK


def line_groups(lines: Panel, items: pl.DataFrame) -> dict[str, NDArray[np.int64]]:
    """Codes of what lines share: the item in all places, the place, the category."""
    category = "category" if "category" in items.columns else None
    known = items.select(
        "company_id", "item_id",
        (pl.col(category) if category else pl.lit("")).fill_null("").alias("category"),
    ).unique(("company_id", "item_id"), keep="first", maintain_order=True)  # fmt: skip
    keys = lines.keys.join(
        known, on=("company_id", "item_id"), how="left", maintain_order="left"
    ).with_columns(pl.col("category").fill_null(""))
    shared = {"item": "item_id", "place": "location_id", "category": "category"}
    return {
        name: keys.select(pl.struct("company_id", column).rank("dense").cast(pl.Int64) - 1)
        .to_series()
        .to_numpy()
        for name, column in shared.items()
    }


def _version(lines: Panel, gradient: GradientForecaster) -> str:
    """Names the data and the models behind every figure of this run."""
    digest = hashlib.sha256(np.ascontiguousarray(lines.values).tobytes())
    digest.update(",".join(model.gradient.key for model in gradient.models).encode())
    return f"{lines.origin.isoformat()}-{digest.hexdigest()[:8]}"
