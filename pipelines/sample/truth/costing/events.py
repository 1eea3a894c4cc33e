"""What changes the cost of an item, and the one order in which it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CostKind(StrEnum):
    OPENING = "opening"
    RECEIPT = "receipt"
    ARRIVAL = "arrival"
    RECEIPT_REVERSAL = "receipt_reversal"
    RETURN_IN = "return_in"
    LANDED_COST = "landed_cost"
    INVOICE_VARIANCE = "invoice_variance"
    COUNT_IN = "count_in"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    ISSUE = "issue"
    WORK_ISSUE = "work_issue"
    WORK_RECEIPT = "work_receipt"
    RETURN_OUT = "return_out"
    SCRAP = "scrap"
    COUNT_OUT = "count_out"
    REVALUATION = "revaluation"
    NRV = "nrv"
    STANDARD_CHANGE = "standard_change"


K = CostKind
TRANSFERS = frozenset({K.TRANSFER_IN, K.TRANSFER_OUT})
COST_ONLY = frozenset(
    {K.ARRIVAL, K.LANDED_COST, K.INVOICE_VARIANCE, K.REVALUATION, K.NRV, K.STANDARD_CHANGE}
)  # fmt: skip
FOLLOWERS = frozenset({K.TRANSFER_IN, K.WORK_RECEIPT, K.RETURN_IN})
END_OF_PERIOD = frozenset({K.REVALUATION, K.NRV})

# Ruling C2. A standard holds from the start of its day, and an opening comes before a receipt; a
# revaluation is of what is there when the day is over.
PRIORITY = {
    K.STANDARD_CHANGE: 0,
    K.OPENING: 1,
    K.RECEIPT: 2,
    K.ARRIVAL: 2,
    K.RECEIPT_REVERSAL: 2,
    K.WORK_RECEIPT: 2,
    K.RETURN_IN: 3,
    K.LANDED_COST: 4,
    K.INVOICE_VARIANCE: 4,
    K.COUNT_IN: 5,
    K.TRANSFER_IN: 6,
    K.TRANSFER_OUT: 7,
    K.ISSUE: 8,
    K.WORK_ISSUE: 9,
    K.RETURN_OUT: 10,
    K.SCRAP: 11,
    K.COUNT_OUT: 12,
    K.REVALUATION: 13,
    K.NRV: 13,
}


@dataclass(frozen=True, slots=True)
class CostEvent:
    """One movement or one cost of an item. `qty` in pieces (0 for a cost only), `amount` in cents.

    `amount` is what comes in: the price of a receipt (an opening: its value), the cost that is
    added later, the signed change of a revaluation or write-down, labour and overhead put into a
    work receipt, the credit a vendor gives for goods sent back. None leaves it to the rules: an
    issue is costed, a count gain enters at the last known cost, an unlinked return at current
    cost, a vendor credits what he was paid.

    A receipt that is `on_the_way` has its value before its pieces are here: an arrival, which
    costs nothing, says when its layer takes its place in the queue (ruling C6).

    `ref` is the movement it belongs to: of an arrival, a landed cost, an invoice variance, a return to vendor
    and a reversal the receipt; of a customer return the issue; of a transfer in the transfer out;
    of work issues and work receipts the job that they share (no movement of its own).
    """

    movement_id: str
    kind: CostKind
    item: str
    day: date
    at: datetime
    qty: int = 0
    amount: int | None = None
    ref: str = ""
    lot: str = ""
    location: str = ""
    on_the_way: bool = False


SortKey = tuple[date, int, datetime, str]


def ordered(events: Iterable[CostEvent]) -> list[CostEvent]:
    """Events in the order that counts, whatever the order they came in.

    (day, priority, time, movement id). What follows from something of the same day comes right
    behind it: a transfer in behind its transfer out, a kit behind its components, a return behind
    its issue.
    """
    known = list(events)
    _check(known)
    source: dict[tuple[str, date], SortKey] = {}
    for event in known:
        if event.kind in (K.TRANSFER_OUT, K.WORK_ISSUE, K.ISSUE):
            name = event.ref if event.kind is K.WORK_ISSUE else event.movement_id
            source[name, event.day] = max(source.get((name, event.day), _key(event)), _key(event))

    def place(event: CostEvent) -> tuple[SortKey, int, str, SortKey]:
        own = _key(event)
        if event.kind in FOLLOWERS and (event.ref, event.day) in source:
            return source[event.ref, event.day], 1, event.item, own
        return own, 0, event.item, own

    return sorted(known, key=place)


def _key(event: CostEvent) -> SortKey:
    return event.day, PRIORITY[event.kind], event.at, event.movement_id


def _check(events: list[CostEvent]) -> None:
    moving = Counter(event.movement_id for event in events if event.kind not in COST_ONLY)
    twice = sorted(movement for movement, times in moving.items() if times > 1)
    if twice:
        raise ValueError(f"{len(twice)} movements come twice: {', '.join(twice[:5])}")
    for event in events:
        if (event.qty == 0) is not (event.kind in COST_ONLY) or event.qty < 0:
            raise ValueError(f"{event.movement_id}: {event.kind} of {event.qty} pieces")
