"""What an expectation found in a batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One expectation of one feed. `observed` is what was seen, in words."""

    feed: str
    expectation: str
    success: bool
    severity: str
    origin: str
    observed: str
    unexpected_count: int
    element_count: int
    message: str


def as_records(verdicts: Iterable[Verdict]) -> list[dict[str, str | int | bool]]:
    """Plain dictionaries, for asset checks and for files."""
    return [asdict(verdict) for verdict in verdicts]
