"""Sums that wait: amounts held for pieces and given back in parts that add up to the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines.sample.happenings import Entry
from pipelines.sample.world.accounts import ACCOUNT_OF_ROLE

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


class Held:
    """Pieces and cents by key. What is taken out telescopes: the last piece takes the rest."""

    def __init__(self) -> None:
        self._held: dict[Key, tuple[int, int]] = {}

    def put(self, key: Key, qty: int, cents: int) -> None:
        pieces, amount = self._held.get(key, (0, 0))
        self._held[key] = (pieces + qty, amount + cents)

    def take(self, key: Key, qty: int) -> int:
        """The cents of `qty` pieces; of as many as are held, where that is less."""
        pieces, amount = self._held.get(key, (0, 0))
        qty = min(qty, pieces)
        if qty <= 0:
            return 0
        part = amount if qty == pieces else (2 * amount * qty + pieces) // (2 * pieces)
        self._held[key] = (pieces - qty, amount - part)
        return part

    def __contains__(self, key: Key) -> bool:
        return self._held.get(key, (0, 0))[0] > 0

    def amounts(self) -> Iterator[tuple[Key, int]]:
        """Keys with cents left, in the order in which they came."""
        yield from ((key, amount) for key, (_, amount) in self._held.items() if amount)
