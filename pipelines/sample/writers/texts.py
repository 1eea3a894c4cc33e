"""How values of the story are spelt in a delivery: exact text, never through a float."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

Row = dict[str, str]


def money(cents: int) -> str:
    if cents < 0:
        return f"-{money(-cents)}"
    whole, part = divmod(cents, 100)
    return f"{whole}.{part:02d}"


@lru_cache(maxsize=1 << 17)
def stamp(moment: datetime | None) -> str:
    """A UTC moment to the second; kept, since the same minutes come again and again."""
    return f"{moment.isoformat()[:19]}Z" if moment else ""


def file_stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


@lru_cache(maxsize=1 << 12)
def day(value: date | None) -> str:
    return value.isoformat() if value else ""
