"""How values of the story are spelt in a delivery: exact text, never through a float."""

from __future__ import annotations

from datetime import date, datetime

Row = dict[str, str]


def money(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def stamp(moment: datetime | None) -> str:
    """A UTC moment to the second; spelt here, since strftime takes ten times as long."""
    return f"{moment.isoformat()[:19]}Z" if moment else ""


def file_stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def day(value: date | None) -> str:
    return value.isoformat() if value else ""
