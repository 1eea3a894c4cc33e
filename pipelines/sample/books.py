"""The two books that can never be wrong in the story: pieces by state, and value by item.

Stock never appears from nowhere: a piece changes state, or it crosses the edge of the company and
is counted there. Value follows the moving average of the company, one pool per item, reduced by
the figure that is posted (ruling C1), so that pool and ledger agree to the cent.
"""

from __future__ import annotations

from collections import defaultdict

OUTSIDE = ""


class StockBook:
    def __init__(self) -> None:
        self.levels: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        self.came_in: defaultdict[str, int] = defaultdict(int)
        self.went_out: defaultdict[str, int] = defaultdict(int)

    def level(self, location: str, item: str, state: str) -> int:
        return self.levels.get((location, item, state), 0)

    def shift(self, location: str, item: str, qty: int, *, leaves: str, enters: str) -> None:
        assert qty > 0, "a piece moves forward; a reversal swaps the two states"
        if leaves == OUTSIDE:
            self.came_in[item] += qty
        else:
            left = self.level(location, item, leaves) - qty
            assert left >= 0, f"{location} {item} has too few pieces in {leaves}"
            self.levels[location, item, leaves] = left
        if enters == OUTSIDE:
            self.went_out[item] += qty
        else:
            self.levels[location, item, enters] += qty

    def owned(self, item: str) -> int:
        return sum(qty for (_, held, _), qty in self.levels.items() if held == item)

    def at(self, location: str, item: str) -> int:
        return sum(
            qty
            for (place, held, _), qty in self.levels.items()
            if (place, held) == (location, item)
        )

    def by_location_and_item(self) -> dict[tuple[str, str], int]:
        totals: dict[tuple[str, str], int] = {}
        for (location, item, _), qty in sorted(self.levels.items()):
            totals[location, item] = totals.get((location, item), 0) + qty
        return totals


class CostBook:
    """Moving average per item over the whole company; money in cents."""

    def __init__(self) -> None:
        self.qty: defaultdict[str, int] = defaultdict(int)
        self.value: defaultdict[str, int] = defaultdict(int)

    def receive(self, item: str, qty: int, value: int) -> None:
        self.qty[item] += qty
        self.value[item] += value

    def issue(self, item: str, qty: int) -> int:
        """Cost of an issue, rounded half up; the last piece takes the remainder of the pool."""
        held = self.qty[item]
        assert 0 < qty <= held, f"{item}: {qty} issued of {held}"
        cost = (2 * self.value[item] * qty + held) // (2 * held)
        self.qty[item] = held - qty
        self.value[item] -= cost
        return cost

    def split(self, item: str, parts: list[int]) -> list[int]:
        """The value of the pool over parts of its quantity; the parts add up to the whole."""
        held, value = self.qty[item], self.value[item]
        assert sum(parts) == held, f"{item}: parts {sum(parts)} of {held}"
        shares, so_far, given = [], 0, 0
        for part in parts:
            so_far += part
            upto = (2 * value * so_far + held) // (2 * held) if held else 0
            shares.append(upto - given)
            given = upto
        return shares
