"""Places, goods, customers and suppliers of the bulk company, as columns of numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pipelines.sample.bulk.arrays import Array
from pipelines.sample.bulk.calendar import BulkCalendar
from pipelines.sample.bulk.parameters import BulkParameters

# Name, usual quantity of a line, usual cost in cents, month in which it sells best.
CATEGORIES: tuple[tuple[str, int, int, int], ...] = (
    ("Hexagon bolt", 40, 35, 5),
    ("Plasterboard screw", 60, 20, 4),
    ("Wall plug", 50, 28, 9),
    ("Pipe clamp", 25, 140, 10),
    ("Cable duct", 12, 620, 11),
    ("Cutting disc", 20, 260, 6),
    ("Drill bit", 8, 780, 3),
    ("Work glove", 12, 310, 1),
    ("Safety shoe", 2, 4900, 11),
    ("Rain jacket", 2, 5600, 10),
    ("Sealant", 15, 420, 8),
    ("Hand lamp", 3, 3400, 12),
    ("Spirit level", 2, 2900, 5),
    ("Ball bearing", 6, 1500, 2),
)
SITES: tuple[tuple[str, str, str, int], ...] = (
    ("KAS", "Kassel", "DE-HE", 26),
    ("HAJ", "Hannover", "DE-NI", 20),
    ("NUE", "Nürnberg", "DE-BY", 17),
    ("LEJ", "Leipzig", "DE-SN", 14),
    ("DTM", "Dortmund", "DE-NW", 13),
    ("KAE", "Karlsruhe", "DE-BW", 10),
    ("RLG", "Rostock", "DE-MV", 8),
    ("RGB", "Regensburg", "DE-BY", 7),
)
PACKS = (1, 5, 10, 25, 50, 100)
TERMS_DAYS = (14, 30, 60)
# Customers pay list, or 6 or 11 % less.
GROUPS = ("G1", "G2", "G3")
GROUP_DISCOUNT_PERCENT = (0, 6, 11)


@dataclass(frozen=True, slots=True)
class BulkItems:
    """One entry per item. Money in cents, popularity as a weight of its own scale."""

    category: Array
    usual_qty: Array
    pack: Array
    cost: Array
    list_price: Array
    supplier: Array
    popularity: Array


@dataclass(frozen=True, slots=True)
class BulkCustomers:
    """One entry per customer; `size` multiplies the quantity of a line."""

    site: Array
    size: Array
    weight: Array
    group: Array
    terms: Array


@dataclass(frozen=True, slots=True)
class BulkSuppliers:
    lead_days: Array
    weekday: Array


class BulkCompany:
    """A cell is an item at a site: cell = site x items + item."""

    def __init__(self, parameters: BulkParameters, seed: int) -> None:
        assert parameters.locations <= len(SITES)
        self.parameters = parameters
        self.seed = seed
        self.calendar = BulkCalendar(parameters.first_day, parameters.months, parameters.timezone)
        self.sites = SITES[: parameters.locations]
        self.suppliers = self._suppliers(self.stream("suppliers"))
        self.items = self._items(self.stream("items"))
        self.customers = self._customers(self.stream("customers"))
        self.taste = self._taste(self.stream("taste"))
        self.is_stocked = (self.taste > 0).ravel()
        self.cell_count = len(self.sites) * parameters.items
        cells = np.arange(self.cell_count)
        self.cell_item = cells % parameters.items
        self.cell_site = cells // parameters.items
        self.prices = self._prices()

    def stream(self, name: str) -> np.random.Generator:
        """A stream of chance of its own for each part of the story."""
        return np.random.Generator(np.random.PCG64([self.seed, *name.encode()]))

    def _suppliers(self, rng: np.random.Generator) -> BulkSuppliers:
        count = self.parameters.suppliers
        lead = np.rint(rng.lognormal(math.log(11), 0.5, count)).astype(np.int64).clip(3, 45)
        return BulkSuppliers(lead, np.arange(count) % 5)

    def _items(self, rng: np.random.Generator) -> BulkItems:
        demand, count = self.parameters.demand, self.parameters.items
        category = rng.integers(0, len(CATEGORIES), count)
        usual = np.array([qty for _, qty, _, _ in CATEGORIES])[category]
        usual_qty = np.rint(usual * rng.lognormal(0, 0.5, count)).astype(np.int64).clip(1)
        median = np.array([cents for _, _, cents, _ in CATEGORIES])[category]
        cost = np.rint(median * rng.lognormal(0, 0.7, count)).astype(np.int64).clip(5)
        list_price = cost * rng.integers(128, 190, count) // 100 + 1
        packs = np.array(PACKS)
        pack = packs[np.searchsorted(packs, usual_qty // 2, side="right").clip(1) - 1]
        rank = rng.permutation(count) + 1 + demand.popularity_offset * count
        supplier = (category * 7 + rng.integers(0, 7, count)) % self.parameters.suppliers
        popularity = rank**-demand.popularity_exponent
        return BulkItems(category, usual_qty, pack, cost, list_price, supplier, popularity)

    def _customers(self, rng: np.random.Generator) -> BulkCustomers:
        count = self.parameters.customers
        shares = np.array([share for *_, share in self.sites], dtype=float)
        site = np.searchsorted(np.cumsum(shares), rng.random(count) * shares.sum(), side="right")
        weight = (np.arange(count) + 1 + 0.02 * count) ** -0.8
        size = rng.lognormal(0, 0.4, count) * (weight / np.median(weight)) ** 0.25
        group = np.searchsorted([0.6, 0.9], rng.random(count), side="right")
        terms = np.searchsorted([0.3, 0.9], rng.random(count), side="right")
        return BulkCustomers(site, size, weight, group, terms)

    def _taste(self, rng: np.random.Generator) -> Array:
        """Popularity of each item at each site [sites, items]; 0 where it is not kept."""
        demand, count = self.parameters.demand, self.parameters.items
        taste = self.items.popularity * rng.lognormal(
            0, demand.local_taste_spread, (len(self.sites), count)
        )
        steps = max(1, len(self.sites) - 1)
        for site in range(1, len(self.sites)):
            share = 1 - (1 - demand.range_share_smallest_site) * site / steps
            kept = np.argsort(-taste[site], kind="stable")[: max(1, int(count * share))]
            left = np.ones(count, dtype=bool)
            left[kept] = False
            taste[site, left] = 0
        return taste

    def _prices(self) -> Array:
        """Cents per piece [price periods, groups, items]."""
        periods = []
        price = self.items.list_price
        for _ in range(len(self.price_starts())):
            periods.append([price * (100 - off) // 100 for off in GROUP_DISCOUNT_PERCENT])
            price = price * (100 + self.parameters.price_rise_percent) // 100
        return np.array(periods)

    def price_starts(self) -> list[int]:
        """Months, counted from the first, in which new prices begin."""
        rise = (self.parameters.price_rise_month - self.parameters.first_day.month) % 12
        return sorted({0, *range(rise, self.parameters.months, 12)})

    def price_period(self, month: int) -> int:
        return int(np.searchsorted(self.price_starts(), month, side="right")) - 1

    def season(self, month: int) -> Array:
        """How well each category sells in a month, around 1."""
        amplitude = self.parameters.demand.season_amplitude
        of_year = (self.parameters.first_day.month - 1 + month) % 12 + 1
        return np.array(
            [
                1 + amplitude * math.cos(2 * math.pi * (of_year - best) / 12)
                for *_, best in CATEGORIES
            ]
        )
