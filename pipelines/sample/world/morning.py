"""What a pool held on a day when all had come in and nothing had left."""

from __future__ import annotations


class Morning:
    """Pieces and cents by item, kept from the first piece that leaves on a day until its end.

    Goods that only change places stay in their pool. In the order of ruling C2 they do so between
    what comes in and what leaves, whatever the hour, and are worth their share of the pool then.
    """

    def __init__(self) -> None:
        self._held: dict[str, tuple[int, int]] = {}

    def begin(self) -> None:
        """A new day: nothing has left yet."""
        self._held.clear()

    def leaves(self, item: str, qty: int, value: int) -> None:
        """Something leaves, or changes value, of a pool with so many pieces and cents."""
        self._held.setdefault(item, (qty, value))

    def comes(self, item: str, qty: int, value: int) -> None:
        """What comes in later in the day comes before, in the order that counts."""
        if item in self._held:
            held, worth = self._held[item]
            self._held[item] = held + qty, worth + value

    def share(self, item: str, part: int, qty: int, value: int) -> int:
        """Cents of a part, half up; of a pool with `qty` and `value` where nothing left today."""
        held, worth = self._held.get(item, (qty, value))
        return (2 * worth * part + held) // (2 * held) if held > 0 else 0
