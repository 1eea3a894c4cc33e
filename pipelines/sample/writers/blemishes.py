"""Rows that are wrong on purpose: broken contracts, unknown codes, units and numbers lost.

A bad row is always one on which nothing depends - a draft, a note about a bin, a count that found
no difference - so that the answer key of all other findings stays true beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from pipelines.sample.faults.plan import Planted
from pipelines.sample.parameters import Parameters
from pipelines.sample.writers.canonical import Delivery
from pipelines.sample.writers.texts import Row

NUMBERED = ("wms", "wms_stock_movement")


@dataclass(frozen=True, slots=True)
class BadRow:
    """How a good row is turned into a bad one, and what is wrong with it then."""

    system: str
    table: str
    what: str
    spoil: Callable[[Row, str], Row]
    code: str = "FEED_REJECT"
    # Columns of the answer key beside those of the file, from the bad row.
    named: dict[str, str] = field(default_factory=dict)


def _sound_count(row: Row, number: str) -> Row:
    """A count line of its own that found what the book says, so that nothing follows from it."""
    return {**row, "count_id": f"CX{number}", "count_line": "1", "counted_qty": row["book_qty"],
            "adjustment_txn_id": "", "approved_by": "", "approved_at": ""}  # fmt: skip


def _unknown_count_type(row: Row, number: str) -> Row:
    return {**_sound_count(row, number), "count_type": "cycel"}


def _unknown_movement(row: Row, number: str) -> Row:
    kept = ("event_at", "recorded_at", "posting_date", "item_code", "uom", "location_code",
            "source_updated_at", "sequence_no")  # fmt: skip
    return {**dict.fromkeys(row, ""), **{name: row.get(name, "") for name in kept},
            "movement_id": f"MX{number}", "movement_line": "1", "movement_type": "bin_mvoe",
            "stock_status": "available", "from_stock_status": "available", "qty": "1",
            "qty_base": "1", "sequence_no": ""}  # fmt: skip


def _draft_order_without_customer(row: Row, number: str) -> Row:
    return {**row, "order_id": f"SX{number}", "order_line": "1", "customer_code": "",
            "line_status": "draft", "qty_cancelled": "0"}  # fmt: skip


def _draft_shipment_from_nowhere(row: Row, number: str) -> Row:
    return {**row, "shipment_id": f"SHX{number}", "ship_from_location": "", "status": "draft",
            "ship_confirm_at": ""}  # fmt: skip


def _lead_time_too_exact(row: Row, number: str) -> Row:
    return {**row, "lead_time_id": f"LX{number}", "lead_time_days": "12.123456789"}


def _balance_without_currency(row: Row, number: str) -> Row:
    return {**row, "account": f"99{number}", "opening": "0.00", "debit": "0.00",
            "credit": "0.00", "closing": "0.00", "currency": ""}  # fmt: skip


def _misspelt_item(row: Row, number: str) -> Row:
    """Lower case and a zero too many: nobody's code, though people would read it."""
    return {
        **_sound_count(row, number),
        "item_code": row["item_code"].lower().replace("nt", "nt-0"),
    }


def _item_nobody_knows(row: Row, number: str) -> Row:
    return {**_sound_count(row, number), "item_code": f"ZZ-{number}"}


def _unit_without_conversion(row: Row, number: str) -> Row:
    return {**_sound_count(row, number), "uom": "BX"}


BROKEN = (
    BadRow("wms", "wms_count_line", "unknown code in count_type", _unknown_count_type),
    BadRow("erp", "billing_order_line", "customer_code missing", _draft_order_without_customer),
    BadRow("erp", "demand_lead_time", "too many decimals in lead_time_days", _lead_time_too_exact),
    BadRow("wms", "wms_stock_movement", "unknown code in movement_type", _unknown_movement),
    BadRow("wms", "wms_shipment", "ship_from_location missing", _draft_shipment_from_nowhere),
    BadRow("erp", "gl_balance", "currency missing", _balance_without_currency),
)
COUNT = {"count_id": "count_id"}
UNKNOWN = (
    BadRow("wms", "wms_count_line", "an item code misspelt", _misspelt_item, "XREF_MISMATCH", COUNT),
    BadRow("wms", "wms_count_line", "an item nobody knows", _item_nobody_knows, "MASTER_MISSING", COUNT),
    BadRow("wms", "wms_count_line", "a unit without conversion", _unit_without_conversion, "UOM_CONFLICT", COUNT),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A planted bad row: where it is, as a spreadsheet counts with the header as row 1."""

    system: str
    table: str
    row_number: int
    bad: BadRow
    row: Row

    def planted(self, file_name: str) -> Planted:
        if self.bad.code == "FEED_REJECT":
            keys = {"feed": self.table, "file_name": file_name, "row_number": str(self.row_number)}
        else:
            keys = {name: self.row[column] for name, column in self.bad.named.items()}
        return Planted(self.bad.code, None, self.bad.what, keys=keys)


class Blemishes:
    """Spread over all cuts but the last: what is late or repeated comes within the year."""

    def __init__(self, parameters: Parameters, months: tuple[int, ...], rng: Random) -> None:
        self._rng = rng
        self._plan: dict[int, list[tuple[int, BadRow]]] = {}
        self._done: set[int] = set()
        self._gaps = int(parameters.faults.of("FEED_GAP"))
        self._sequence = 0
        chosen = months[:-1] or months
        wanted = [BROKEN[n % len(BROKEN)] for n in range(int(parameters.faults.of("FEED_REJECT")))]
        for bad in UNKNOWN:
            wanted += [bad] * int(parameters.faults.of(bad.code))
        for number, bad in enumerate(wanted):
            self._plan.setdefault(chosen[number % len(chosen)], []).append((number, bad))

    def spoil(self, delivery: Delivery) -> list[Spoilt]:
        """Puts the bad rows of a month among the good ones of its first delivery that has any."""
        month = delivery.day.month if delivery.day else 0
        spoilt: dict[int, tuple[BadRow, Row, list[Row]]] = {}
        for number, bad in self._plan.get(month, ()):
            rows = delivery.tables.get((bad.system, bad.table))
            if rows and number not in self._done:
                at = self._rng.randrange(len(rows))
                rows.insert(at, bad.spoil(rows[at], str(number + 1)))
                spoilt[number] = (bad, rows[at], rows)
                self._done.add(number)
        return [
            Spoilt(bad.system, bad.table, _place(row, rows) + 2, bad, row)
            for bad, row, rows in spoilt.values()
        ]

    def number(self, delivery: Delivery) -> bool:
        """Numbers the movements through, as their system does; True where a number is lost."""
        rows = delivery.tables.get(NUMBERED, [])
        if not rows:
            return False
        month = delivery.day.month if delivery.day else 0
        lost = bool(month and self._gaps and self._sequence)
        first = self._sequence + 1
        at = self._rng.randrange(1, len(rows)) if lost and len(rows) > 1 else -1
        for position, row in enumerate(rows):
            self._sequence += 2 if position == at else 1
            row["sequence_no"] = str(self._sequence)
        self._gaps -= at > 0
        delivery.sequences[NUMBERED] = (str(first), str(self._sequence))
        return at > 0


def _place(row: Row, rows: list[Row]) -> int:
    return next(place for place, other in enumerate(rows) if other is row)
