"""What one company of the group owes another, and the mark-up in what that one still holds.

What is owed at the end of a month is paid early in the next, in the seller's currency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.sample.happenings import GroupLine, GroupSettled, MonthClosed, StockMoved
from pipelines.sample.parameters import Trade
from pipelines.sample.world.company import Company

SETTLED_MINUTE = 11 * 60  # the buyer's clock


@dataclass(frozen=True, slots=True)
class Markup:
    """Pieces that a company holds at the end of a month and that came from another of the group.

    `amount`: the seller's gain in them, cents of the seller's currency."""

    seller: str
    buyer: str
    day: date
    item: str
    qty: int
    amount: int
    currency: str


class GroupMoney:
    def __init__(self, trade: Trade, seller: Company, buyer: Company) -> None:
        self.trade = trade
        self.markups: list[Markup] = []
        self._seller, self._buyer = seller, buyer
        self._currency = seller.parameters.currency
        self._owed: list[tuple[date, GroupLine]] = []
        self._layers: list[tuple[GroupLine, StockMoved]] = []
        buyer.listen(MonthClosed, self._count_markup)

    def sent(self, day: date, line: GroupLine, layer: StockMoved) -> None:
        """`layer` is the move that brought the pieces into the buyer's books."""
        self._owed.append((day, line))
        self._layers.append((line, layer))

    def work(self, day: date) -> None:
        if self._settles(day):
            self._settle(day)

    def _settles(self, day: date) -> bool:
        """The day of the month, or the first after it on which both companies work."""
        for number in range(self.trade.settled_day, day.day + 1):
            when = day.replace(day=number)
            if self._seller.is_business_day(when) and self._buyer.is_business_day(when):
                return when == day
        return False

    def _settle(self, day: date) -> None:
        first = day.replace(day=1)
        due = [line for sent, line in self._owed if sent < first]
        if not due:
            return
        self._owed = [entry for entry in self._owed if entry[0] >= first]
        amount, carried = sum(line.amount for line in due), sum(line.value for line in due)
        paid = self._buyer.exchange.to_own(amount, self._currency, day)
        at, number = self._buyer.moment(day, SETTLED_MINUTE), f"ICS-{day:%Y-%m}"
        for company, partner, sums in (
            (self._seller, self.trade.buyer, (amount, amount)),
            (self._buyer, self.trade.seller, (carried, paid)),
        ):
            company.tell(
                GroupSettled(
                    number, partner, day, at, amount, self._currency, *sums,
                    is_seller=company is self._seller,
                )
            )  # fmt: skip

    def _count_markup(self, closed: MonthClosed) -> None:
        """By the receipts of the transfers: what is left of each, as the buyer's books say."""
        left: dict[str, tuple[int, int]] = {}
        for line, layer in self._layers:
            received, remains = self._buyer.cost.received_and_left(line.item, layer.movement_id)
            gain = (line.amount - line.cost) * remains
            qty, amount = left.get(line.item, (0, 0))
            rounded = (2 * gain + received) // (2 * received)
            left[line.item] = (qty + remains, amount + rounded)
        self.markups += [
            Markup(
                self.trade.seller, self.trade.buyer, closed.day, item, qty, amount, self._currency
            )
            for item, (qty, amount) in sorted(left.items())
            if qty
        ]
