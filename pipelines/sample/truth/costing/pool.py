"""A cost pool: pieces of one item that share one cost, whatever the method."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, Protocol


class Settled(NamedTuple):
    """An issue that stood at a provisional cost, and what it costs more (+) than that, in cents."""

    movement_id: str
    difference: int


class Moved(NamedTuple):
    """Cents that entered stock, and issues that this settled."""

    value: int
    settled: tuple[Settled, ...] = ()


class Part(NamedTuple):
    """Pieces of one layer on their way to another pool."""

    layer_id: str
    qty: int
    value: int


class Row(NamedTuple):
    layer_id: str
    qty: int
    value: int


class Pool(Protocol):
    """Pieces and cents; each method below is explained where the layers are."""

    qty: int
    value: int

    def receive(
        self, layer_id: str, qty: int, value: int, *, on_the_way: bool = False
    ) -> Moved: ...

    def arrive(self, layer_id: str) -> None: ...

    def take(self, movement_id: str, qty: int, unit: Fraction) -> int: ...

    def take_from(self, movement_id: str, layer_id: str, qty: int, unit: Fraction) -> int: ...

    def undo_receipt(
        self, movement_id: str, layer_id: str, qty: int, paid: int, unit: Fraction
    ) -> int: ...

    def returnable(self, issue_id: str) -> int: ...

    def give_back(self, issue_id: str, movement_id: str, qty: int) -> Moved: ...

    def release(self, issue_id: str, qty: int) -> list[Part]: ...

    def add_value(self, layer_id: str, amount: int) -> tuple[int, int]: ...

    def here(self) -> tuple[int, int]: ...

    def revalue(self, amount: int) -> int: ...

    def rows(self) -> list[Row]: ...
