"""What the gradient model has learnt: which inputs weigh most, and how the forecast bends with each.

An effect is shown by itself: all lines of some late origins are forecast again with one signal set
to one reading, the other inputs as they were. A threshold or a bend shows as the readings at which
the forecast moves; a signal without effect stays at 1.
"""

from __future__ import annotations

import numpy as np

from forecasting.contributions import in_words
from forecasting.features import FeatureBuilder, Questions
from forecasting.gradient import Gradient

MOST_ROWS, MOST_READINGS = 2_000, 10
DIGITS = 6


def ranked_inputs(gradient: Gradient) -> list[dict[str, object]]:
    """Inputs that split at least once, by their share of what all splits gained."""
    gain = np.sum(
        [booster.feature_importance("gain") for booster in gradient.boosters],  # type: ignore[attr-defined]
        axis=0,
    )
    order = [place for place in np.argsort(-gain, kind="stable") if gain[place] > 0]
    return [
        {
            "rank": rank,
            "input": gradient.names[place],
            "meaning": in_words(gradient.names[place]),
            "gain_share": round(float(gain[place] / gain.sum()), DIGITS),
        }
        for rank, place in enumerate(order, start=1)
    ]


def effects(
    builder: FeatureBuilder, gradient: Gradient, asked: Questions
) -> list[dict[str, object]]:
    """Per signal whose readings differ over the asked windows: what each multiplies forecasts by."""
    if not builder.signals:
        return []
    rows = np.arange(len(asked)) % max(1, -(-len(asked) // MOST_ROWS)) == 0
    names, matrix = builder.features(asked.take(rows))
    usual = float(gradient.predict_matrix(matrix).mean()) if len(matrix) else 0.0
    if not usual:
        return []
    told: list[dict[str, object]] = []
    for signal in builder.signals:
        name = f"{signal.name}_ahead"
        place = names.index(name)
        known = matrix[:, place][~np.isnan(matrix[:, place])]
        readings = np.unique(known)
        if len(readings) < 2:
            continue
        if len(readings) > MOST_READINGS:
            # spread over what was ever read, or a rare event would not be among them
            readings = np.quantile(readings, np.linspace(0, 1, MOST_READINGS))
        changed, factors = matrix.copy(), []
        for reading in readings:
            changed[:, place] = reading
            times = float(gradient.predict_matrix(changed).mean()) / usual
            factors.append(
                {"reading": round(float(reading), DIGITS), "times": round(times, DIGITS)}
            )
        told.append({"input": name, "meaning": in_words(name), "readings": factors})
    return told
