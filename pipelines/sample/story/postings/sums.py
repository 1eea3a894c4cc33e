"""Sums that wait: amounts held for pieces and given back in parts that add up to the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.sample.happenings import Entry
from pipelines.sample.world.accounts import ACCOUNT_OF_ROLE
from pipelines.sample.world.cents import share

Key = tuple[object, ...]
Facts = dict[str, Any]
FX_UNIT = 1_000_000


def converted(cents: int, fx_rate: int) -> int:
    """Company currency, half away from zero; `fx_rate` in millionths."""
    amount = (abs(cents) * fx_rate + FX_UNIT // 2) // FX_UNIT
    return amount if cents >= 0 else -amount


def pair(debit: str, credit: str, amount: int, **facts: Any) -> list[Entry]:
    """Debit and credit of one amount; nothing where there is none or both roles are one."""
    if not amount or debit == credit:
        return []
    qty = facts.pop("qty", None)
    away = None if qty is None else -qty
    return [
        Entry(debit, amount, qty=qty, account=ACCOUNT_OF_ROLE[debit], **facts),
        Entry(credit, -amount, qty=away, account=ACCOUNT_OF_ROLE[credit], **facts),
    ]


@dataclass(slots=True)
class Lot:
    """Pieces that came in together; `taken` of them are out again."""

    qty: int
    cents: int
    taken: int = 0

    @property
    def left(self) -> int:
        return self.qty - self.taken

    @property
    def cents_left(self) -> int:
        return self.cents - share(self.cents, self.qty, self.taken)

    def take(self, qty: int) -> int:
        before = self.cents_left
        self.taken += qty
        return before - self.cents_left


class Held:
    """Pieces and cents by key: what came in first is taken out first, as stock ages (ruling B7).

    The cents of each lot telescope, so that its last piece takes the rest."""

    def __init__(self) -> None:
        self._lots: dict[Key, list[Lot]] = {}

    def put(self, key: Key, qty: int, cents: int) -> None:
        """Pieces that come in; a negative number takes them back out of the newest lot, and what
        comes without pieces (another part of a kit) goes with those of its key."""
        lots = self._lots.setdefault(key, [])
        if qty <= 0 and lots:
            lots[-1].qty += qty
            lots[-1].cents += cents
        else:
            lots.append(Lot(qty, cents))

    def take(self, key: Key, qty: int) -> int:
        """The cents of `qty` pieces; of as many as are held, where that is less."""
        cents = 0
        for lot in self._lots.get(key, []):
            part = min(qty, lot.left)
            if part > 0:
                cents += lot.take(part)
                qty -= part
        return cents

    def __contains__(self, key: Key) -> bool:
        return any(lot.left > 0 for lot in self._lots.get(key, []))

    def amounts(self) -> Iterator[tuple[Key, int]]:
        """Keys with cents left, in the order in which they came."""
        for key, lots in self._lots.items():
            if cents := sum(lot.cents_left for lot in lots):
                yield key, cents
