"""What happens between two companies of the group: goods at a transfer price, and what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class GroupLine:
    """`price` a piece and `amount` in cents of the seller's currency, `cost` as it left the
    seller's books, `value` what the buyer takes it in at, in cents of its own currency."""

    line: int
    item: str
    qty: int
    price: int
    amount: int
    cost: int
    value: int
    shipment_line: int


@dataclass(frozen=True, slots=True)
class GroupShipped:
    """One truck between two companies, told by both; `transfer_id` is the buyer's order.

    `fx_rate`: the buyer's currency for one unit of `currency`, in millionths. The papers that go
    with the goods are pro forma on one side and parked on the other: the ledgers of both take it
    in as what one company owes the other, never as a sale or a bill of a supplier."""

    transfer_id: str
    seller: str
    buyer: str
    sender: str
    receiver: str
    day: date
    at: datetime
    order_id: str
    shipment_id: str
    invoice_id: str
    lines: tuple[GroupLine, ...]
    currency: str
    fx_rate: int
    is_seller: bool

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def value(self) -> int:
        return sum(line.value for line in self.lines)


@dataclass(frozen=True, slots=True)
class GroupSettled:
    """What was owed at the end of a month, paid: `amount` in cents of `currency`.

    `carried` is what it stands at in the books of the company that tells, `paid` what moves at its
    bank on the day; both in its own currency."""

    settlement_id: str
    partner: str
    day: date
    at: datetime
    amount: int
    currency: str
    carried: int
    paid: int
    is_seller: bool
