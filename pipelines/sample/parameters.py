"""What the sample company is made of: its volumes, its distributions and the rates of its faults.

Every figure that shapes the story stands here, so that docs/sample-company.md can name it and a
reader who knows the trade can disagree with one number instead of with the code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pipelines.sample.faults.rates import FaultRates


@dataclass(frozen=True, slots=True)
class Demand:
    """How customers order."""

    orders_per_business_day: float = 6.4
    lines_per_order_weights: tuple[int, ...] = (34, 24, 16, 11, 8, 5, 2)
    yearly_growth: float = 0.12
    season_amplitude: float = 0.30
    popularity_exponent: float = 0.75
    sample_order_share: float = 0.012
    cancelled_line_share: float = 0.015
    backorder_patience_days: int = 45


@dataclass(frozen=True, slots=True)
class Supply:
    """How stock is replenished."""

    review_weekdays: tuple[int, ...] = (0, 3)
    opening_cover_days: int = 55
    safety_days: int = 16
    order_cover_days: int = 32
    split_receipt_share: float = 0.10
    supplier_invoice_days: tuple[int, int] = (2, 9)
    purchase_price_drift: float = 0.0
    counted_items_per_month: int = 6
    count_variance_share: float = 0.12


@dataclass(frozen=True, slots=True)
class Money:
    """How customers are billed and pay."""

    tax_percent: int = 19
    late_invoice_share: float = 0.04
    unlinked_customer_every: int = 9
    price_rise_percent: int = 3
    price_rise_on: date = date(2025, 7, 1)
    days_late_weights: tuple[int, ...] = (4, 5, 9, 14, 18, 14, 10, 8, 6, 5, 4, 3)


@dataclass(frozen=True, slots=True)
class Parameters:
    """One sample company."""

    size: str = "small"
    company_id: str = "NORDA"
    company_name: str = "Norda Werkbedarf GmbH"
    currency: str = "EUR"
    country: str = "DE"
    timezone: str = "Europe/Berlin"
    first_day: date = date(2025, 1, 1)
    last_day: date = date(2025, 12, 31)
    # Own warehouses and those of a 3PL: code, name, region, kind, does it report every step.
    warehouses: tuple[tuple[str, str, str, str, bool], ...] = (
        ("HAM", "Hamburg distribution centre", "HH", "dc", True),
        ("AUG", "Augsburg, run by a 3PL", "BY", "third_party", False),
        ("LEJ", "Leipzig regional warehouse", "SN", "warehouse", True),
    )
    warehouse_weights: tuple[int, ...] = (50, 30, 20)
    items: int = 60
    customers: int = 30
    suppliers: int = 6
    demand: Demand = field(default_factory=Demand)
    supply: Supply = field(default_factory=Supply)
    money: Money = field(default_factory=Money)
    faults: FaultRates = field(default_factory=FaultRates)


@dataclass(frozen=True, slots=True)
class Sample:
    """What one size generates: its companies, and how their systems deliver."""

    size: str
    companies: tuple[Parameters, ...]
    # Months at whose end the systems deliver: the year so far when the product goes live, then
    # month by month.
    cut_months: tuple[int, ...] = (9, 10, 11, 12)
    file_format: str = "csv"
    daily: bool = False  # a delivery every day, else at the end of the cut months
    mishaps: tuple[str, ...] = ()  # files that go wrong on request (writers/mishaps.py)


SIZES: dict[str, Sample] = {"small": Sample("small", (Parameters(),))}
