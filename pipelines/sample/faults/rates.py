"""How often each thing goes wrong: the share of its opportunities, by code; 0 switches it off.

What an opportunity is stands beside each rate. The rates are far above those of a well-run
company, so that a year of a small one shows every kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

RATES: Mapping[str, float] = MappingProxyType(
    {
        # billing: shipment lines of customers whose invoices name the shipment
        "UNBILLED": 0.008,
        "UNDER_PRICED": 0.007,
        "QTY_SHORT_BILLED": 0.005,
        "QTY_OVER_BILLED": 0.004,
        # billing: cancelled order lines
        "BILLED_NOT_SHIPPED": 0.25,
        # receipts: lines above 200.00 in the last six weeks of the year
        "RECEIPT_NOT_CAPITALISED": 0.06,
        # deliveries: rows and files, as plain numbers a year
        "FEED_REJECT": 6,
        "FEED_DUP": 1,
        "FEED_LATE": 1,
        "FEED_SCHEMA": 1,
        "FEED_GAP": 1,
        "XREF_MISMATCH": 1,
        "MASTER_MISSING": 1,
        "UOM_CONFLICT": 1,
    }
)


@dataclass(frozen=True, slots=True)
class FaultRates:
    """Rates by code; a code without one never strikes."""

    rates: Mapping[str, float] = field(default_factory=lambda: RATES)

    def of(self, code: str) -> float:
        return self.rates.get(code, 0.0)

    def but(self, **changes: float) -> FaultRates:
        return FaultRates({**self.rates, **changes})

    @classmethod
    def none(cls) -> FaultRates:
        return cls({})

    @classmethod
    def only(cls, **rates: float) -> FaultRates:
        return cls(rates)
