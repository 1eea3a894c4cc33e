"""Entries of moves that no other document books: transfers, returns, care, counts, kits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipelines.sample.happenings import CostOnly, Entry, StockMoved
from pipelines.sample.story.postings.sums import Facts, Held, pair

if TYPE_CHECKING:
    from pipelines.sample.story.accounting import Accounting

# Where the other side of a change of value goes; the signed `ext_cost` of the move says how much.
OTHER_SIDE = {
    "E32": "WRITE_OFF",
    "E36": "WRITE_OFF",
    "E37": "INV_ADJ",
    "E46": "GRIR",
    "E55": "EXPENSE",
}
# Several moves of one document make one journal; what is left over goes here.
TOGETHER = {"E48": "ABSORBED", "E49": "MFG_VAR", "E57": "INV_ADJ"}
DOCUMENTS = {"COUNT": "count"}


class StockPostings:
    def __init__(self, accounting: Accounting) -> None:
        self.accounting = accounting
        self.in_transit = Held()
        self._together: dict[tuple[str, str], list[Entry]] = {}
        self._booked: dict[str, list[Entry]] = {}
        self._books: dict[str, Callable[[StockMoved, Facts], list[Entry]]] = {
            "E07": self._put_away,
            "E08": self._put_away,
            "E29": self._came_back,
            "E31": self._accepted,
            "E38": self._sent,
            "E39": self._arrived,
            "E40": self._lost,
            "E45": self._taken_back,
            "E50": self._to_work,
            "E52": self._made,
            "E53": self._spoilt,
            "E58": self._reversed,
        }
        accounting.company.listen(StockMoved, self.hear)
        accounting.company.listen(CostOnly, self._revalued)

    def hear(self, moved: StockMoved) -> None:
        facts: Facts = {
            "item": moved.item,
            "location": moved.to_location,
            "event": moved.event,
            "doc_line": moved.doc_line if moved.doc_type in DOCUMENTS else "",
        }
        change = moved.ext_cost or 0
        if moved.event == "E00":  # stands in the opening balance of the ledger
            self.accounting.stock["INV", moved.item, moved.to_location] += change
        elif moved.event in TOGETHER:
            side = Entry("INV", change, qty=_signed(moved), **facts)
            self._together.setdefault((moved.event, moved.doc_id), []).append(side)
        elif moved.event in self._books:
            self._post(moved, self._books[moved.event](moved, facts))
        elif moved.event in OTHER_SIDE and change:
            role = OTHER_SIDE[moved.event]
            if moved.event == "E32" and self._reserves:
                self._post(moved, self._scrapped_return(moved, facts))
            else:
                self._post(moved, pair("INV", role, change, qty=_signed(moved), **facts))

    def work(self, day: date) -> None:
        """Books what belongs together: components out, kit in, the rest to labour or variance."""
        for (event, doc_id), entries in self._together.items():
            rest = sum(entry.amount for entry in entries)
            if rest:
                entries.append(Entry(TOGETHER[event], -rest, event=event))
            self.accounting.post(day, ("INV", "movement", doc_id), entries)
        self._together.clear()

    @property
    def _reserves(self) -> bool:
        return self.accounting.rules.returns_reserve

    def _post(self, moved: StockMoved, entries: list[Entry]) -> None:
        if not entries:
            return
        self._booked[moved.movement_id] = entries
        source = ("INV", "movement", moved.movement_id)
        if moved.doc_type in DOCUMENTS:
            source = ("INV", DOCUMENTS[moved.doc_type], moved.doc_id)
        elif moved.event in ("E38", "E39", "E40"):
            source = ("INV", "transfer", moved.transfer_id or moved.doc_id)
        if moved.is_posted:
            self.accounting.post(moved.day, source, entries)
        else:
            self.accounting.post(moved.day, source, (), is_missed=entries)

    def _put_away(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        key = ("receipt", moved.receipt_id, moved.receipt_line)
        if not self.accounting.rules.interim_receipts:
            return []
        value = self.accounting.interim.take(key, moved.qty)
        return pair("INV", "INV_INTERIM", value, qty=moved.qty, **facts)

    def _came_back(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        """Without a reserve for returns cost is turned round at the dock (ruling E13)."""
        value = moved.ext_cost or 0
        if self._reserves:
            self.in_transit.put(("back", moved.receipt_id, moved.receipt_line), moved.qty, value)
            return []
        refused = moved.from_state == "RETURN_TRANSIT"
        other = self.accounting.refused_role if refused else "COGS"
        return pair("INV", other, value, qty=moved.qty, **facts)

    def _accepted(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        """Back on the shelf; what it lost of its value on the way is a loss."""
        loss = pair("NRV_LOSS", "INV", -(moved.ext_cost or 0), **facts)
        if not self._reserves:
            return loss
        value = self.in_transit.take(("back", moved.receipt_id, moved.receipt_line), moved.qty)
        return [*pair("INV", "RETURN_ASSET", value, qty=moved.qty, **facts), *loss]

    def _scrapped_return(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        value = self.in_transit.take(("back", moved.receipt_id, moved.receipt_line), moved.qty)
        cost = -(moved.ext_cost or 0)
        return [
            *pair("WRITE_OFF", "RETURN_ASSET", value, qty=moved.qty, **facts),
            *pair("WRITE_OFF", "INV", cost - value, **facts),
        ]

    def _sent(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        """A transfer keeps the value it left with (ruling C5)."""
        value = self.accounting.company.worth_in_place(moved.item, moved.qty)
        self.in_transit.put(_transfer(moved), moved.qty, value)
        debit, credit = pair("INV_TRANSIT", "INV", value, qty=moved.qty, **facts) or (None, None)
        if debit is None or credit is None:
            return []
        return [debit, _at(credit, moved.from_location)]

    def _arrived(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        value = self.in_transit.take(_transfer(moved), moved.qty)
        return pair("INV", "INV_TRANSIT", value, qty=moved.qty, **facts)

    def _lost(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        value = self.in_transit.take(_transfer(moved), moved.qty)
        cost = -(moved.ext_cost or 0)
        return [
            *pair("INV_ADJ", "INV_TRANSIT", value, qty=moved.qty, **facts),
            *pair("INV_ADJ", "INV", cost - value, **facts),
        ]

    def _taken_back(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        site = moved.from_location
        value = self.accounting.consigned.take((site, moved.item), moved.qty)
        entries = pair("INV", "INV_CONSIGN", value, qty=moved.qty, **facts)
        return [_at(e, site) if e.role == "INV_CONSIGN" else e for e in entries]

    def _to_work(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        value = self.accounting.worth(moved.item, moved.qty)
        return pair("WIP", "INV", value, qty=moved.qty, **facts)

    def _made(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        return pair("INV", "WIP", moved.ext_cost or 0, qty=moved.qty, **facts)

    def _spoilt(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        return pair("MFG_VAR", "WIP", -(moved.ext_cost or 0), qty=moved.qty, **facts)

    def _reversed(self, moved: StockMoved, facts: Facts) -> list[Entry]:
        """The mirror of what the first move booked, at the value that comes back now."""
        first = self._booked.get(moved.reversal_of)
        change = moved.ext_cost or 0
        if not first or not change:
            return []
        other = next(entry.role for entry in first if entry.role != "INV")
        return pair("INV", other, change, qty=_signed(moved), **facts)

    def _revalued(self, told: CostOnly) -> None:
        """Write-down (E35), change of standard (E56), freight of a transfer (E41)."""
        facts: Facts = {"item": told.item, "location": told.location, "event": told.event}
        capitalises = self.accounting.rules.transfer_cost == "capitalise"
        debit, credit = {
            "E35": ("INV", "NRV_LOSS"),
            "E41": ("INV" if capitalises else "XFER_EXPENSE", "FREIGHT_ACCR"),
            "E56": ("INV", "REVAL"),
        }.get(told.event, ("", ""))
        if debit:
            document = "transfer" if told.event == "E41" else "movement"
            source = ("INV", document, told.movement_id)
            self.accounting.post(told.day, source, pair(debit, credit, told.amount, **facts))


def _signed(moved: StockMoved) -> int:
    """Pieces with the sign of the change of stock."""
    return -moved.qty if (moved.ext_cost or 0) < 0 else moved.qty


def _transfer(moved: StockMoved) -> tuple[object, ...]:
    return ("transfer", moved.transfer_id or moved.doc_id, moved.item)


def _at(entry: Entry, location: str) -> Entry:
    return replace(entry, location=location)
