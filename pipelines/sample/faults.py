"""What goes wrong on purpose, and the answer key that says so.

A fault changes what a system did, never what physically happened. Each is written down with its
code, the keys at which it must be found and the money at stake.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipelines.sample.happenings import InvoiceLine, OrderLine, ReceiptLine, Shipment, ShipmentLine
from pipelines.sample.parameters import Parameters

# No billing fault in the last fortnight: what is open then is inside its grace, and a late
# shipment of the same customer and item cannot swallow a surplus.
QUIET_DAYS = 14
CAPITALISATION_WINDOW = (45, 10)


@dataclass(frozen=True, slots=True)
class Planted:
    """One entry of the answer key; exposure in cents, None where money is not the measure."""

    code: str
    exposure: int | None
    note: str
    order_id: str = ""
    order_line: str = ""
    shipment_id: str = ""
    shipment_line: str = ""
    invoice_id: str = ""
    invoice_line: str = ""
    receipt_id: str = ""
    receipt_line: str = ""
    movement_id: str = ""
    feed: str = ""
    file_name: str = ""
    row_number: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """Looks like a fault and is none: reporting it would be a false alarm."""

    name: str
    why: str
    order_id: str = ""
    order_line: str = ""
    shipment_id: str = ""
    shipment_line: str = ""


class FaultPlan:
    def __init__(self, parameters: Parameters, rng: Random) -> None:
        self.rates = parameters.faults
        self.planted: list[Planted] = []
        self.traps: list[Trap] = []
        self._rng = rng
        self._last_day = parameters.last_day
        self._touched: set[tuple[str, str]] = set()
        self._not_capitalised = 0

    def of_shipment(self, shipment: Shipment, *, may_fail: bool) -> dict[int, str]:
        """The fault of each line of a shipment, by line number; lines without one are absent."""
        if shipment.kind != "sale" or not may_fail or self._is_quiet(shipment.day):
            return {}
        whole = self._rng.random() < self.rates.unbilled_shipment
        chosen = {}
        for line in shipment.lines:
            fault = "UNBILLED" if whole else self._of_line(line)
            if fault and self._claim(shipment.customer, line.item):
                chosen[line.line] = fault
        return chosen

    def _of_line(self, line: ShipmentLine) -> str:
        drawn = self._rng.random()
        for fault, rate, possible in (
            ("UNBILLED", self.rates.unbilled_line, True),
            ("UNDER_PRICED", self.rates.under_priced, line.price >= 100),
            ("QTY_SHORT_BILLED", self.rates.qty_short_billed, line.qty >= 2),
            ("QTY_OVER_BILLED", self.rates.qty_over_billed, True),
        ):
            if drawn < rate:
                return fault if possible else ""
            drawn -= rate
        return ""

    def _claim(self, customer: str, item: str) -> bool:
        """One fault per customer and item: two could offset each other and hide."""
        if (customer, item) in self._touched:
            return False
        self._touched.add((customer, item))
        return True

    def _is_quiet(self, day: date) -> bool:
        return day > self._last_day - timedelta(days=QUIET_DAYS)

    def wrong_price(self, price: int) -> int:
        return price * self._rng.randrange(85, 97) // 100

    def wrong_qty(self, qty: int, fault: str) -> int:
        part = max(1, qty * self._rng.randrange(8, 35) // 100)
        return qty + part if fault == "QTY_OVER_BILLED" else qty - part

    def bills_a_cancelled_line(self, line: OrderLine, day: date) -> bool:
        if self._is_quiet(day) or self._rng.random() >= self.rates.billed_not_shipped:
            return False
        return self._claim(line.customer, line.item)

    def misses_the_ledger(self, day: date, line: ReceiptLine) -> bool:
        """Late in the year, so that the missing value is still there at the end of it."""
        from_day, to_day = (self._last_day - timedelta(days=n) for n in CAPITALISATION_WINDOW)
        if not from_day <= day <= to_day or line.value < 20_000:
            return False
        if self._not_capitalised >= self.rates.receipt_not_capitalised:
            return False
        missed = self._rng.random() < 0.25
        self._not_capitalised += missed
        return missed

    def plant_unbilled(self, shipment: Shipment, line: ShipmentLine) -> None:
        self.planted.append(
            Planted(
                "UNBILLED", line.qty * line.price, "shipped, never billed",
                **_keys(shipment, line),
            )
        )  # fmt: skip

    def plant_billed_wrong(
        self, fault: str, shipment: Shipment, line: ShipmentLine, billed: InvoiceLine, invoice: str
    ) -> None:
        exposure = (
            (line.price - billed.price) * line.qty
            if fault == "UNDER_PRICED"
            else abs(billed.qty - line.qty) * line.price
        )
        note = (
            f"{billed.qty} billed at {billed.price / 100:.2f}, "
            f"{line.qty} shipped at {line.price / 100:.2f}"
        )
        self.planted.append(
            Planted(
                fault, exposure, note, invoice_id=invoice, invoice_line=str(billed.line),
                **_keys(shipment, line),
            )
        )  # fmt: skip

    def plant_billed_not_shipped(self, billed: InvoiceLine, invoice: str) -> None:
        self.planted.append(
            Planted(
                "BILLED_NOT_SHIPPED", billed.net, "the order was cancelled before it shipped",
                order_id=billed.order_id, order_line=str(billed.order_line),
                invoice_id=invoice, invoice_line=str(billed.line),
            )
        )  # fmt: skip

    def plant_not_capitalised(self, receipt_id: str, line: ReceiptLine) -> None:
        self.planted.append(
            Planted(
                "RECEIPT_NOT_CAPITALISED", line.value, "received, no journal",
                receipt_id=receipt_id, receipt_line=str(line.line),
            )
        )  # fmt: skip


def _keys(shipment: Shipment, line: ShipmentLine) -> dict[str, str]:
    return {
        "order_id": line.order_id,
        "order_line": str(line.order_line),
        "shipment_id": shipment.shipment_id,
        "shipment_line": str(line.line),
    }
