"""Days of the bulk company: which are worked, when they begin in UTC, how busy they are."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from pipelines.sample.bulk.arrays import Array
from pipelines.sample.bulk.parameters import BulkDemand

EPOCH = date(1970, 1, 1)
# Purchases made on the last days are due after them.
DAYS_BEYOND = 150
PEAK_MONTH = 10


def easter(year: int) -> date:
    """Gregorian Easter Sunday (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, offset = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    weekday = (32 + 2 * offset + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> dict[date, str]:
    """Days on which nobody in Germany ships."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "New Year",
        sunday - timedelta(days=2): "Good Friday",
        sunday + timedelta(days=1): "Easter Monday",
        date(year, 5, 1): "Labour Day",
        sunday + timedelta(days=39): "Ascension",
        sunday + timedelta(days=50): "Whit Monday",
        date(year, 10, 3): "German Unity",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "Boxing Day",
    }


def month_after(first: date, months: int) -> date:
    """First day of the month so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


class BulkCalendar:
    """Days are counted from 0 = first day; arrays reach beyond the last day, `length` does not."""

    def __init__(self, first_day: date, months: int, timezone: str) -> None:
        self.first_day = first_day
        self.months = months
        self.end = month_after(first_day, months)
        self.length = (self.end - first_day).days
        self.zone = ZoneInfo(timezone)
        days = [first_day + timedelta(days=n) for n in range(self.length + DAYS_BEYOND)]
        off = {day for year in range(first_day.year, days[-1].year + 1) for day in holidays(year)}
        self.is_worked = np.array([day.weekday() < 5 and day not in off for day in days])
        self.weekday = np.array([day.weekday() for day in days])
        self.month = np.array(
            [(day.year - first_day.year) * 12 + day.month - first_day.month for day in days]
        )
        self.date_number = np.arange(len(days)) + (first_day - EPOCH).days
        self.midnight = np.array([self.midnight_of(day) for day in days])
        worked = np.flatnonzero(self.is_worked)
        # First worked day on or after each day; the last days, past all use, map to themselves.
        places = np.searchsorted(worked, np.arange(len(days))).clip(max=len(worked) - 1)
        self.worked_from = worked[places]

    def midnight_of(self, day: date) -> int:
        """Seconds since 1970 at which a day begins at the site."""
        begins = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return int(begins.astimezone(UTC).timestamp())

    def date_of(self, day: int) -> date:
        return self.first_day + timedelta(days=day)

    def month_start(self, month: int) -> date:
        return month_after(self.first_day, month)

    def cut_at(self, month: int) -> datetime:
        """When the delivery of a month is cut: the midnight that ends it; month -1 opens."""
        return datetime.fromtimestamp(self.midnight_of(self.month_start(month + 1)), UTC)

    def years(self) -> range:
        return range(self.first_day.year, self.date_of(self.length - 1).year + 1)

    def shares(self, demand: BulkDemand, rng: np.random.Generator) -> Array:
        """Share of all order lines that falls on each day: weekday, season, growth, chance."""
        weekdays = np.array(demand.weekday_weights, dtype=float)[self.weekday[: self.length]]
        season = [
            1 + demand.season_amplitude / 2 * math.cos(2 * math.pi * (m - PEAK_MONTH) / 12)
            for m in range(1, 13)
        ]
        by_month = np.array(season)[(self.first_day.month - 1 + self.month[: self.length]) % 12]
        growth = 1 + demand.yearly_growth * np.arange(self.length) / 365
        chance = rng.lognormal(0.0, demand.day_spread, self.length)
        weights = weekdays * self.is_worked[: self.length] * by_month * growth * chance
        return weights / np.cumsum(weights)[-1]
