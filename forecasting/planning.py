"""All that the room computes in one run: forecasts, reorder points, transfers, the plan in money."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from forecasting.accuracy import accuracy_rows, verdict
from forecasting.contributions import contribution_rows
from forecasting.demand import KEY
from forecasting.financial_plan import months_after, plan_rows, units_of
from forecasting.model_card import model_card
from forecasting.policies import policy_per_line
from forecasting.quantiles import quantile_rows
from forecasting.reorder import Study, forecast_and_reorder, study
from forecasting.tables import (
    FINANCIAL_PLAN,
    FORECAST_ACCURACY,
    FORECAST_QUANTILE,
    FORECAST_REASON,
    TRANSFER_PLAN,
    Schema,
    shaped,
)
from forecasting.transfer_advice import advise_transfers


@dataclass(frozen=True, slots=True)
class Inputs:
    """Tables that planning reads, as the build made them.

    economics: company_id, item_id, location_id, unit_price, unit_cost; payment: company_id,
    days_to_receive, days_to_pay; events and readings as they were known by the run.
    """

    demand: pl.DataFrame
    lead_times: pl.DataFrame
    policies: pl.DataFrame
    items: pl.DataFrame
    positions: pl.DataFrame
    economics: pl.DataFrame
    lanes: pl.DataFrame
    payment: pl.DataFrame
    events: pl.DataFrame
    readings: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Planned:
    """Frames of `computed.*` by table, the verdict on the models for people who run it, and the
    card that is kept with the version."""

    frames: dict[str, pl.DataFrame]
    verdict: str
    card: dict[str, object] = field(default_factory=dict)


EMPTY: dict[str, Schema] = {
    "forecast_quantile": FORECAST_QUANTILE,
    "forecast_accuracy": FORECAST_ACCURACY,
    "forecast_reason": FORECAST_REASON,
    "transfer_plan": TRANSFER_PLAN,
    "financial_plan": FINANCIAL_PLAN,
}


def plan(given: Inputs, *, as_of: date, library: MutableMapping[str, str] | None = None) -> Planned:
    """Everything from one study of the demand; empty frames where nothing was ever asked for."""
    found = study(
        given.demand, given.lead_times, given.policies, given.items, as_of=as_of,
        events=given.events, readings=given.readings, library=library,
    )  # fmt: skip
    forecast, reorder = forecast_and_reorder(found)
    frames = {"forecast": forecast, "reorder": reorder}
    if found is None:
        frames |= {name: shaped(pl.DataFrame(), schema) for name, schema in EMPTY.items()}
        return Planned(frames, "no demand by the day of the run: nothing to forecast")
    frames |= _beside(found, given, reorder, as_of=as_of)
    return Planned(frames, verdict(found.seen), model_card(found.lines, found.seen))


def _beside(
    found: Study, given: Inputs, reorder: pl.DataFrame, *, as_of: date
) -> dict[str, pl.DataFrame]:
    quantiles = quantile_rows(found.lines, found.terms, found.seen, found.calibration)
    terms = policy_per_line(found.lines.keys, given.policies, given.items, as_of=as_of)
    months = months_after(found.lines.origin)
    made = {
        "forecast_quantile": quantiles,
        "forecast_accuracy": accuracy_rows(
            found.lines, found.terms["horizon_days"].to_numpy(), found.seen
        ),
        "forecast_reason": contribution_rows(found.lines, found.terms, found.seen),
        "transfer_plan": advise_transfers(
            quantiles, terms.select(*KEY, "holding_rate"), given.positions, given.economics,
            given.lanes, given.items, as_of=as_of,
        ),
        "financial_plan": plan_rows(
            found.lines.keys, units_of(found.lines, found.seen, months), months,
            economics=given.economics, positions=given.positions, reorders=reorder,
            items=given.items, payment=given.payment, version=found.seen.version,
        ),
    }  # fmt: skip
    return {name: shaped(frame, EMPTY[name]) for name, frame in made.items()}
