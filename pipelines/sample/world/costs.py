"""What stock costs while the story runs: one cost pool per item and company, money in cents.

Two books with one face. Both reduce the pool by the figure that is posted (ruling C1), so that
pool and ledger agree to the cent, and the last piece takes the remainder. A piece that is not
there cannot be issued: the story knows its stock. What comes in is named by its receipt where a
cost may follow it, what goes out by its issue where it may come back.

Events of one day must be booked in the order of ruling C2 (receipts first; world/turns.py): the
truth sorts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from pipelines.sample.world.cents import divide, half_up, share
from pipelines.sample.world.fifo import FifoBook, LastCosts
from pipelines.sample.world.morning import Morning

__all__ = ["FifoBook", "MovingAverageBook", "ValueBook"]


class ValueBook(Protocol):
    """Pieces and cents by item, and what a movement costs."""

    qty: defaultdict[str, int]
    value: defaultdict[str, int]
    morning: Morning

    def receive(
        self, item: str, qty: int, value: int, layer_id: str = "", *, on_the_way: bool = False
    ) -> None:
        """Bought pieces (or an opening) at what they are bought for: the last known cost."""

    def arrive(self, item: str, layer_id: str) -> None:
        """Pieces that had their value on the way are here: now their layer is dated (ruling C6)."""

    def count_in(self, item: str, qty: int, layer_id: str = "") -> int:
        """Found pieces enter at the last known cost (ruling C20)."""

    def issue(self, item: str, qty: int, issue_id: str = "") -> int:
        """Pieces for a customer, a kit, a scrap bin or a count that misses them."""

    def return_in(
        self,
        item: str,
        qty: int,
        value: int | None = None,
        *,
        issue_id: str = "",
        layer_id: str = "",
    ) -> int:
        """Pieces of an issue come back at its cost; without it at `value`, else at current cost."""

    def return_out(self, item: str, qty: int, layer_id: str = "") -> int:
        """Pieces go back to the vendor, out of the receipt they came with where it is named."""

    def add_value(self, item: str, layer_id: str, amount: int) -> tuple[int, int]:
        """A late cost of a receipt: (to what is left of it, to what has gone)."""

    def adjust_value(self, item: str, amount: int) -> int:
        """Revaluation or write-down of what is there; the part that found stock."""

    def split(self, item: str, parts: Sequence[int]) -> list[int]:
        """Value of the pool over parts of its pieces; the parts add up to the whole."""

    def received_and_left(self, item: str, layer_id: str) -> tuple[int, int]:
        """Pieces that came with a receipt, and how many of them are still there."""


class MovingAverageBook:
    """Every receipt makes a new average, every issue leaves at it.

    Which receipt is still there, for costs that come late, is answered first in, first out. What is
    on its way keeps its own price until it is received (ruling C6), and nothing is issued from it.
    """

    def __init__(self, item_costs: Mapping[str, int] | None = None) -> None:
        self.qty: defaultdict[str, int] = defaultdict(int)
        self.value: defaultdict[str, int] = defaultdict(int)
        self._last_costs = LastCosts(item_costs)
        self._arrivals = FifoBook()
        self._charged: dict[str, tuple[int, int]] = {}
        self._coming: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        self.morning = Morning()

    def receive(
        self, item: str, qty: int, value: int, layer_id: str = "", *, on_the_way: bool = False
    ) -> None:
        self._last_costs.learn(item, qty, value)
        if on_the_way:
            self._coming[item][layer_id] = qty, value
        self._lay(item, qty, value, layer_id, on_the_way=on_the_way)

    def arrive(self, item: str, layer_id: str) -> None:
        self._arrivals.arrive(item, layer_id)
        self._coming[item].pop(layer_id)

    def count_in(self, item: str, qty: int, layer_id: str = "") -> int:
        worth = self._last_costs.of(item, qty)
        self._lay(item, qty, worth, layer_id)
        return worth

    def issue(self, item: str, qty: int, issue_id: str = "") -> int:
        self._arrivals.issue(item, qty, issue_id)
        cost = self._draw(item, qty)
        if issue_id:
            self._charged[issue_id] = (qty, cost)
        return cost

    def return_in(
        self,
        item: str,
        qty: int,
        value: int | None = None,
        *,
        issue_id: str = "",
        layer_id: str = "",
    ) -> int:
        if not issue_id:
            worth = self._current(item, qty) if value is None else value
            self._lay(item, qty, worth, layer_id)
            return worth
        self._arrivals.return_in(item, qty, issue_id=issue_id)
        out, cost = self._charged[issue_id]
        worth = share(cost, out, qty)
        self._charged[issue_id] = (out - qty, cost - worth)
        self.morning.comes(item, qty, worth)
        self.qty[item] += qty
        self.value[item] += worth
        return worth

    def return_out(self, item: str, qty: int, layer_id: str = "") -> int:
        self._arrivals.return_out(item, qty, layer_id)
        return self._draw(item, qty)

    def add_value(self, item: str, layer_id: str, amount: int) -> tuple[int, int]:
        to_stock = share(amount, *self._arrivals.received_and_left(item, layer_id))
        if layer_id in self._coming[item]:
            qty, value = self._coming[item][layer_id]
            self._coming[item][layer_id] = qty, value + to_stock
        self.morning.comes(item, 0, to_stock)
        self.value[item] += to_stock
        return to_stock, amount - to_stock

    def adjust_value(self, item: str, amount: int) -> int:
        self.morning.leaves(item, self.qty[item], self.value[item])
        if not self.qty[item]:
            return 0
        coming = self._coming[item]
        parts = [self._here(item), *coming.values()]
        by_value = all(value >= 0 for _, value in parts) and any(value for _, value in parts)
        weights = [value if by_value else qty for qty, value in parts]
        for layer_id, part in zip(coming, divide(amount, weights)[1:], strict=True):
            qty, value = coming[layer_id]
            coming[layer_id] = qty, value + part
        self.value[item] += amount
        return amount

    def split(self, item: str, parts: Sequence[int]) -> list[int]:
        assert sum(parts) == self.qty[item], f"{item}: parts {sum(parts)} of {self.qty[item]}"
        return divide(self.value[item], parts)

    def received_and_left(self, item: str, layer_id: str) -> tuple[int, int]:
        return self._arrivals.received_and_left(item, layer_id)

    def _current(self, item: str, qty: int) -> int:
        """Cost of pieces nobody can name: as those that lie there, else as last bought."""
        held, value = self._here(item)
        if held:
            return half_up(Fraction(value * qty, held))
        return self._last_costs.of(item, qty)

    def _here(self, item: str) -> tuple[int, int]:
        """Pieces and cents without what is on its way."""
        coming = self._coming[item].values()
        return (
            self.qty[item] - sum(qty for qty, _ in coming),
            self.value[item] - sum(value for _, value in coming),
        )

    def _lay(
        self, item: str, qty: int, value: int, layer_id: str, *, on_the_way: bool = False
    ) -> None:
        self._arrivals.lay(item, qty, 0, layer_id, on_the_way=on_the_way)
        self.morning.comes(item, qty, value)
        self.qty[item] += qty
        self.value[item] += value

    def _draw(self, item: str, qty: int) -> int:
        self.morning.leaves(item, self.qty[item], self.value[item])
        held, value = self._here(item)
        assert qty <= held, f"{item}: {qty} issued of {held} that are here"
        cost = share(value, held, qty)
        self.qty[item] -= qty
        self.value[item] -= cost
        return cost
