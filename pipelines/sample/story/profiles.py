"""Posting profiles (domain.md A.4): when a ledger takes in revenue, cost and receipts.

- `control_transfer`: revenue and cost when control passes, the invoice clears the receivable.
- `sap_like`, `netsuite_like`: cost at goods issue, revenue with the invoice.
- `d365fo_like`: the same, and the invoice turns the physical posting round and books it anew.
- `bc_like`: what is not invoiced yet, bought or sold, waits on INV_INTERIM.
- `periodic`: purchases are cost, revenue comes with the invoice, stock is set by the count at
  month end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

STOCK_ROLES = ("INV", "INV_TRANSIT", "INV_INTERIM", "INV_CONSIGN", "WIP")


@dataclass(frozen=True, slots=True)
class Profile:
    """`sent` is the role of goods that left and still are ours under `control_transfer`."""

    name: str
    revenue: Literal["control", "invoice"] = "invoice"
    cost: Literal["control", "issue", "invoice"] = "issue"
    sent: str = "COGS"
    rebooks_at_invoice: bool = False
    interim_until_invoiced: bool = False
    counts_at_month_end: bool = False

    @property
    def earns_at_control(self) -> bool:
        return self.revenue == "control"


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("control_transfer", revenue="control", cost="control", sent="INV_TRANSIT"),
        Profile("sap_like"),
        Profile("netsuite_like"),
        Profile("d365fo_like", rebooks_at_invoice=True),
        Profile("bc_like", cost="invoice", sent="INV_INTERIM", interim_until_invoiced=True),
        Profile("periodic", counts_at_month_end=True),
    )
}
