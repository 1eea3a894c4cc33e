"""What stands behind a forecast version, in words and numbers a later reader can check.

Of each trained model the inputs by weight; of the newest, how the forecast bends with each signal.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict

import numpy as np

from forecasting.demand import Panel
from forecasting.effects import effects, ranked_inputs
from forecasting.features import Questions
from forecasting.gradient_forecaster import GradientForecaster
from forecasting.outlook import WEEK, Outlook

EFFECT_WEEKS = 26


def model_card(lines: Panel, seen: Outlook) -> dict[str, object]:
    """Version, data snapshot, trained models with their parameters, and what each group chose.

    Losses are mean scaled quantile losses of the backtest; numbers are rounded to six digits, so
    that the same run writes the same bytes.
    """
    judged = seen.tested.by_segment.sort("company_id", "segment", "volume", "forecaster")
    trained = seen.gradient.models if seen.gradient is not None else []
    return {
        "forecast_version": seen.version,
        "origin_date": lines.origin.isoformat(),
        "data": {
            "lines": lines.keys.height,
            "first_day": lines.first_day.isoformat(),
            "days": lines.days,
            "days_known": int(np.sum(~np.isnan(lines.values))),
            "demand": round(float(np.nansum(lines.values)), 6),
            "digest": hashlib.sha256(np.ascontiguousarray(lines.values).tobytes()).hexdigest(),
        },
        "models": [
            {
                "key": model.gradient.key,
                "trained_until": int(model.cut),
                "rows": model.gradient.rows,
                "features": list(model.gradient.names),
                "inputs": ranked_inputs(model.gradient),
                "parameters": asdict(model.gradient.settings),
            }
            for model in trained
        ],
        "effects": _effects(seen.gradient),
        "metrics": [
            {**row, "pinball_scaled": round(row["pinball_scaled"], 6)}
            for row in judged.iter_rows(named=True)
        ],
    }


def _effects(forecaster: GradientForecaster | None) -> list[dict[str, object]]:
    """Over the own interval of every line, from weekly origins of the last half year."""
    if forecaster is None or not forecaster.models:
        return []
    newest, panel = forecaster.models[-1], forecaster.panel
    origins = np.arange(panel.days - 1, 0, -WEEK)[:EFFECT_WEEKS]
    line, origin = (part.ravel() for part in np.meshgrid(np.arange(panel.values.shape[0]), origins))
    asked = Questions(line, origin, np.ones_like(line), forecaster.intervals.length[line])
    return effects(forecaster.builder, newest.gradient, asked.take(origin > panel.starts[line]))
