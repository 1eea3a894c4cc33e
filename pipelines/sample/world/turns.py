"""The order in which what lowers or changes the value of stock is booked on a day (ruling C2).

Receipts, returns of customers and late costs are booked in the morning, before anything leaves;
gains of counts on days on which nothing else moves. Departments whose turn comes later than their
hour say so, and are called when all that comes before them is done.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum

Job = Callable[[], None]


class Turn(IntEnum):
    ISSUE = 1
    WORK = 2
    VENDOR_RETURN = 3
    SCRAP = 4
    COUNT = 5
    VALUE = 6


class Turns:
    """Jobs of one day, done by turn and hour; a job may ask for another one of its own turn."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Turn, datetime, int, Job]] = []
        self._asked = 0

    def ask(self, turn: Turn, at: datetime, job: Job) -> None:
        self._asked += 1
        self._waiting.append((turn, at, self._asked, job))

    def work(self) -> None:
        while self._waiting:
            first = min(self._waiting, key=lambda waiting: waiting[:3])
            self._waiting.remove(first)
            first[3]()
