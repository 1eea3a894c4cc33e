"""What the market does and what could be known of it: promotions, launches, the weather."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something that moves demand, known from `known_from` on; `value` in per cent."""

    event_id: str
    kind: str
    first: date
    last: date
    known_from: date
    item: str = ""
    category: str = ""
    channel: str = ""
    value: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """One value of an outside series for `day`, measured or forecast; `tenths` of its unit."""

    name: str
    day: date
    available_at: datetime
    tenths: int
    unit: str
    horizon_days: int = 0  # 0: measured


@dataclass(frozen=True, slots=True)
class PastDemand:
    """Pieces of an item wanted at a place in the week that begins with `monday`, and how many of
    them were sold; `net` in cents of company currency. `is_out`: the shelf was empty for a time."""

    item: str
    location: str
    monday: date
    qty: int
    sold: int
    net: int
    is_out: bool
