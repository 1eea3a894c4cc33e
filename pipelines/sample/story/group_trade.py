"""Goods that one company of the group sells to another, from the buyer's order to its shelf.

Once a week the buyer orders what it needs, at the seller's cost and a mark-up. The day after, what
the seller can spare leaves its warehouse; from that evening on it is the buyer's, on its way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pipelines.sample.happenings import (
    Allocated,
    GoodsReceived,
    GroupLine,
    GroupShipped,
    Inbound,
    OrderLine,
    PurchaseLine,
    RateFixed,
    ReceiptLine,
    Shipment,
    ShipmentLine,
    StockMoved,
)
from pipelines.sample.parameters import Trade
from pipelines.sample.story.group_money import GroupMoney
from pipelines.sample.story.life import Story
from pipelines.sample.story.postings.group import GroupPostings
from pipelines.sample.world.catalogue_kinds import Item
from pipelines.sample.world.turns import Turn

# The buyer's clock.
FIXING_MINUTE, PURCHASE_MINUTE, ARRIVAL_MINUTE, PUTAWAY_MINUTE = 16 * 60, 17 * 60, 390, 450
# The seller's: after the day's own orders and trucks.
ORDER_MINUTE, PICK_MINUTE, PACK_MINUTE, SHIP_MINUTE = 18 * 60, 18 * 60 + 20, 1120, 19 * 60
CARRIER, TERMS = "ALPENLINE", "N30"


@dataclass(frozen=True, slots=True)
class Sent:
    """A line on its way: the buyer's order and notice, the seller's row, what it is worth."""

    purchase: PurchaseLine
    notice: Inbound
    out: StockMoved
    line: GroupLine
    layer: StockMoved


class GroupTrade:
    def __init__(self, trade: Trade, seller: Story, buyer: Story) -> None:
        self.trade = trade
        self.money = GroupMoney(trade, seller.company, buyer.company)
        self._from, self._to = seller, buyer
        self._seller, self._buyer = seller.company, buyer.company
        self._rng = self._buyer.stream(f"bought from {trade.seller}")
        self._ordered: deque[tuple[date, list[PurchaseLine]]] = deque()
        self._on_the_road: deque[tuple[date, list[Sent]]] = deque()
        for (_, item), pieces in buyer.expected_daily().items():
            seller.expected_by_others[trade.sender, item] = pieces
        seller.at_dusk.append(self._serve_last)
        buyer.at_dawn.append(self._arrive)
        buyer.at_dusk.append(self._order)
        for story in (seller, buyer):
            GroupPostings(story.accounting)

    # --- the buyer orders ----------------------------------------------------------------------

    def _order(self, day: date) -> None:
        if self._buyer.is_business_day(day) or self._seller.is_business_day(day):
            self._fix_rate(day)
        if self._is_first_of_week(day):
            wanted = list(self._wanted())
            if wanted:
                served = self._seller.next_business_day(day)
                self._ordered.append((served, self._purchase(day, served, wanted)))

    def _fix_rate(self, day: date) -> None:
        at, currency = self._buyer.moment(day, FIXING_MINUTE), self._seller.parameters.currency
        rate = self._buyer.exchange.rate(currency, day)
        self._buyer.tell(RateFixed(currency, day, at, rate))

    def _is_first_of_week(self, day: date) -> bool:
        monday = day - timedelta(days=day.weekday())
        before = (monday + timedelta(days=n) for n in range(day.weekday()))
        works = self._buyer.is_business_day
        return works(day) and not any(works(earlier) for earlier in before)

    def _wanted(self) -> Iterator[tuple[Item, int]]:
        """What runs low, by the buyer's own planner, as far as the seller says it can spare it;
        what is on its way counts."""
        place, stock = self.trade.receiver, self._buyer.stock
        waiting = self._to.selling.back_orders()
        for item in self._buyer.bought:
            key = (place, item.code)
            position = stock.in_building[key] + stock.level(place, item.code, "XFER_TRANSIT")
            position -= waiting.get(key, 0)
            qty = self._to.buying.planning.order_qty(item, key, position)
            qty = min(qty, self._spared(item.code))
            if qty:
                yield item, qty

    def _purchase(
        self, day: date, served: date, wanted: Iterable[tuple[Item, int]]
    ) -> list[PurchaseLine]:
        number, at = self._buyer.number("IP"), self._buyer.moment(day, PURCHASE_MINUTE)
        promised = served + timedelta(days=max(self.trade.days_on_the_road) + 3)
        lines = []
        for position, (item, qty) in enumerate(wanted, start=1):
            price = self._price(item.code)
            lines.append(
                PurchaseLine(
                    number, position, self.trade.seller, self.trade.receiver, item.code, day,
                    promised, qty, price, "open", at, kind="intercompany",
                    currency=self._seller.parameters.currency, fob="origin",
                    from_location=self.trade.sender, transfer_price=price, confirmed_at=at,
                )
            )  # fmt: skip
            self._buyer.tell(lines[-1])
        return lines

    def _price(self, item: str) -> int:
        """The seller's cost of today and the mark-up, a piece, rounded up to the cent."""
        cost = self._seller.cost
        held, value = cost.qty[item], cost.value[item]
        if not held:
            held, value = 1, self._seller.items[item].cost
        return -(-value * (100 + self.trade.markup_percent) // (100 * held))

    # --- the seller ships ----------------------------------------------------------------------

    def _serve_last(self, day: date) -> None:
        """In the evening, when the day's own customers have what they ordered."""
        at = self._seller.moment(day, SHIP_MINUTE)
        self._seller.turns.ask(Turn.ISSUE, at, lambda: self._serve(day))

    def _serve(self, day: date) -> None:
        while self._ordered and self._ordered[0][0] <= day:
            _, purchases = self._ordered.popleft()
            self._ship(day, purchases)

    def _ship(self, day: date, purchases: list[PurchaseLine]) -> None:
        order_id, shipment_id = self._seller.number("SO"), self._seller.number("SH")
        invoice_id, notice_id = self._seller.number("IC"), self._buyer.number("TN")
        sent: list[Sent] = []
        for purchase in purchases:
            qty = min(purchase.qty, self._spared(purchase.item))
            order = self._sales_order(day, order_id, purchase)
            if qty:
                self._from.selling.want(replace(order, qty=qty))
                number = len(sent) + 1
                sent.append(self._send(day, order, purchase, qty, (shipment_id, number), notice_id))
            self._close_order(day, order, purchase, qty)
        if sent:
            self._tell(day, order_id, shipment_id, invoice_id, sent)
            fewest, most = self.trade.days_on_the_road
            arrives = day + timedelta(days=self._rng.randint(fewest, most) - 1)
            self._on_the_road.append((self._buyer.next_business_day(arrives), sent))

    def _spared(self, item: str) -> int:
        free = self._seller.stock.level(self.trade.sender, item, "ON_HAND")
        return free * self.trade.spared_percent // 100

    def _sales_order(self, day: date, order_id: str, purchase: PurchaseLine) -> OrderLine:
        at = self._seller.moment(day, ORDER_MINUTE)
        order = OrderLine(
            order_id, purchase.line, "intercompany", at, self.trade.buyer, self.trade.sender,
            purchase.item, purchase.qty, purchase.price, "", purchase.po_id, day, "open", at,
            currency=purchase.currency, channel="intercompany", bill_to=self.trade.buyer,
            sales_rep="k.brandt", promised=day, terms=TERMS,
        )  # fmt: skip
        self._seller.tell(order)
        return order

    def _send(
        self, day: date, order: OrderLine, purchase: PurchaseLine, qty: int,
        shipped: tuple[str, int], notice_id: str,
    ) -> Sent:  # fmt: skip
        """Picked and packed like any order; what leaves is the buyer's at once."""
        self._pick(day, order, qty)
        seller, buyer, item = self._seller, self._buyer, purchase.item
        at, shipment_id, number = seller.moment(day, SHIP_MINUTE), *shipped
        cost, amount = seller.cost.issue(item, qty), qty * purchase.price
        out = seller.move(
            "E42", at, day, item=item, location=self.trade.sender, qty=qty,
            counter_location=self.trade.receiver, doc_type="TO", doc_id=purchase.po_id,
            doc_line=str(purchase.line), shipment_id=shipment_id, shipment_line=str(number),
            transfer_id=purchase.po_id, ext_cost=-cost,
        )  # fmt: skip
        value = buyer.exchange.to_own(amount, purchase.currency, day)
        layer = buyer.move(
            "E42", at, day, item=item, location=self.trade.receiver, qty=qty,
            leaves="EXT_SUPPLIER", enters="XFER_TRANSIT", kind="", doc_type="TO",
            doc_id=purchase.po_id, doc_line=str(purchase.line), transfer_id=purchase.po_id,
            linked=out.movement_id, ext_cost=value,
        )  # fmt: skip
        buyer.cost.receive(item, qty, value, layer.movement_id, on_the_way=True)
        line = GroupLine(purchase.line, item, qty, purchase.price, amount, cost, value, number)
        self.money.sent(day, line, layer)
        notice = Inbound(
            notice_id, number, "transfer", purchase.po_id, purchase.line, self.trade.receiver,
            item, qty, "in_transit", at, supplier=self.trade.seller,
            from_location=self.trade.sender, fob="origin", title_at=at, shipped_at=at,
            eta=buyer.moment(purchase.promised, ARRIVAL_MINUTE), carrier=CARRIER,
        )  # fmt: skip
        buyer.tell(notice)
        return Sent(purchase, notice, out, line, layer)

    def _pick(self, day: date, order: OrderLine, qty: int) -> None:
        seller = self._seller
        ordered, picked, packed, at = (
            seller.moment(day, minute)
            for minute in (ORDER_MINUTE + 2, PICK_MINUTE, PACK_MINUTE, SHIP_MINUTE)
        )
        for event, when in (("E14", ordered), ("E16", picked), ("E17", packed)):
            seller.move(
                event, when, day, item=order.item, location=order.location, qty=qty,
                doc_type="SO", doc_id=order.order_id, doc_line=str(order.line),
            )  # fmt: skip
        seller.tell(
            Allocated(
                seller.number("AL"), order.order_id, order.line, order.item, order.location, qty,
                ordered, "shipped", at, picked=qty, packed=qty, picked_at=picked,
                packed_at=packed, released_at=at, channel=order.channel,
            )
        )  # fmt: skip

    def _close_order(self, day: date, order: OrderLine, purchase: PurchaseLine, qty: int) -> None:
        """What the seller could not spare is given up; the buyer orders it anew."""
        at, rest = self._seller.moment(day, SHIP_MINUTE), purchase.qty - qty
        status = "cancelled" if not qty else "closed" if rest else "shipped"
        self._seller.tell(order.changed(status, at, qty_cancelled=rest))
        if rest:
            status = "open" if qty else "cancelled"
            self._buyer.tell(purchase.changed(status, at, qty_cancelled=rest))

    def _tell(
        self, day: date, order_id: str, shipment_id: str, invoice_id: str, sent: list[Sent]
    ) -> None:
        at, first = self._seller.moment(day, SHIP_MINUTE), sent[0].purchase
        lines = tuple(part.line for part in sent)
        items = self._seller.items
        self._seller.tell(
            Shipment(
                shipment_id, "transfer", self.trade.sender, self.trade.buyer, day, at,
                tuple(_shipment_line(order_id, part) for part in sent), order_kind="intercompany",
                to_location=self.trade.receiver, carrier=CARRIER, service="export",
                tracking=f"{CARRIER[:3]}{shipment_id[2:]}", currency=first.currency,
                grams=sum(items[line.item].grams * line.qty for line in lines),
            )
        )  # fmt: skip
        rate = self._buyer.exchange.rate(first.currency, day)
        for company, is_seller in ((self._seller, True), (self._buyer, False)):
            company.tell(
                GroupShipped(
                    first.po_id, self.trade.seller, self.trade.buyer, self.trade.sender,
                    self.trade.receiver, day, at, order_id, shipment_id, invoice_id, lines,
                    first.currency, rate, is_seller,
                )
            )  # fmt: skip
        for line in lines:
            keys = {"order_id": order_id, "order_line": line.line, "shipment_id": shipment_id,
                    "shipment_line": line.shipment_line}  # fmt: skip
            for name in ("transfer that looks like a sale", "internal customer"):
                self._seller.faults.trap(
                    name, "another company of the group: settled, never billed", **keys
                )

    # --- the buyer receives --------------------------------------------------------------------

    def _arrive(self, day: date) -> None:
        position = 0
        while self._on_the_road and self._on_the_road[0][0] <= day:
            _, sent = self._on_the_road.popleft()
            self._unload(day, 10 * position, sent)
            position += 1
        self.money.work(day)

    def _unload(self, day: date, later: int, sent: list[Sent]) -> None:
        company, receipt_id = self._buyer, self._buyer.number("GR")
        at, putaway = (company.moment(day, m + later) for m in (ARRIVAL_MINUTE, PUTAWAY_MINUTE))
        received = []
        for number, part in enumerate(sent, start=1):
            notice = part.notice
            shared: dict[str, Any] = {"receipt_id": receipt_id, "receipt_line": str(number), "doc_type": "TO",
                      "doc_id": notice.order_id, "doc_line": str(notice.order_line)}  # fmt: skip
            moved = company.move(
                "E39", at, day, item=notice.item, location=notice.to_location, qty=notice.qty,
                enters="RECEIVED", counter_location=self.trade.sender,
                linked=part.out.movement_id, transfer_id=notice.order_id, **shared,
            )  # fmt: skip
            company.cost.arrive(notice.item, part.layer.movement_id)
            company.move(
                "E07", putaway, day, item=notice.item, location=notice.to_location,
                qty=notice.qty, **shared,
            )  # fmt: skip
            received.append(
                ReceiptLine(
                    number, part.purchase, notice.qty, inbound_id=notice.inbound_id,
                    inbound_line=notice.line, was_owned=True, company_value=part.line.value,
                    movement_id=moved.movement_id, layer_id=part.layer.movement_id,
                )
            )  # fmt: skip
            for status, when in (("arrived", at), ("closed", putaway)):
                company.tell(notice.changed(status, when))
            rest = part.purchase.qty - notice.qty
            company.tell(
                part.purchase.changed("closed" if rest else "received", at, qty_cancelled=rest)
            )
        company.tell(
            GoodsReceived(
                receipt_id, self.trade.seller, self.trade.receiver, day, at, putaway,
                tuple(received), kind="transfer",
            )
        )  # fmt: skip


def _shipment_line(order_id: str, part: Sent) -> ShipmentLine:
    line = part.line
    return ShipmentLine(
        line.shipment_line, order_id, line.line, line.item, part.purchase.qty, line.qty, 0,
        line.cost, net=0, movement_id=part.out.movement_id,
        short_reason="no stock" if line.qty < part.purchase.qty else "",
    )  # fmt: skip
