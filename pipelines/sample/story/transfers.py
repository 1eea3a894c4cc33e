"""Transfers: a truck to each of the other warehouses, what is on it, and what arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from pipelines.sample.happenings import (
    CostOnly,
    GoodsReceived,
    Inbound,
    PurchaseLine,
    ReceiptLine,
    Shipment,
    StockMoved,
)
from pipelines.sample.story.open_faults import OpenFaults
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.cents import divide
from pipelines.sample.world.company import Company
from pipelines.sample.world.turns import Turn

ORDER_MINUTE, TRUCK_MINUTE = 9 * 60, 17 * 60 + 40
ARRIVAL_MINUTE, CLOSE_MINUTE = 7 * 60, 17 * 60
SOLD_DAYS = 60  # sales that say how long stock lasts
DECEMBER_STOP = 20  # the last trucks of the year leave before it
FAULTY_DAYS = 56
APPROVER = "m.albers"


@dataclass(frozen=True, slots=True)
class Lane:
    sender: str
    receiver: str
    days: int
    truck_cost: int
    piece_cost: int


@dataclass(slots=True)
class OnTheRoad:
    """One line of a truck: its order, its notice, the leg that left and the pieces missing."""

    order: PurchaseLine
    notice: Inbound
    out: StockMoved
    missing: int = 0
    closes: bool = True


class Transfers:
    def __init__(self, company: Company, rng: Random, open_faults: OpenFaults) -> None:
        self.company = company
        self.open_faults = open_faults
        self._parameters = company.parameters.transfers
        places = {place.code for place in company.warehouses}
        self._lanes = [Lane(*lane) for lane in self._parameters.lanes if {*lane[:2]} <= places]
        self._sold: dict[tuple[str, str], int] = {}
        self._sold_on: dict[date, list[tuple[str, str, int]]] = {}
        self._due: dict[date, list[OnTheRoad]] = {}
        self._rng = rng
        company.listen(Shipment, self._learn)

    def _learn(self, shipment: Shipment) -> None:
        if not shipment.is_confirmed:
            return
        for line in shipment.lines:
            place = line.location or shipment.location
            self._sold[place, line.item] = self._sold.get((place, line.item), 0) + line.qty
            self._sold_on.setdefault(shipment.day, []).append((place, line.item, line.qty))

    # --- arrivals, in the morning --------------------------------------------------------------

    def receive(self, day: date) -> None:
        for place, item, qty in self._sold_on.pop(day - timedelta(days=SOLD_DAYS), ()):
            self._sold[place, item] -= qty
        trucks: dict[str, list[OnTheRoad]] = {}
        for line in self._due.pop(day, []):
            trucks.setdefault(line.order.po_id, []).append(line)
        for position, lines in enumerate(trucks.values()):
            self._unload(day, ARRIVAL_MINUTE + 6 * position, lines)

    def _unload(self, day: date, minute: int, lines: list[OnTheRoad]) -> None:
        at = self.company.moment(day, minute)
        receipt_id = self.company.number("GR")
        received: list[ReceiptLine] = []
        for line in lines:
            self._miss_some(line, day)
            arrived = line.notice.qty - line.missing
            self._take_in(line, receipt_id, len(received) + 1, day, minute, arrived)
            received.append(
                ReceiptLine(
                    len(received) + 1, line.order, arrived, inbound_id=line.notice.inbound_id,
                    inbound_line=line.notice.line, company_value=0,
                )
            )  # fmt: skip
            self._close(line, day, minute)
        first = lines[0].order
        self.company.tell(
            GoodsReceived(
                receipt_id, "", first.location, day, at, at, tuple(received), kind="transfer"
            )
        )

    def _miss_some(self, line: OnTheRoad, day: date) -> None:
        """A few pieces of a line are not on the truck; somebody settles it the same day, or not."""
        if line.notice.qty < 4:
            return
        missing = self._rng.randrange(1, 1 + max(1, line.notice.qty // 8))
        if self._rng.random() < self._parameters.short_share:
            line.missing = missing
        elif self._goes_wrong("XFER_QTY_DIFF", day, line.notice):
            line.missing, line.closes = missing, False
            self._keep(
                "XFER_QTY_DIFF", line.notice, missing,
                f"{line.notice.qty} left, {line.notice.qty - missing} arrived, notice still open",
            )  # fmt: skip

    def _goes_wrong(self, code: str, day: date, notice: Inbound) -> bool:
        """Late in the year, so that it is still open at its end."""
        late = day >= self.company.parameters.last_day - timedelta(days=FAULTY_DAYS)
        claim = ("stock", notice.to_location, notice.item)
        return late and self.company.faults.strikes(code, claim=claim)

    def _keep(self, code: str, notice: Inbound, qty: int, note: str, **keys: Any) -> None:
        self.open_faults.keep(
            code, notice.item, qty, note, transfer_id=notice.order_id, item_id=notice.item,
            location_id=notice.to_location, **keys,
        )  # fmt: skip

    def _take_in(
        self, line: OnTheRoad, receipt_id: str, number: int, day: date, minute: int, qty: int
    ) -> None:
        notice = line.notice
        staged = self.company.locations[notice.to_location].reserves
        self.company.move(
            "E39", self.company.moment(day, minute), day, item=notice.item,
            location=notice.to_location, qty=qty, kind=None if staged else "receipt",
            shown_as="" if staged else "available", linked=line.out.movement_id if staged else "",
            doc_type="TO", doc_id=notice.order_id, doc_line=str(notice.order_line),
            receipt_id=receipt_id, receipt_line=str(number), transfer_id=notice.order_id,
        )  # fmt: skip

    def _close(self, line: OnTheRoad, day: date, minute: int) -> None:
        """What is missing when the notice is closed is lost (ruling B4)."""
        arrived, closed = (self.company.moment(day, m) for m in (minute, CLOSE_MINUTE))
        self.company.tell(line.notice.changed("arrived", arrived))
        if not line.closes:
            self.company.tell(line.order.changed("partial", arrived))
            return
        if line.missing:
            self.company.turns.ask(Turn.COUNT, closed, partial(self._lose, line, day, closed))
        self.company.tell(line.notice.changed("closed", closed))
        self.company.tell(line.order.changed("received", closed))

    def _lose(self, line: OnTheRoad, day: date, at: datetime) -> None:
        notice = line.notice
        cost = self.company.cost.issue(notice.item, line.missing)
        self.company.move(
            "E40", at, day, item=notice.item, location=notice.to_location, qty=line.missing,
            kind="", doc_type="TO", doc_id=notice.order_id, doc_line=str(notice.order_line),
            transfer_id=notice.order_id, ext_cost=-cost, approved_by=APPROVER,
            reason="not on the truck",
        )  # fmt: skip

    # --- departures, in the afternoon ----------------------------------------------------------

    def send(self, day: date) -> None:
        last = self.company.parameters.last_day
        if not self.company.is_business_day(day) or (
            day.month == last.month and day.day >= DECEMBER_STOP
        ):
            return
        for lane, weekday in zip(self._lanes, self._parameters.weekdays, strict=False):
            if day.weekday() == weekday:
                self._load(day, lane)

    def _load(self, day: date, lane: Lane) -> None:
        wanted = self._wanted(lane)
        if not wanted:
            return
        order_id, notice_id = self.company.number("TO"), self.company.number("TN")
        ordered, left = (self.company.moment(day, m) for m in (ORDER_MINUTE, TRUCK_MINUTE))
        late = self._rng.random() < self._parameters.late_share
        arrives = self.company.next_business_day(day, steps=lane.days)
        arrival = self.company.next_business_day(arrives) if late else arrives
        for number, (item, qty) in enumerate(wanted, start=1):
            order = PurchaseLine(
                order_id, number, "", lane.receiver, item.code, day, arrives, qty, 0, "open",
                ordered, kind="transfer", from_location=lane.sender, confirmed_at=ordered,
                currency=self.company.parameters.currency,
            )  # fmt: skip
            self.company.tell(order)
            notice = Inbound(
                notice_id, number, "transfer", order_id, number, lane.receiver, item.code, qty,
                "in_transit", left, from_location=lane.sender, shipped_at=left,
                eta=self.company.moment(arrives, ARRIVAL_MINUTE), carrier="NORDSPED",
            )  # fmt: skip
            self.company.tell(notice)
            if self._goes_wrong("XFER_ONE_SIDED", day, notice):
                note = "shipped by the papers, no movement, never arrived"
                self._keep("XFER_ONE_SIDED", notice, qty, note)
                self.company.gone_on_paper[lane.sender, item.code] += qty
                continue
            out = self.company.move(
                "E38", left, day, item=item.code, location=lane.sender, qty=qty,
                to_location=lane.receiver, doc_type="TO", doc_id=order_id, doc_line=str(number),
                transfer_id=order_id,
            )  # fmt: skip
            if self._goes_wrong("XFER_STUCK", day, notice):
                note = f"left on {day.isoformat()}, not seen since"
                self._keep("XFER_STUCK", notice, qty, note, movement_id=out.movement_id)
                continue
            self._due.setdefault(arrival, []).append(OnTheRoad(order, notice, out))
        self._pay_freight(day, lane, order_id, wanted)

    def _pay_freight(
        self, day: date, lane: Lane, order_id: str, loaded: list[tuple[Item, int]]
    ) -> None:
        """E41: the price of the lane, a truck and its pieces, spread over the lines by pieces."""
        at = self.company.moment(day, TRUCK_MINUTE + 10)
        quantities = [qty for _, qty in loaded]
        freight = lane.truck_cost + lane.piece_cost * sum(quantities)
        for (item, _), part in zip(loaded, divide(freight, quantities), strict=True):
            if self.company.parameters.ledger.transfer_cost == "capitalise":
                self.company.cost.adjust_value(item.code, part)
            self.company.tell(
                CostOnly(
                    order_id, "E41", at, day, item.code, lane.receiver, part, "transfer freight"
                )
            )

    def _is_disturbed(self, lane: Lane, item: Item) -> bool:
        return any(
            self.company.faults.is_claimed("stock", place, item.code)
            for place in (lane.sender, lane.receiver)
        )

    def _wanted(self, lane: Lane) -> list[tuple[Item, int]]:
        """The items that run out first at the receiver, of those the sender can spare."""
        stock, found = self.company.stock, []
        for position, item in enumerate(self.company.bought):
            needs = self._sold.get((lane.receiver, item.code), 0)
            if not item.is_plain or not needs or self._is_disturbed(lane, item):
                continue
            own = self._sold.get((lane.sender, item.code), 0)
            free = stock.level(lane.sender, item.code, "ON_HAND")
            free -= own * self._parameters.kept_days // SOLD_DAYS
            qty = max(1, needs * self._parameters.moved_days // SOLD_DAYS)
            qty = -(-qty // item.order_multiple) * item.order_multiple
            if qty > free:
                continue
            there = stock.level(lane.receiver, item.code, "ON_HAND")
            there += stock.level(lane.receiver, item.code, "XFER_TRANSIT")
            found.append((there * SOLD_DAYS // needs, position, item, qty))
        found.sort(key=lambda entry: entry[:2])
        return [(item, qty) for _, _, item, qty in found[: self._parameters.lines_per_truck]]
