"""Exchange rates: a slow random walk a business day, fixed in the afternoon, the same for all.

A rate is the price of one unit of a currency in the currency of the company, in millionths.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from pipelines.sample.world.calendar import days, is_business_day

ONE = 1_000_000
# What one unit cost in euro, in millionths, before the first day.
STARTS = {"EUR": ONE, "CHF": 1_062_400, "USD": 921_300, "GBP": 1_187_500}
DRAFTED_AHEAD_DAYS = 60  # papers may be drafted that are never sent
STEP_PER_MILLION = 2_600  # standard deviation of a day's change


class Exchange:
    """Rates of every day of a story; a day without a fixing keeps the last one."""

    def __init__(self, own_currency: str, first_day: date, last_day: date, seed: int) -> None:
        self.own_currency = own_currency
        self._in_euro: dict[str, dict[date, int]] = {}
        for currency, start in STARTS.items():
            rng, rate = Random(f"{seed}/exchange/{currency}"), start
            series = self._in_euro.setdefault(currency, {})
            for day in days(first_day, last_day + timedelta(days=DRAFTED_AHEAD_DAYS)):
                if currency != "EUR" and is_business_day(day):
                    rate += rate * round(rng.gauss(0, STEP_PER_MILLION)) // ONE
                series[day] = rate

    def rate(self, currency: str, day: date) -> int:
        """Own currency for one unit of `currency`, in millionths."""
        if currency in ("", self.own_currency):
            return ONE
        own = self._in_euro[self.own_currency][day]
        return (self._in_euro[currency][day] * ONE + own // 2) // own

    def to_own(self, cents: int, currency: str, day: date) -> int:
        return convert(cents, self.rate(currency, day))


def convert(cents: int, rate: int) -> int:
    """Cents at a rate in millionths, half away from zero."""
    sign = -1 if cents < 0 else 1
    return sign * ((abs(cents) * rate + ONE // 2) // ONE)
