"""A cost story as a controller tells it: movement after movement, amounts in currency."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from pipelines.sample.truth.costing import (
    CostEntry,
    CostEvent,
    CostKind,
    CostSettings,
    CostTruth,
    cost_truth,
)

FIRST_DAY = date(2026, 1, 1)
Money = int | str  # of the currency; a string where there are cents


def cents(amount: Money | Fraction) -> int:
    exact = Fraction(amount) * 100
    assert exact.denominator == 1, f"{amount} is no whole number of cents"
    return int(exact)


@dataclass
class CostStory:
    """Events get the names m1, m2, ... and a day of their own each, unless a day is given."""

    item: str = "A"
    events: list[CostEvent] = field(default_factory=list)

    def tell(
        self, kind: str, qty: int = 0, amount: Money | Fraction | None = None, *, ref: str = "",
        day: date | None = None, lot: str = "", location: str = "", item: str = "",
    ) -> str:  # fmt: skip
        number = len(self.events) + 1
        on = day or FIRST_DAY + timedelta(days=number - 1)
        at = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(minutes=number)
        self.events.append(
            CostEvent(
                f"m{number}", CostKind(kind), item or self.item, on, at, qty,
                None if amount is None else cents(amount), ref, lot, location,
            )
        )  # fmt: skip
        return f"m{number}"

    def buy(self, qty: int, unit: Money, **where: object) -> str:
        return self.tell("receipt", qty, Fraction(unit) * qty, **where)  # type: ignore[arg-type]

    def issue(self, qty: int, **where: object) -> str:
        return self.tell("issue", qty, **where)  # type: ignore[arg-type]

    def by(self, method: str, **settings: object) -> Costed:
        return Costed(cost_truth(self.events, method, CostSettings(**settings)))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Costed:
    """The answer, in currency."""

    truth: CostTruth

    def rows(self, movement_id: str) -> list[CostEntry]:
        return [entry for entry in self.truth.entries if entry.movement_id == movement_id]

    def cost(self, movement_id: str) -> Fraction:
        """What left stock for a movement in the end, true-ups that it caused included."""
        of_movement = (
            entry.cost_amount
            for entry in self.truth.entries
            if (entry.caused_by if entry.entry_kind == "true_up" else entry.movement_id)
            == movement_id
        )
        return Fraction(-sum(of_movement), 100)

    def costs(self, *movement_ids: str) -> list[str]:
        """As a person writes them down, with two decimals."""
        amounts = (int(self.cost(movement) * 100) for movement in movement_ids)
        return [f"{Decimal(amount) / 100:.2f}" for amount in amounts]

    def split(self, movement_id: str) -> tuple[Fraction, Fraction]:
        """(to stock, to expense) of one movement."""
        rows = self.rows(movement_id)
        to_stock, to_expense = (
            sum(row.cost_amount for row in rows), sum(row.cogs_amount for row in rows)
        )  # fmt: skip
        return Fraction(to_stock, 100), Fraction(to_expense, 100)

    def end(self, scope: str | None = None, item: str = "A") -> tuple[int, Fraction]:
        """Pieces and value left."""
        layers = [
            layer
            for layer in self.truth.layers
            if layer.item == item and scope in (None, layer.scope)
        ]
        qty = sum(layer.qty_remaining for layer in layers)
        return qty, Fraction(sum(layer.value_remaining for layer in layers), 100)

    def layers(self) -> dict[str, tuple[int, Fraction]]:
        return {
            layer.layer_id: (layer.qty_remaining, Fraction(layer.value_remaining, 100))
            for layer in self.truth.layers
        }
