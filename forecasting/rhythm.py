"""What one column of a panel is: a day, a week or a month, and the windows that suit it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rhythm:
    """All lengths are in periods; `year` is whole weeks where weeks matter.

    windows: trailing windows whose mean a forecaster sees, short to long. The last but one is the
    scale of a series. margin: how much wider than its target a window of last year is taken.
    """

    name: str
    year: int
    windows: tuple[int, ...]
    margin: int
    decays: tuple[float, float]

    @property
    def scale_window(self) -> int:
        return self.windows[-2]


DAILY = Rhythm("day", 364, (7, 14, 28, 56, 112, 182, 364), 14, (0.03, 0.15))
WEEKLY = Rhythm("week", 52, (1, 2, 4, 8, 13, 26, 52), 1, (0.1, 0.3))
MONTHLY = Rhythm("month", 12, (1, 2, 3, 6, 9, 12, 24), 1, (0.1, 0.3))
