"""Layers: the pieces of a cost pool in the order they came, and pieces owed to issues.

An issue takes layers in the order of its method. Where nothing is left, the rest is owed at the
last known cost; the next pieces that come in settle it, and the difference is a true-up (B.6). So
a pool never has pieces on hand and pieces owed at the same time. What was drawn is remembered by
movement: a customer return puts the pieces that were consumed last back where they came from, at
what was charged for them (ruling C4). A layer on its way has no place in the order yet: it is taken
where nothing else is there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import insort
from dataclasses import dataclass
from fractions import Fraction

from pipelines.sample.truth.costing.pool import Moved, Part, Row, Settled
from pipelines.sample.truth.costing.rounding import half_up, share, spread


@dataclass(slots=True, eq=False)
class Layer:
    layer_id: str
    number: int
    received: int = 0
    left: int = 0
    value: int = 0
    is_coming: bool = False


@dataclass(slots=True, eq=False)
class Draw:
    """Pieces that left for one movement out of one layer; no layer: they are still owed."""

    movement_id: str
    layer: Layer | None
    qty: int
    cost: int


class LayeredPool(ABC):
    """`qty` pieces and `value` cents are net of what is owed."""

    def __init__(self) -> None:
        self.qty = 0
        self.value = 0
        self._layers: dict[str, Layer] = {}
        self._numbered: list[Layer] = []
        self._open: list[int] = []  # numbers of the layers with something left
        self._coming: list[int] = []  # the same of those that are on their way
        self._owed: list[Draw] = []
        self._draws: dict[str, list[Draw]] = {}

    @abstractmethod
    def _next(self) -> int:
        """Number of the open layer that the method takes first."""

    def receive(self, layer_id: str, qty: int, value: int, *, on_the_way: bool = False) -> Moved:
        layer = self._layer(layer_id)
        layer.is_coming = on_the_way
        layer.received += qty
        self._put(layer, qty, value)
        return Moved(value, self._settle())

    def arrive(self, layer_id: str) -> None:
        """The layer takes its place behind all that are here."""
        layer = self._layers[layer_id]
        if layer.left:
            self._coming.remove(layer.number)
        layer.is_coming, layer.number = False, len(self._numbered)
        self._numbered.append(layer)
        if layer.left:
            self._open.append(layer.number)

    def take(self, movement_id: str, qty: int, unit: Fraction) -> int:
        """Cost of pieces that leave; those that are not there are owed at `unit`."""
        draws = self._draw_in_order(movement_id, qty, unit)
        return self._record(movement_id, draws)

    def take_from(self, movement_id: str, layer_id: str, qty: int, unit: Fraction) -> int:
        """Cost of pieces out of one layer; what it no longer has comes from the current ones."""
        draws = []
        layer = self._layers.get(layer_id)
        own = min(qty, layer.left) if layer else 0
        if layer and own:
            draws.append(Draw(movement_id, layer, own, self._draw(layer, own)))
        draws += self._draw_in_order(movement_id, qty - own, unit)
        return self._record(movement_id, draws)

    def undo_receipt(
        self, movement_id: str, layer_id: str, qty: int, paid: int, unit: Fraction
    ) -> int:
        """Cost of pieces that never really came, for which `paid` was booked."""
        return self.take_from(movement_id, layer_id, qty, unit)

    def returnable(self, issue_id: str) -> int:
        return sum(draw.qty for draw in self._draws.get(issue_id, ()))

    def give_back(self, issue_id: str, movement_id: str, qty: int) -> Moved:
        """Pieces of an issue come back, the last consumed first, at what they were charged."""
        value = 0
        for draw in reversed(self._draws[issue_id]):
            part = min(qty, draw.qty)
            if part:
                value += self._undraw(draw, part)
                qty -= part
        assert qty == 0, f"{movement_id} gives back {qty} more than {issue_id} took"
        return Moved(value, self._settle())

    def release(self, issue_id: str, qty: int) -> list[Part]:
        """Pieces of an issue that go on to another pool, the first consumed first, with value."""
        parts = []
        for place, draw in enumerate(self._draws[issue_id]):
            part = min(qty, draw.qty)
            if not part:
                continue
            cost = share(draw.cost, draw.qty, part)
            parts.append(Part(draw.layer.layer_id if draw.layer else "", part, cost))
            qty -= part
            if draw.layer is None:  # stays owed here, but can be given on only once
                rest = Draw(issue_id, None, draw.qty - part, draw.cost - cost)
                self._draws[issue_id][place] = rest
                owed = self._owed.index(draw)
                pieces = [Draw(issue_id, None, part, cost), rest]
                self._owed[owed : owed + 1] = [debt for debt in pieces if debt.qty]
            else:
                draw.qty -= part
                draw.cost -= cost
        assert qty == 0, f"{issue_id} has {qty} pieces too few to give on"
        return parts

    def add_value(self, layer_id: str, amount: int) -> tuple[int, int]:
        """A cost that comes late: (to what is left of the layer, to expense); B.4, E10."""
        layer = self._layers[layer_id]
        to_stock = share(amount, layer.received, layer.left) if layer.left else 0
        layer.value += to_stock
        self.value += to_stock
        return to_stock, amount - to_stock

    def received_and_left(self, layer_id: str) -> tuple[int, int]:
        layer = self._layers[layer_id]
        return layer.received, layer.left

    def here(self) -> tuple[int, int]:
        """Pieces and cents of which one more piece would be one."""
        return self.qty, self.value

    def revalue(self, amount: int) -> int:
        """Change of value over what is on hand, by value (by pieces where there is none)."""
        layers = [self._numbered[number] for number in (*self._open, *self._coming)]
        if not layers:
            return 0
        weights = [layer.value for layer in layers]
        if min(weights) < 0 or not sum(weights):
            weights = [layer.left for layer in layers]
        for layer, part in zip(layers, spread(amount, weights), strict=True):
            layer.value += part
        self.value += amount
        return amount

    def rows(self) -> list[Row]:
        on_hand = (self._numbered[number] for number in (*self._open, *self._coming))
        rows = [Row(layer.layer_id, layer.left, layer.value) for layer in on_hand]
        return rows + [Row(debt.movement_id, -debt.qty, -debt.cost) for debt in self._owed]

    # what follows is how pieces go in and out of layers

    def _layer(self, layer_id: str) -> Layer:
        if layer_id not in self._layers:
            self._layers[layer_id] = Layer(layer_id, len(self._numbered))
            self._numbered.append(self._layers[layer_id])
        return self._layers[layer_id]

    def _now(self, layer: Layer) -> Layer:
        """Where the pieces of a layer are by now."""
        return layer

    def _first(self) -> Layer | None:
        if self._open:
            return self._numbered[self._next()]
        return self._numbered[self._coming[0]] if self._coming else None

    def _put(self, layer: Layer, qty: int, value: int) -> None:
        if not layer.left:
            insort(self._coming if layer.is_coming else self._open, layer.number)
        layer.left += qty
        layer.value += value
        self.qty += qty
        self.value += value

    def _draw(self, layer: Layer, qty: int) -> int:
        cost = share(layer.value, layer.left, qty)
        layer.left -= qty
        layer.value -= cost
        self.qty -= qty
        self.value -= cost
        if not layer.left:
            (self._coming if layer.is_coming else self._open).remove(layer.number)
        return cost

    def _draw_in_order(self, movement_id: str, qty: int, unit: Fraction) -> list[Draw]:
        draws = []
        while qty and (layer := self._first()):
            part = min(qty, layer.left)
            draws.append(Draw(movement_id, layer, part, self._draw(layer, part)))
            qty -= part
        if qty:
            debt = Draw(movement_id, None, qty, half_up(unit * qty))
            self._owed.append(debt)
            self.qty -= qty
            self.value -= debt.cost
            draws.append(debt)
        return draws

    def _undraw(self, draw: Draw, qty: int) -> int:
        value = share(draw.cost, draw.qty, qty)
        draw.qty -= qty
        draw.cost -= value
        if draw.layer:
            self._put(self._now(draw.layer), qty, value)
            return value
        self.qty += qty
        self.value += value
        if not draw.qty:
            self._owed.remove(draw)
        return value

    def _settle(self) -> tuple[Settled, ...]:
        settled = []
        while self._owed and (layer := self._first()):
            debt = self._owed[0]
            part = min(debt.qty, layer.left)
            provisional = self._undraw(debt, part)
            actual = Draw(debt.movement_id, layer, part, self._draw(layer, part))
            self._replace(debt, actual, actual.cost - provisional)
            settled.append(Settled(debt.movement_id, actual.cost - provisional))
        return tuple(settled)

    def _record(self, movement_id: str, draws: list[Draw]) -> int:
        self._draws[movement_id] = draws
        return sum(draw.cost for draw in draws)

    def _replace(self, debt: Draw, actual: Draw, difference: int) -> None:
        """Pieces of a debt now have a layer; they were consumed before what is still owed."""
        draws = self._draws.get(debt.movement_id, [])
        if debt in draws:
            draws.insert(draws.index(debt), actual)


class FifoPool(LayeredPool):
    """An issue takes the oldest layer that is open."""

    def _next(self) -> int:
        return self._open[0]


class LifoPool(LayeredPool):
    """An issue takes the newest layer open at that moment."""

    def _next(self) -> int:
        return self._open[-1]
