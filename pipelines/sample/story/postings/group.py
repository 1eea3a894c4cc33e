"""Entries between companies of the group: a transfer with its mark-up (E42), and its payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.sample.happenings import Entry, GroupSettled, GroupShipped
from pipelines.sample.story.postings.sums import Facts, pair

if TYPE_CHECKING:
    from pipelines.sample.story.accounting import Accounting


class GroupPostings:
    """Each company books its own side on the day the goods leave (ruling E17)."""

    def __init__(self, accounting: Accounting) -> None:
        self.accounting = accounting
        accounting.company.listen(GroupShipped, self._shipped)
        accounting.company.listen(GroupSettled, self._settled)

    def _shipped(self, told: GroupShipped) -> None:
        entries = self._sold(told) if told.is_seller else self._bought(told)
        source = ("INV", "transfer", told.transfer_id)
        if told.is_seller:
            source = ("INV", "shipment", told.shipment_id)
        self.accounting.post(told.day, source, entries)

    def _sold(self, told: GroupShipped) -> list[Entry]:
        entries: list[Entry] = []
        for line in told.lines:
            facts = _facts(line.item, told.sender, told.buyer) | {
                "doc_line": f"{line.shipment_line}"
            }
            entries += pair("IC_COGS", "INV", line.cost, qty=line.qty, **facts)
            entries += pair("IC_DUE_FROM", "IC_REVENUE", line.amount, qty=line.qty, **facts)
        return entries

    def _bought(self, told: GroupShipped) -> list[Entry]:
        entries: list[Entry] = []
        for line in told.lines:
            facts = _facts(line.item, told.receiver, told.seller)
            key = ("transfer", told.transfer_id, line.item)
            self.accounting.goods.in_transit.put(key, line.qty, line.value)
            stock, owed = pair("INV_TRANSIT", "IC_DUE_TO", line.value, qty=line.qty, **facts)
            in_document: Facts = {"amount_doc": -line.amount, "currency_doc": told.currency}
            entries += [stock, Entry(owed.role, owed.amount, qty=owed.qty, **in_document, **facts)]
        return entries

    def _settled(self, told: GroupSettled) -> None:
        """What the rate did since the goods left is the payer's gain or loss."""
        facts: Facts = {"party": told.partner, "party_role": "intercompany"}
        in_document: Facts = {"currency_doc": told.currency}
        sign = 1 if told.is_seller else -1
        role = "IC_DUE_FROM" if told.is_seller else "IC_DUE_TO"
        entries = [
            Entry("CASH", sign * told.paid, amount_doc=sign * told.amount, **in_document, **facts),
            Entry(
                role, -sign * told.carried, amount_doc=-sign * told.amount, **in_document, **facts
            ),
        ]
        rest = sum(entry.amount for entry in entries)
        if rest:
            entries.append(Entry("FX_GAIN_LOSS", -rest, **facts))
        self.accounting.post(told.day, ("CASH", "payment", told.settlement_id), entries)


def _facts(item: str, location: str, partner: str) -> Facts:
    return {
        "item": item,
        "location": location,
        "party": partner,
        "party_role": "intercompany",
        "event": "E42",
    }
