"""First in, first out, while the story runs; its face is explained in `costs.ValueBook`."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipelines.sample.world.cents import divide, half_up, share
from pipelines.sample.world.morning import Morning


class LastCosts:
    """Last known cost by item (ruling C9): of the last receipt, else of the item master."""

    def __init__(self, item_costs: Mapping[str, int] | None) -> None:
        self._units = {item: Fraction(cost) for item, cost in (item_costs or {}).items()}

    def learn(self, item: str, qty: int, value: int) -> None:
        self._units[item] = Fraction(value, qty)

    def of(self, item: str, qty: int) -> int:
        return half_up(self._units.get(item, Fraction(0)) * qty)


@dataclass(slots=True)
class Layer:
    """Pieces of one arrival: its place in the queue, how many came, what is left and its value."""

    place: int
    received: int
    left: int
    value: int
    is_coming: bool = False


class FifoBook:
    """The oldest pieces leave first; what comes back goes to where it was taken from last."""

    def __init__(self, item_costs: Mapping[str, int] | None = None) -> None:
        self.qty: defaultdict[str, int] = defaultdict(int)
        self.value: defaultdict[str, int] = defaultdict(int)
        self._last_costs = LastCosts(item_costs)
        self._layers: defaultdict[str, list[Layer]] = defaultdict(list)
        self._open: defaultdict[str, list[int]] = defaultdict(list)  # places, in order
        self._coming: defaultdict[str, list[int]] = defaultdict(list)
        self._named: dict[tuple[str, str], Layer] = {}
        self._taken: dict[str, list[tuple[Layer, int, int]]] = {}
        self.morning = Morning()

    def receive(
        self, item: str, qty: int, value: int, layer_id: str = "", *, on_the_way: bool = False
    ) -> None:
        self._last_costs.learn(item, qty, value)
        self.lay(item, qty, value, layer_id, on_the_way=on_the_way)

    def arrive(self, item: str, layer_id: str) -> None:
        layer, layers = self._named[item, layer_id], self._layers[item]
        if layer.left:
            self._coming[item].remove(layer.place)
        layer.is_coming, layer.place = False, len(layers)
        layers.append(layer)
        if layer.left:
            self._open[item].append(layer.place)

    def count_in(self, item: str, qty: int, layer_id: str = "") -> int:
        worth = self._last_costs.of(item, qty)
        self.lay(item, qty, worth, layer_id)
        return worth

    def issue(self, item: str, qty: int, issue_id: str = "") -> int:
        assert 0 < qty <= self.qty[item], f"{item}: {qty} issued of {self.qty[item]}"
        taken = []
        while qty:
            layer = self._layers[item][(self._open[item] or self._coming[item])[0]]
            part = min(qty, layer.left)
            taken.append((layer, part, self._draw(item, layer, part)))
            qty -= part
        if issue_id:
            self._taken[issue_id] = taken
        return sum(cost for _, _, cost in taken)

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
            self.lay(item, qty, worth, layer_id)
            return worth
        back, taken = 0, self._taken[issue_id]
        while qty:
            layer, of_layer, cost = taken.pop()
            part = min(qty, of_layer)
            worth = share(cost, of_layer, part)
            self._put(item, layer, part, worth)
            if part < of_layer:
                taken.append((layer, of_layer - part, cost - worth))
            back, qty = back + worth, qty - part
        return back

    def return_out(self, item: str, qty: int, layer_id: str = "") -> int:
        assert 0 < qty <= self.qty[item], f"{item}: {qty} sent back of {self.qty[item]}"
        layer = self._named.get((item, layer_id))
        own = min(qty, layer.left) if layer else 0
        cost = self._draw(item, layer, own) if layer and own else 0
        return cost + (self.issue(item, qty - own) if own < qty else 0)

    def add_value(self, item: str, layer_id: str, amount: int) -> tuple[int, int]:
        layer = self._named[item, layer_id]
        to_stock = share(amount, layer.received, layer.left)
        self.morning.comes(item, 0, to_stock)
        layer.value += to_stock
        self.value[item] += to_stock
        return to_stock, amount - to_stock

    def adjust_value(self, item: str, amount: int) -> int:
        self.morning.leaves(item, self.qty[item], self.value[item])
        places = (*self._open[item], *self._coming[item])
        layers = [self._layers[item][place] for place in places]
        if not layers:
            return 0
        by_value = all(layer.value >= 0 for layer in layers) and any(
            layer.value for layer in layers
        )
        weights = [layer.value if by_value else layer.left for layer in layers]
        for layer, part in zip(layers, divide(amount, weights), strict=True):
            layer.value += part
        self.value[item] += amount
        return amount

    def split(self, item: str, parts: Sequence[int]) -> list[int]:
        assert sum(parts) == self.qty[item], f"{item}: parts {sum(parts)} of {self.qty[item]}"
        return divide(self.value[item], parts)

    def received_and_left(self, item: str, layer_id: str) -> tuple[int, int]:
        layer = self._named[item, layer_id]
        return layer.received, layer.left

    def lay(
        self, item: str, qty: int, value: int, layer_id: str, *, on_the_way: bool = False
    ) -> None:
        """Pieces at the end of the queue, whatever brought them."""
        layer = Layer(len(self._layers[item]), qty, 0, 0, on_the_way)
        self._layers[item].append(layer)
        if layer_id:
            self._named[item, layer_id] = layer
        self._put(item, layer, qty, value)

    def _current(self, item: str, qty: int) -> int:
        """Cost of pieces nobody can name: as those that lie there, else as last bought."""
        held = self.qty[item]
        if held:
            return half_up(Fraction(self.value[item] * qty, held))
        return self._last_costs.of(item, qty)

    def _put(self, item: str, layer: Layer, qty: int, value: int) -> None:
        if not layer.left:
            insort((self._coming if layer.is_coming else self._open)[item], layer.place)
        self.morning.comes(item, qty, value)
        layer.left += qty
        layer.value += value
        self.qty[item] += qty
        self.value[item] += value

    def _draw(self, item: str, layer: Layer, qty: int) -> int:
        self.morning.leaves(item, self.qty[item], self.value[item])
        cost = share(layer.value, layer.left, qty)
        layer.left -= qty
        layer.value -= cost
        self.qty[item] -= qty
        self.value[item] -= cost
        if not layer.left:
            (self._coming if layer.is_coming else self._open)[item].remove(layer.place)
        return cost
