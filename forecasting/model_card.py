"""What stands behind a forecast version, in words and numbers a later reader can check."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

import numpy as np

from forecasting.demand import Panel
from forecasting.outlook import Outlook


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
                "parameters": asdict(model.gradient.settings),
            }
            for model in trained
        ],
        "metrics": [
            {**row, "pinball_scaled": round(row["pinball_scaled"], 6)}
            for row in judged.iter_rows(named=True)
        ],
    }
