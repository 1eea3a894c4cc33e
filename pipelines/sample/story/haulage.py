"""What the forwarder bills for the trucks between our warehouses: once a month, a line for each line
of a truck, at the price of the lane. It clears what was accrued when the truck left."""

from __future__ import annotations

from datetime import date

from pipelines.sample.happenings import CostOnly, PurchaseLine, SupplierInvoiceLine
from pipelines.sample.story.landed import FORWARDER
from pipelines.sample.story.payables import Payables
from pipelines.sample.world.company import Company

BILLED_DAY = 4  # of the month after, or the next business day


class Haulage:
    def __init__(self, company: Company, payables: Payables) -> None:
        self.company = company
        self._payables = payables
        self._orders: dict[tuple[str, str], PurchaseLine] = {}
        self._unbilled: list[tuple[PurchaseLine, int]] = []
        company.listen(PurchaseLine, self._ordered)
        company.listen(CostOnly, self._accrued)

    def _ordered(self, line: PurchaseLine) -> None:
        if line.kind == "transfer":
            self._orders.setdefault((line.po_id, line.item), line)

    def _accrued(self, told: CostOnly) -> None:
        if told.event == "E41":
            order = self._orders[told.movement_id, told.item]
            self._unbilled.append((order, told.amount))

    def work(self, day: date) -> None:
        if not self._unbilled or day != self.company.business_day_of(day, BILLED_DAY):
            return
        first = day.replace(day=1)
        billed = [entry for entry in self._unbilled if entry[0].ordered < first]
        self._unbilled = [entry for entry in self._unbilled if entry[0].ordered >= first]
        lines = tuple(
            SupplierInvoiceLine(number, "freight", amount, order, accrual="FREIGHT_ACCR")
            for number, (order, amount) in enumerate(billed, start=1)
        )
        if lines:
            self.company.tell(self._payables.draft(FORWARDER, day, lines))
