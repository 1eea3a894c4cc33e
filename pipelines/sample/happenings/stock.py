"""What happens to pieces: moves between two states, and counts of what lies on a shelf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StockMoved:
    """`qty` pieces left one state and entered another; the outside world is a state too.

    `kind` is the movement type under which the warehouse system sends it; "" where no system
    sends the move, because a document says it or another move implies it. `shown_as` is the stock
    status the system names where it does not know the state the goods really left or entered.
    Costs are cents. `is_posted`: the ledger hears of it.
    """

    movement_id: str
    event: str
    at: datetime
    day: date
    item: str
    qty: int
    from_location: str
    from_state: str
    to_location: str
    to_state: str
    kind: str = ""
    shown_as: str = ""
    lot: str = ""
    serial: str = ""
    owner: str = ""
    doc_type: str = ""
    doc_id: str = ""
    doc_line: str = ""
    shipment_id: str = ""
    shipment_line: str = ""
    receipt_id: str = ""
    receipt_line: str = ""
    transfer_id: str = ""
    linked: str = ""
    reversal_of: str = ""
    reason: str = ""
    user: str = "u.petersen"
    approved_by: str = ""
    scan: str = "barcode"
    recorded_at: datetime | None = None
    unit_cost: int | None = None
    ext_cost: int | None = None
    counter_location: str = ""  # the other place, where that is one of another company
    is_posted: bool = True


@dataclass(frozen=True, slots=True)
class WarehouseNote:
    """A row that a warehouse system sends and that moves no piece from state to state: a bin move,
    or a movement that never took place."""

    movement_id: str
    kind: str
    at: datetime
    day: date
    item: str
    location: str
    qty: int
    state: str = "ON_HAND"
    from_state: str = ""
    bin: str = ""
    reason: str = ""
    user: str = "u.petersen"


@dataclass(frozen=True, slots=True)
class CostOnly:
    """Value of stock changes and no piece moves: revaluation, write-down, landed cost."""

    movement_id: str
    event: str
    at: datetime
    day: date
    item: str
    location: str
    amount: int
    reason: str
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    count_id: str
    line: int
    day: date
    at: datetime
    item: str
    location: str
    book: int
    counted: int
    movement_id: str
    cost: int
    kind: str = "cycle"
    lot: str = ""
    reason: str = ""
    counted_by: str = "u.petersen"
    approved_by: str = ""
