"""What goes wrong with receipts on purpose: goods that never reach the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.sample.happenings import ReceiptLine
from pipelines.sample.world.company import Company

LEAST_VALUE = 20_000


class ReceiptFaults:
    def __init__(self, company: Company) -> None:
        self.company = company
        self._last_day = company.parameters.last_day

    def of_line(self, day: date, receipt_id: str, line: ReceiptLine) -> ReceiptLine:
        """The line as it is, or one that the ledger never hears of."""
        if not self._misses_the_ledger(day, line):
            return line
        self.company.faults.plant(
            "RECEIPT_NOT_CAPITALISED", line.value, "received, no journal",
            receipt_id=receipt_id, receipt_line=line.line,
        )  # fmt: skip
        return replace(line, posted=False)

    def _misses_the_ledger(self, day: date, line: ReceiptLine) -> bool:
        """Late in the year, so that the missing value is still there at the end of it; plain goods
        of a plain supplier, on which nothing else is booked."""
        days_left = (self._last_day - day).days
        supplier = self.company.suppliers[line.purchase.supplier]
        is_plain = not (line.was_owned or line.inspection or line.short or supplier.lands_cost)
        if not 10 <= days_left <= 45 or not is_plain or line.value < LEAST_VALUE:
            return False
        return self.company.faults.strikes(
            "RECEIPT_NOT_CAPITALISED", claim=("po", line.purchase.po_id)
        )

    def keeps_out_of_inspection(self, location: str, item: str) -> bool:
        return False
