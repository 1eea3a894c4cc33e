"""What goes wrong with receipts on purpose, and is there to be found at the end of the year.

Goods that lie where they should not are found by item and place: what comes in later of the same
item and place goes by, so that nothing else is taken for the old goods (first in, first out).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pipelines.sample.happenings import GoodsReceived, ReceiptLine
from pipelines.sample.world.cents import share
from pipelines.sample.world.company import Company

LEAST_VALUE, MOST_UNCLAIMED = 20_000, 2


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Pieces that stay in a state; worth their cost at the end."""

    code: str
    location: str
    item: str
    qty: int
    note: str


class ReceiptFaults:
    def __init__(self, company: Company) -> None:
        self.company = company
        self._last_day = company.parameters.last_day
        self._forgotten: list[Forgotten] = []
        self._kept_out: set[tuple[str, str]] = set()
        self._unclaimed = 0

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
        supplier = self.company.suppliers[line.purchase.supplier]
        is_plain = not (
            line.was_owned or line.inspection or line.lot or line.short or supplier.lands_cost
        )
        if not self._is_before_end(day, 10, 45) or not is_plain or line.value < LEAST_VALUE:
            return False
        return self.company.faults.strikes("RECEIPT_NOT_CAPITALISED", claim=_order(line))

    def is_billed(self, receipt: GoodsReceived, line: ReceiptLine) -> bool:
        """The supplier forgets some bills for good; what the ledger never heard of, and what
        stands at an old cost, is billed after the year."""
        if not line.posted or line.stale_cost is not None:
            return False
        purchase = line.purchase
        is_plain = not (line.inspection or line.short) and line.qty == purchase.qty
        if not is_plain or not self._is_before_end(receipt.day, 110, 360):
            return True
        if not self.company.faults.strikes("GRIR_AGED", claim=_order(line)):
            return True
        self.company.faults.plant(
            "GRIR_AGED", line.value, "received, and the supplier never billed it",
            purchase_order_id=purchase.po_id, purchase_order_line=purchase.line,
        )  # fmt: skip
        return False

    def stale(self, day: date, receipt_id: str, line: ReceiptLine) -> ReceiptLine:
        """A lot of the new recipe, taken in at the cost of the old one; no bill corrects it yet."""
        purchase = line.purchase
        item = self.company.items[purchase.item]
        is_open = purchase.kind == "standard" and not line.inspection and not line.was_owned
        if not line.lot or not is_open or not self._is_before_end(day, 1, 56):
            return line
        if purchase.price == item.cost or not self.company.faults.strikes(
            "STALE_COST", claim=_order(line), where="receipt"
        ):
            return line
        self.company.faults.plant(
            "STALE_COST", (purchase.price - item.cost) * line.qty,
            "received at a cost that had ended", receipt_id=receipt_id, receipt_line=line.line,
        )  # fmt: skip
        return replace(line, stale_cost=item.cost, company_value=item.cost * line.qty)

    def serial(self, line: ReceiptLine) -> str:
        """A clerk types one serial number for all pieces of a line."""
        item = self.company.items[line.purchase.item]
        staged = self.company.locations[line.purchase.location].reserves
        if not item.serial_controlled or line.qty < 2 or not staged:
            return ""
        if not self.company.faults.strikes("SERIAL_QTY", claim=_order(line)):
            return ""
        return self.company.number("SN", first=7000001)

    def plant_serial(self, movement_id: str, line: ReceiptLine) -> None:
        self.company.faults.plant(
            "SERIAL_QTY", None, f"one serial number for {line.qty} pieces",
            movement_id=movement_id, item_id=line.purchase.item,
            location_id=line.purchase.location,
        )  # fmt: skip

    def forgets_inspection(self, receipt: GoodsReceived, line: ReceiptLine) -> bool:
        place = (receipt.location, line.purchase.item)
        if not self._is_before_end(receipt.day, 20, 60) or not self.company.faults.strikes(
            "HOLD_AGED", claim=("stock", *place), where="inspection"
        ):
            return False
        self._keep("HOLD_AGED", place, line.qty, "inspection was never done")
        return True

    def forgets_return(self, receipt: GoodsReceived, line: ReceiptLine, day: date) -> bool:
        """Goods that will be rejected, and credited, and yet stay at the ramp."""
        place = (receipt.location, line.purchase.item)
        if self.company.faults.is_claimed(*_order(line)) or not self._is_before_end(day, 40, 85):
            return False
        if not self.company.faults.strikes("RTV_AGED", claim=("stock", *place)):
            return False
        self.company.faults.claim(*_order(line))
        return True

    def keep_at_the_ramp(self, receipt: GoodsReceived, line: ReceiptLine) -> None:
        place = (receipt.location, line.purchase.item)
        self._keep("RTV_AGED", place, line.rejected, "credited, and never sent back")

    def _keep(self, code: str, place: tuple[str, str], qty: int, note: str) -> None:
        self._kept_out.add(place)
        self._forgotten.append(Forgotten(code, *place, qty, note))

    def keeps_out_of_inspection(self, location: str, item: str) -> bool:
        return (location, item) in self._kept_out

    def misses_claim(self, line: ReceiptLine, day: date) -> bool:
        """Nobody asks the supplier for what was short or rejected and yet billed."""
        if self._unclaimed >= MOST_UNCLAIMED or not self._is_before_end(day, 14, 85):
            return False
        missed = self.company.faults.strikes(
            "UNCLAIMED_RECOVERY", claim=_order(line), where="vendor"
        )
        self._unclaimed += missed
        return missed

    def plant_unclaimed(self, receipt_id: str, line: ReceiptLine, amount: int, note: str) -> None:
        self.company.faults.plant(
            "UNCLAIMED_RECOVERY", amount, note, receipt_id=receipt_id, receipt_line=line.line
        )

    def end(self) -> None:
        cost = self.company.cost
        for held in self._forgotten:
            worth = share(cost.value[held.item], cost.qty[held.item], held.qty)
            self.company.faults.plant(
                held.code, worth, held.note, item_id=held.item, location_id=held.location
            )

    def _is_before_end(self, day: date, least: int, most: int) -> bool:
        return least <= (self._last_day - day).days <= most


def _order(line: ReceiptLine) -> tuple[str, str]:
    return ("po", line.purchase.po_id)
