"""The market: what lifts and lowers demand, and what could be known of it beforehand."""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random

from pipelines.sample.happenings import CalendarEvent, Signal
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.company import Company

MEASURED_AT_MINUTE, FORECAST_AT_MINUTE = 6 * 60, 5 * 60


class Market:
    """Tells promotions, launches and the weather; `weights` say how likely each item is today."""

    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._rng = rng
        self._parameters = company.parameters.market
        self._off = 0.0  # tenths of a degree away from the season's usual
        self._asked_for: set[str] = set()
        self._sold = [item for item in company.catalogue.items if item.kind != "service"]
        self._lifts: dict[str, list[tuple[date, date, int]]] = {}
        for promotion in company.parameters.pricing.promotions:
            for item in company.catalogue.items[promotion.first_item :: promotion.every]:
                lift = (promotion.first, promotion.last, promotion.lift_percent)
                self._lifts.setdefault(item.code, []).append(lift)

    @property
    def sold(self) -> list[Item]:
        return self._sold

    def work(self, day: date) -> None:
        if day == self.company.parameters.first_day:
            self._announce()
        self._weather(day)
        if day.weekday() == 0 or day == self.company.parameters.first_day:
            share = self._parameters.intermittent_week_share
            self._asked_for = {
                item.code
                for item in self._sold
                if item.is_intermittent and self._rng.random() < share
            }

    def weights(self, day: date) -> list[float]:
        popularity = sum(item.weight for item in self.company.bought)
        kits = [item for item in self._sold if not item.is_bought]
        of_kit = popularity * self.company.parameters.outbound.kit_weight_share / max(1, len(kits))
        return [
            self._weight(item, day) if item.is_bought else of_kit * self._season(item, day)
            for item in self._sold
        ]

    def _weight(self, item: Item, day: date) -> float:
        weight = item.weight * self._season(item, day)
        if item.launch:
            age = (day - item.launch).days
            weight *= 0 if age < 0 else min(1, 0.25 + age / self._parameters.launch_ramp_days)
        if item.is_intermittent:
            weight *= self._parameters.intermittent_factor if item.code in self._asked_for else 0
        for first, last, lift in self._lifts.get(item.code, ()):
            if first <= day <= last:
                weight *= (100 + lift) / 100
        if item.category.name == self._parameters.weather_category:
            percent = self._parameters.weather_percent_per_degree * self._off / 10
            weight *= max(0.4, 1 + percent / 100)
        return weight

    def _season(self, item: Item, day: date) -> float:
        angle = 2 * math.pi * (day.timetuple().tm_yday - item.category.peak_day_of_year) / 365
        return 1 + self.company.parameters.demand.season_amplitude * math.cos(angle)

    def _announce(self) -> None:
        known_since = self.company.parameters.known_since
        ahead = timedelta(days=self._parameters.promotion_known_days)
        for number, promotion in enumerate(self.company.parameters.pricing.promotions, start=1):
            for item in self.company.catalogue.items[promotion.first_item :: promotion.every]:
                self.company.tell(
                    CalendarEvent(
                        f"PROMO-{number}-{item.code}", "promotion", promotion.first,
                        promotion.last, max(known_since, promotion.first - ahead), item=item.code,
                        value=promotion.percent, note=promotion.name,
                    )
                )  # fmt: skip
        for item in self.company.bought:
            if item.launch:
                known = max(known_since, item.launch - timedelta(days=60))
                self.company.tell(
                    CalendarEvent(
                        f"LAUNCH-{item.code}", "launch", item.launch, item.launch, known,
                        item=item.code, note="new in the range",
                    )
                )  # fmt: skip

    def _weather(self, day: date) -> None:
        """Today's mean is known tomorrow morning; a forecast of it some days before."""
        *_, persistence, spread = self._parameters.temperature
        usual = self._usual(day)
        for ahead in range(1, self._parameters.forecast_days + 1):
            kept = self._off * (persistence / 100) ** (ahead + 1)
            error = self._rng.gauss(0, self._parameters.forecast_error_tenths * ahead)
            for_day = day + timedelta(days=ahead)
            issued = self.company.moment(day, FORECAST_AT_MINUTE)
            value = round(self._usual(for_day) + kept + error)
            self.company.tell(Signal("temperature", for_day, issued, value, "C", ahead))
        self._off = self._off * persistence / 100 + self._rng.gauss(0, spread)
        known = self.company.moment(day + timedelta(days=1), MEASURED_AT_MINUTE)
        if day < self.company.parameters.last_day:
            self.company.tell(Signal("temperature", day, known, round(usual + self._off), "C"))

    def _usual(self, day: date) -> float:
        mean, swing, warmest, _, _ = self._parameters.temperature
        return mean + swing * math.cos(2 * math.pi * (day.timetuple().tm_yday - warmest) / 365)
