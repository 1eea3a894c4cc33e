"""What the bulk company is made of: volumes, distributions, rates of faults.

Every figure that shapes it stands here. A size is a `BulkParameters`; tests make their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class BulkDemand:
    """How customers order. Popularity is Zipf-Mandelbrot: (rank + offset x items) ^ -exponent."""

    lines_per_order_weights: tuple[int, ...] = (30, 22, 16, 12, 8, 6, 4, 2)
    weekday_weights: tuple[int, ...] = (115, 106, 100, 98, 88, 0, 0)
    season_amplitude: float = 0.28
    yearly_growth: float = 0.10
    day_spread: float = 0.07
    popularity_exponent: float = 0.95
    popularity_offset: float = 0.002
    local_taste_spread: float = 0.5
    quantity_spread: float = 0.65
    # Smaller sites keep this share of the range; what they do not keep is not sold there.
    range_share_smallest_site: float = 0.45


@dataclass(frozen=True, slots=True)
class BulkSupply:
    """How stock is replenished; days of cover are working days."""

    opening_cover_days: int = 42
    order_cover_days: int = 34
    review_days: int = 5
    safety_factor: float = 2.6
    forecast_memory_days: int = 40
    late_days_mean: float = 1.6
    split_receipt_share: float = 0.06
    price_drift_per_month: int = 20
    price_noise: int = 150
    counts_per_cell_and_year: float = 2.0
    count_difference_share: float = 0.05
    breakages_per_cell_and_year: float = 0.1
    transfer_surplus_days: int = 70
    transfer_need_days: int = 7
    transfer_transit_days: tuple[int, int] = (1, 3)


@dataclass(frozen=True, slots=True)
class BulkRates:
    """Share of shipments or shipped lines that are billed wrong; 0 switches a fault off."""

    unbilled_shipment: float = 0.0001
    unbilled_line: float = 0.0002
    under_priced: float = 0.0003
    qty_short_billed: float = 0.0003
    late_invoice: float = 0.04
    # Nothing is planted so late that it is still inside its grace when the data ends.
    quiet_days: int = 14


@dataclass(frozen=True, slots=True)
class BulkParameters:
    """One bulk company. `order_lines` is what customers ask for; about 96 % of it is shipped.

    `feeds`: `all` documents, or `movements` alone with their opening and masters.
    """

    size: str
    items: int
    locations: int
    customers: int
    suppliers: int
    order_lines: int
    months: int = 12
    feeds: Literal["all", "movements"] = "all"
    first_day: date = date(2025, 1, 1)
    company_id: str = "VESTIA"
    company_name: str = "Vestia Teilehandel AG"
    currency: str = "EUR"
    country: str = "DE"
    timezone: str = "Europe/Berlin"
    tax_percent: int = 19
    price_rise_percent: int = 3
    price_rise_month: int = 7
    demand: BulkDemand = field(default_factory=BulkDemand)
    supply: BulkSupply = field(default_factory=BulkSupply)
    faults: BulkRates = field(default_factory=BulkRates)


BULK_SIZES: dict[str, BulkParameters] = {
    "large": BulkParameters(
        size="large",
        items=20_000,
        locations=6,
        customers=12_000,
        suppliers=240,
        order_lines=10_700_000,
    ),
    "huge": BulkParameters(
        size="huge",
        items=60_000,
        locations=8,
        customers=40_000,
        suppliers=600,
        order_lines=98_000_000,
        months=24,
        feeds="movements",
    ),
}
