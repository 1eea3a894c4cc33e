"""Business days by country and moments of the sample company, local time kept as UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOLIDAYS: dict[str, dict[date, str]] = {
    "DE": {
        date(2025, 1, 1): "New Year's Day",
        date(2025, 4, 18): "Good Friday",
        date(2025, 4, 21): "Easter Monday",
        date(2025, 5, 1): "Labour Day",
        date(2025, 5, 29): "Ascension Day",
        date(2025, 6, 9): "Whit Monday",
        date(2025, 10, 3): "German Unity Day",
        date(2025, 12, 25): "Christmas Day",
        date(2025, 12, 26): "Boxing Day",
    },
    "GB": {
        date(2025, 1, 1): "New Year's Day",
        date(2025, 4, 18): "Good Friday",
        date(2025, 4, 21): "Easter Monday",
        date(2025, 5, 5): "Early May bank holiday",
        date(2025, 5, 26): "Spring bank holiday",
        date(2025, 8, 25): "Summer bank holiday",
        date(2025, 12, 25): "Christmas Day",
        date(2025, 12, 26): "Boxing Day",
    },
}


def is_business_day(day: date, country: str = "DE") -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS[country]


def next_business_day(day: date, *, steps: int = 1, country: str = "DE") -> date:
    """The business day `steps` business days after `day`."""
    while steps > 0:
        day += timedelta(days=1)
        if is_business_day(day, country):
            steps -= 1
    return day


def days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def moment(day: date, *, minute_of_day: int, zone: ZoneInfo) -> datetime:
    """The local minute of a day as UTC; seconds stay zero so that texts are short."""
    local = datetime.combine(day, time(minute_of_day // 60, minute_of_day % 60), tzinfo=zone)
    return local.astimezone(UTC)


def month_close(day: date, zone: ZoneInfo) -> datetime:
    """Local midnight after the day, as UTC: when a month's delivery is cut."""
    return moment(day + timedelta(days=1), minute_of_day=0, zone=zone)


def business_day_of(day: date, wanted: int, country: str = "DE") -> date:
    """The wanted day of the month of `day`, or the first business day after it."""
    found = day.replace(day=wanted)
    while not is_business_day(found, country):
        found += timedelta(days=1)
    return found
