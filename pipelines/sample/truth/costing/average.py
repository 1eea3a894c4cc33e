"""Moving average: all pieces of a pool are one layer, into which every receipt is poured.

What is on its way is no receipt yet: it keeps its own price until it arrives (ruling C6).
Which receipt the pieces on hand came with is still asked, for costs that come late: first in,
first out (ruling C3). A second pool without value answers it.
"""

from __future__ import annotations

from fractions import Fraction

from pipelines.sample.truth.costing.layers import FifoPool, Layer
from pipelines.sample.truth.costing.pool import Moved, Part, Row
from pipelines.sample.truth.costing.rounding import share

NOTHING = Fraction(0)


class AveragePool(FifoPool):
    def __init__(self) -> None:
        super().__init__()
        self._whole = super()._layer("")
        self._arrivals = FifoPool()

    def _layer(self, layer_id: str) -> Layer:
        return self._whole

    def receive(self, layer_id: str, qty: int, value: int, *, on_the_way: bool = False) -> Moved:
        self._arrivals.receive(layer_id, qty, 0, on_the_way=on_the_way)
        if not on_the_way:
            return super().receive(layer_id, qty, value)
        layer = super()._layer(layer_id)
        layer.is_coming = True
        layer.received += qty
        self._put(layer, qty, value)
        return Moved(value, self._settle())

    def arrive(self, layer_id: str) -> None:
        self._arrivals.arrive(layer_id)
        layer = self._layers[layer_id]
        left, value = layer.left, layer.value
        if left:
            self._coming.remove(layer.number)
            self.qty -= left
            self.value -= value
        layer.is_coming, layer.left, layer.value = False, 0, 0
        if left:
            self._put(self._whole, left, value)

    def here(self) -> tuple[int, int]:
        return self._whole.left, self._whole.value

    def _now(self, layer: Layer) -> Layer:
        return layer if layer.is_coming else self._whole

    def _is_coming(self, layer_id: str) -> bool:
        return layer_id in self._layers and self._layers[layer_id].is_coming

    def take(self, movement_id: str, qty: int, unit: Fraction) -> int:
        self._arrivals.take(movement_id, qty, NOTHING)
        return super().take(movement_id, qty, unit)

    def take_from(self, movement_id: str, layer_id: str, qty: int, unit: Fraction) -> int:
        """The pieces are those of the receipt, their cost is the average (ruling C8)."""
        self._arrivals.take_from(movement_id, layer_id, qty, NOTHING)
        if self._is_coming(layer_id):
            return super().take_from(movement_id, layer_id, qty, unit)
        return super().take(movement_id, qty, unit)

    def undo_receipt(
        self, movement_id: str, layer_id: str, qty: int, paid: int, unit: Fraction
    ) -> int:
        """Takes out what was poured in, so that a typing error leaves the average as it was."""
        if qty >= self._whole.left or self._is_coming(layer_id):
            return self.take_from(movement_id, layer_id, qty, unit)
        self._arrivals.take_from(movement_id, layer_id, qty, NOTHING)
        self._whole.left -= qty
        self._whole.value -= paid
        self.qty -= qty
        self.value -= paid
        return paid

    def give_back(self, issue_id: str, movement_id: str, qty: int) -> Moved:
        self._arrivals.give_back(issue_id, movement_id, qty)
        return super().give_back(issue_id, movement_id, qty)

    def release(self, issue_id: str, qty: int) -> list[Part]:
        self._arrivals.release(issue_id, qty)
        return super().release(issue_id, qty)

    def add_value(self, layer_id: str, amount: int) -> tuple[int, int]:
        if self._is_coming(layer_id):
            return super().add_value(layer_id, amount)
        received, left = self._arrivals.received_and_left(layer_id)
        to_stock = share(amount, received, left) if left else 0
        self._whole.value += to_stock
        self.value += to_stock
        return to_stock, amount - to_stock

    def rows(self) -> list[Row]:
        coming = [self._numbered[number] for number in self._coming]
        qty = self.qty - sum(layer.left for layer in coming)
        value = self.value - sum(layer.value for layer in coming)
        whole = [Row("", qty, value)] if qty or value else []
        return whole + [Row(layer.layer_id, layer.left, layer.value) for layer in coming]
