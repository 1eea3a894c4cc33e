"""Cost stories: events in a line each, valued under one policy; money in plain figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl

from models.contracts import COST_INPUT
from pipelines.engines.costing import Valuation, value

DAY = date(2025, 1, 1)
FOREVER = date(9999, 12, 31)
AS_OF = datetime(2026, 12, 31, 23, tzinfo=UTC)
DEFAULTS = {
    "cost_pool": "company",
    "average_period": "month",
    "negative_stock": "true_up",
    "backdating": "restate",
    "late_cost": "split",
    "returned_layer": "original",
    "rounding_residual": "last_issue",
    "same_day_order": "receipts_first",
    "currency_decimals": 2,
}
COST_ONLY = ("arrival", "landed_cost", "invoice_variance", "revaluation", "nrv")


def frame(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    contract = COST_INPUT[name]
    full = [{column: row.get(column) for column in contract.polars_types()} for row in rows]
    return pl.DataFrame(full, schema=contract.polars_types(), orient="row")


@dataclass
class Story:
    """Events come one hour after the other on the day they are given."""

    method: str = "fifo"
    policy: dict[str, object] = field(default_factory=dict)
    standards: list[tuple[str, date, str]] = field(default_factory=list)
    periods: list[dict[str, object]] = field(default_factory=list)
    events: list[dict[str, object]] = field(default_factory=list)
    more_policies: list[dict[str, object]] = field(default_factory=list)

    def tell(self, kind: str, qty: object = 0, amount: object = None, **given: object) -> str:
        number = len(self.events) + 1
        day = given.pop("day", DAY)
        assert isinstance(day, date)
        name = str(given.pop("name", f"{kind}-{number}"))
        hour = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=number)
        row: dict[str, object] = {
            "company_id": "C", "event_id": name, "version_number": 1, "item_id": "A",
            "movement_id": name, "movement_line": "", "event_kind": kind, "posting_date": day,
            "event_at": hour, "qty_base": Decimal(str(qty)),
            "amount": None if amount is None else Decimal(str(amount)),
            "linked_event_id": "", "job_id": "", "lot_number": "", "location_id": "L1",
            "is_on_the_way": False, "known_at": hour,
        }  # fmt: skip
        if "known_unit_cost" in given:
            given["known_unit_cost"] = Decimal(str(given["known_unit_cost"]))
        self.events.append({**row, **given})
        return name

    def policies(self) -> list[dict[str, object]]:
        items = sorted({str(row["item_id"]) for row in self.events})
        held = [
            {
                **DEFAULTS, "company_id": "C", "item_id": item, "location_id": "",
                "policy_id": "P", "costing_method": self.method, "is_comparison": False,
                "valid_from": date(1900, 1, 1), "valid_to": FOREVER, **self.policy,
            }
            for item in items
        ]  # fmt: skip
        return held + [{**held[0], **row} for row in self.more_policies]

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Events and policies as the engine reads them."""
        return frame("cost_event", self.events), frame("cost_policy", self.policies())

    def valued(self) -> Valuation:
        events, policies = self.frames()
        standards = [
            {"company_id": "C", "item_id": item, "valid_from": since, "unit_cost": Decimal(cost)}
            for item, since, cost in self.standards
        ]
        return value(
            events,
            policies,
            standards=frame("standard_cost", standards),
            periods=frame("cost_period", self.periods),
            as_of=AS_OF,
        )


def entry(valuation: Valuation, movement: str, kind: str | None = None) -> tuple[str, str]:
    """(change of stock value, expense) of a movement, summed over its entries of a kind."""
    rows = valuation.entries.filter(pl.col("movement_id") == movement)
    if kind is not None:
        rows = rows.filter(pl.col("entry_kind") == kind)
    return figure(rows["cost_amount"].sum()), figure(rows["cogs_amount"].sum())


def figure(amount: object) -> str:
    return str(Decimal(str(amount or 0)).quantize(Decimal("0.01")))


def ending(valuation: Valuation) -> tuple[str, str]:
    layers = valuation.layers
    qty = Decimal(str(layers["qty_remaining"].sum() or 0)).normalize()
    return f"{qty:f}", figure(layers["value_remaining"].sum())
