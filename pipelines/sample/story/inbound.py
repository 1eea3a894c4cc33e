"""From the supplier's ramp to our shelf: orders, notices, title in transit, receipts, lots.

A supplier that sends notices ships some days before its goods arrive; bought free on board origin
they are ours from then on. What fewer came than announced is closed with the receipt: it was never
sent, so notice and order are taken back for it, and the supplier owes a credit if it billed it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from pipelines.sample.happenings import (
    GoodsReceived,
    Inbound,
    PurchaseLine,
    ReceiptLine,
    TitlePassed,
)
from pipelines.sample.story.receipt_faults import ReceiptFaults
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.company import Company

RECEIPT_MINUTE, DESPATCH_MINUTE, CANCEL_MINUTE, PUTAWAY_MINUTES = 6 * 60, 14 * 60, 9 * 60, 50


@dataclass(slots=True)
class Arrival:
    """Part of a purchase order line that is on its way; the last part closes the line.

    `notice` is the move of the supplier's despatch, `value` what title was booked at."""

    purchase: PurchaseLine
    qty: int
    is_last: bool
    due: date
    lot: str = ""
    announced: Inbound | None = None
    notice: str = ""
    value: int | None = None


class InboundGoods:
    def __init__(self, company: Company, rng: Random, faults: ReceiptFaults) -> None:
        self.company = company
        self.on_order: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.faults = faults
        self._rng = rng
        self._params = company.parameters.receiving
        self._ordered: dict[tuple[str, int], str] = {}
        self._cancelled: defaultdict[date, list[PurchaseLine]] = defaultdict(list)
        self._despatched: defaultdict[date, list[list[Arrival]]] = defaultdict(list)
        self._due: defaultdict[date, list[list[Arrival]]] = defaultdict(list)

    # --- what is ordered -----------------------------------------------------------------------

    def expect(self, lines: list[PurchaseLine], at: datetime, arrives: date) -> None:
        """An order went out: plan when its parts will be sent and come."""
        groups: dict[date, list[Arrival]] = {}
        for line in lines:
            self.on_order[line.location, line.item] += line.qty
            if line.kind == "standard":
                moved = self._move(line, "E01", at, line.ordered, line.qty, enters_owner=True)
                self._ordered[line.po_id, line.line] = moved
                if self._rng.random() < self.company.parameters.supply.cancelled_line_share:
                    self._cancelled[self._tomorrow(line.ordered)].append(line)
                    continue
            for part in self._parts(line, arrives):
                groups.setdefault(part.due, []).append(part)
        supplier = self.company.suppliers[lines[0].supplier]
        for due, parts in groups.items():
            if supplier.announces:
                steps = self._rng.randint(*self._params.transit_days)
                tomorrow = self._tomorrow(lines[0].ordered)
                sent = max(self._business_days_before(due, steps), tomorrow)
                due = max(due, self.company.next_business_day(sent))
                self._despatched[sent].append(parts)
            for part in parts:
                part.due = due
            self._due[due].append(parts)

    def _tomorrow(self, ordered: date) -> date:
        """The business day after an order, or the first one of the story."""
        yesterday = self.company.parameters.first_day - timedelta(days=1)
        return self.company.next_business_day(max(ordered, yesterday))

    def _parts(self, line: PurchaseLine, arrives: date) -> list[Arrival]:
        share = self.company.parameters.supply.split_receipt_share
        first = line.qty * 3 // 5
        if first == 0 or self._rng.random() >= share:
            return [Arrival(line, line.qty, True, arrives)]
        later = self.company.next_business_day(arrives, steps=4)
        rest = line.qty - first
        return [Arrival(line, first, False, arrives), Arrival(line, rest, True, later)]

    def work(self, day: date) -> None:
        """Before anything is shipped: what comes in comes first on its day (ruling C2)."""
        for line in self._cancelled.pop(day, []):
            self._cancel(line, day)
        for position, parts in enumerate(self._due.pop(day, [])):
            self._receive(parts, day, RECEIPT_MINUTE + 4 * min(position, 10))
        for parts in self._despatched.pop(day, []):
            self._despatch(parts, day)

    def _cancel(self, line: PurchaseLine, day: date) -> None:
        at = self.company.moment(day, CANCEL_MINUTE)
        self._take_back_order(line, line.qty, at, day)
        self.company.tell(line.changed("cancelled", at, qty_cancelled=line.qty))

    def _take_back_order(self, line: PurchaseLine, qty: int, at: datetime, day: date) -> None:
        self.on_order[line.location, line.item] -= qty
        self._move(
            line, "E58", at, day, qty, leaves="ON_ORDER", enters="EXT_SUPPLIER",
            leaves_owner=True, reversal_of=self._ordered[line.po_id, line.line],
        )  # fmt: skip

    # --- what is on its way --------------------------------------------------------------------

    def _despatch(self, parts: list[Arrival], day: date) -> None:
        inbound_id, at = self.company.number("ASN"), self.company.moment(day, DESPATCH_MINUTE)
        first = parts[0].purchase
        passes_title = first.fob == "origin"
        lines = []
        for number, part in enumerate(parts, start=1):
            line = part.purchase
            part.lot = self._lot(self.company.items[line.item])
            part.announced = Inbound(
                inbound_id, number, "po", line.po_id, line.line, line.location, line.item,
                part.qty, "in_transit", at, supplier=line.supplier, fob=line.fob,
                title_at=at if passes_title else None, shipped_at=at,
                eta=self.company.moment(part.due, RECEIPT_MINUTE), carrier="SEEFRACHT", lot=part.lot,
            )  # fmt: skip
            self.company.tell(part.announced)
            part.notice = self._move(
                line, "E02" if passes_title else "E03", at, day, part.qty, leaves_owner=True,
                enters_owner=not passes_title, lot=part.lot,
            )  # fmt: skip
            if passes_title:
                lines.append(self._take_title(part, number, day))
        if lines:
            self.company.tell(TitlePassed(inbound_id, day, at, tuple(lines)))

    def _take_title(self, part: Arrival, number: int, day: date) -> ReceiptLine:
        line = part.purchase
        part.value = self._value(line, part.qty, day)
        self.company.cost.receive(line.item, part.qty, part.value, part.notice, on_the_way=True)
        return ReceiptLine(
            number, line, part.qty, inbound_id=part.announced.inbound_id if part.announced else "",
            inbound_line=number, lot=part.lot, was_owned=True, company_value=part.value,
            layer_id=part.notice,
        )  # fmt: skip

    def _value(self, line: PurchaseLine, qty: int, day: date) -> int:
        return self.company.exchange.to_own(qty * line.price, line.currency, day)

    def _lot(self, item: Item) -> str:
        return self.company.number("L", first=25001) if item.lot_controlled else ""

    # --- what arrives --------------------------------------------------------------------------

    def _receive(self, parts: list[Arrival], day: date, minute: int) -> None:
        first = parts[0].purchase
        consigned = first.kind == "consignment"
        receipt_id = self.company.number("GR")
        at = self.company.moment(day, minute)
        putaway_at = self.company.moment(day, minute + PUTAWAY_MINUTES)
        lines = []
        for number, part in enumerate(parts, start=1):
            short = 0 if consigned else self._short(part)
            line = self._line(part, number, short, day)
            place = {"receipt_id": receipt_id, "receipt_line": str(number), "lot": line.lot}
            if consigned:
                line = self._take_consigned(line, at, day, place)
            else:
                line = self.faults.stale(day, receipt_id, line)
                line = self.faults.of_line(day, receipt_id, line)
                line = self._take_in(part, line, (at, putaway_at), day, place)
            if short:
                self._close_short(part, short, putaway_at, day)
            self._tell_order(part, short, at)
            if part.announced:
                for status, when in (("arrived", at), ("closed", putaway_at)):
                    self.company.tell(part.announced.changed(status, when))
            lines.append(line)
        self.company.tell(
            GoodsReceived(
                receipt_id, first.supplier, first.location, day, at, putaway_at, tuple(lines),
                kind="consignment_in" if consigned else "po",
            )
        )  # fmt: skip

    def _line(self, part: Arrival, number: int, short: int, day: date) -> ReceiptLine:
        purchase, item = part.purchase, self.company.items[part.purchase.item]
        qty = part.qty - short
        value = part.value if part.value is not None else self._value(purchase, qty, day)
        inspects = item.inspected and self.company.locations[purchase.location].reserves
        is_waived = self.faults.keeps_out_of_inspection(purchase.location, purchase.item)
        lot = part.lot or self._lot(item)
        return ReceiptLine(
            number, purchase, qty,
            inbound_id=part.announced.inbound_id if part.announced else "",
            inbound_line=part.announced.line if part.announced else 0,
            lot=lot, expiry=day + timedelta(days=item.shelf_days) if lot else None,
            was_owned=part.value is not None, company_value=value,
            layer_id="" if part.value is None else part.notice,
            announced=part.qty if part.announced else 0,
            inspection="" if not inspects else "waived" if is_waived else "pending",
        )  # fmt: skip

    def _short(self, part: Arrival) -> int:
        """Fewer pieces than announced, for goods that are not ours before they arrive."""
        is_ours = part.value is not None
        if part.announced is None or is_ours or not part.is_last or part.qty < 10:
            return 0
        if self._rng.random() >= self._params.short_share:
            return 0
        return max(1, part.qty * self._rng.randint(*self._params.short_percent) // 100)

    def _take_in(
        self, part: Arrival, line: ReceiptLine, at: tuple[datetime, datetime], day: date,
        place: dict[str, Any],
    ) -> ReceiptLine:  # fmt: skip
        """Goods at the dock, and on the shelf unless they are inspected before."""
        purchase = line.purchase
        is_staged = self.company.locations[purchase.location].reserves
        self.on_order[purchase.location, purchase.item] -= line.qty
        serial = self.faults.serial(line)
        moved = self._move(
            purchase, "E04" if line.was_owned else "E05", at[0], day, line.qty,
            leaves="IN_TRANSIT_IN" if part.announced else "ON_ORDER",
            leaves_owner=not line.was_owned, shown_as="" if is_staged else "available",
            unit_cost=_per_piece(line.value, line.qty), ext_cost=line.value,
            serial=serial, **place,
        )  # fmt: skip
        if serial:
            self.faults.plant_serial(moved, line)
        line = replace(line, movement_id=moved, layer_id=line.layer_id or moved)
        if line.was_owned:
            self.company.cost.arrive(purchase.item, line.layer_id)
        else:
            self.company.cost.receive(purchase.item, line.qty, line.value, moved)
        if line.inspection != "pending":
            kind = None if is_staged else ""
            self._move(purchase, "E07", at[1], day, line.qty, kind=kind, **place)
        return line

    def _take_consigned(
        self, line: ReceiptLine, at: datetime, day: date, place: dict[str, Any]
    ) -> ReceiptLine:
        purchase = line.purchase
        self.on_order[purchase.location, purchase.item] -= line.qty
        moved = self._move(
            purchase, "E46", at, day, line.qty, enters_owner=True, owner=purchase.supplier, **place
        )
        return replace(line, movement_id=moved, inspection="")

    def _close_short(self, part: Arrival, short: int, at: datetime, day: date) -> None:
        self._move(
            part.purchase, "E58", at, day, short, leaves="IN_TRANSIT_IN", enters="ON_ORDER",
            leaves_owner=True, enters_owner=True, lot=part.lot, reversal_of=part.notice,
        )  # fmt: skip
        self._take_back_order(part.purchase, short, at, day)

    def _tell_order(self, part: Arrival, short: int, at: datetime) -> None:
        status = "partial" if not part.is_last else "closed" if short else "received"
        self.company.tell(part.purchase.changed(status, at, qty_cancelled=short))

    def _move(
        self, line: PurchaseLine, event: str, at: datetime, day: date, qty: int, *,
        leaves_owner: bool = False, enters_owner: bool = False, **details: Any,
    ) -> str:  # fmt: skip
        """Moves pieces of an order line; `leaves_owner`, `enters_owner`: they are the supplier's."""
        return self.company.move(
            event, at, day, item=line.item, location=line.location, qty=qty,
            leaves_owner=line.supplier if leaves_owner else "",
            enters_owner=line.supplier if enters_owner else "",
            doc_type="PO", doc_id=line.po_id, doc_line=str(line.line), **details,
        ).movement_id  # fmt: skip

    def _business_days_before(self, day: date, steps: int) -> date:
        while steps:
            day -= timedelta(days=1)
            steps -= self.company.is_business_day(day)
        return day


def _per_piece(value: int, qty: int) -> int:
    return (2 * value + qty) // (2 * qty)
