"""What a suite expects, in our words; `great.py` says it in those of Great Expectations.

Contract rules decide whether a row may come in, one row at a time. An expectation looks at a whole
batch: is it as large as usual, is its mix usual, are its figures in a plausible range. It never
judges money: floats are good enough for "plausible" and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    GIVEN = "given"
    ONE_OF = "one of"
    BETWEEN = "between"
    HOLDS = "holds"
    NOT_BEFORE = "not before"
    USUAL_VOLUME = "usual volume"
    USUAL_SHARE = "usual share"


class Severity(StrEnum):
    """`critical`: the contract says so, a loader let it pass; `warning`: a person should look."""

    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation. `mostly` is the share of rows that must hold it."""

    kind: Kind
    column: str
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    other: str = ""
    mostly: float = 1.0
    severity: Severity = Severity.WARNING
    why: str = ""

    @property
    def sentence(self) -> str:
        """What should be, as a sentence; it names the expectation everywhere."""
        words = {
            Kind.GIVEN: f"{self.column} is given",
            Kind.ONE_OF: f"{self.column} is one of {', '.join(self.values)}",
            Kind.BETWEEN: f"{self.column} lies between {_plain(self.low)} and {_plain(self.high)}",
            Kind.HOLDS: f"{self.column} holds {', '.join(self.values)} at least once",
            Kind.NOT_BEFORE: f"{self.column} is not before {self.other}",
            Kind.USUAL_VOLUME: (
                f"rows per month of {self.column} are {_plain(self.low)} to {_plain(self.high)} "
                "times the months before"
            ),
            Kind.USUAL_SHARE: (
                f"{_plain(self.low, percent=True)} to {_plain(self.high, percent=True)} % of a "
                f"month's rows have {self.column} {self.other}"
            ),
        }[self.kind]
        return words if self.mostly == 1.0 else f"{words} in {self.mostly:.1%} of the rows"


def between(column: str, low: float | None, high: float | None, *, mostly: float = 1.0,
            why: str = "") -> Expected:  # fmt: skip
    return Expected(Kind.BETWEEN, column, low=low, high=high, mostly=mostly, why=why)


def holds(column: str, *values: str, why: str = "") -> Expected:
    return Expected(Kind.HOLDS, column, values=values, why=why)


def not_before(column: str, other: str, *, mostly: float = 1.0, why: str = "") -> Expected:
    return Expected(Kind.NOT_BEFORE, column, other=other, mostly=mostly, why=why)


def usual_volume(event_time: str, low: float = 0.25, high: float = 4.0) -> Expected:
    return Expected(
        Kind.USUAL_VOLUME, event_time, low=low, high=high,
        why="a half delivered or doubled feed shows here before it shows in a figure",
    )  # fmt: skip


def usual_share(column: str, value: str, low: float, high: float, *, why: str = "") -> Expected:
    return Expected(Kind.USUAL_SHARE, column, low=low, high=high, other=value, why=why)


def _plain(bound: float | None, *, percent: bool = False) -> str:
    if bound is None:
        return "anything"
    return f"{bound * 100 if percent else bound:,.12g}"
