"""Open items as a payment looks for them: by payer, and by the names they go under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipelines.engines.matching.cash_records import Item, Payment

LONG_NAME = 6  # characters that make a word of a text the name of somebody else's invoice


class OpenItems:
    """Open items of all companies, found by payer and by the names they go under."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._by_payer: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
        self._by_name: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
        for item in sorted(items, key=lambda one: (one.due, one.invoice_id, one.instalment)):
            if item.party_id is not None:
                self._by_payer[item.company_id, item.currency, item.party_id].append(item)
            for name in {item.invoice_id.casefold(), item.invoice_number.casefold()} - {""}:
                self._by_name[item.company_id, item.currency, name].append(item)

    def of(self, payment: Payment) -> list[Item]:
        """Open items of the payer in the currency of the payment, the oldest first."""
        key = (payment.company_id, payment.currency, payment.party_id or "")
        return [item for item in self._by_payer.get(key, ()) if item.open != 0]

    def named(self, payment: Payment, name: str, *, is_told: bool) -> list[Item]:
        """Open parts of the invoice that goes under a name; of several, none is sure.

        is_told: the payer said that it is an invoice. A short word of a text may be anything, so it
        only counts for invoices of the payer himself.
        """
        key = (payment.company_id, payment.currency, name.strip().casefold())
        found = [item for item in self._by_name.get(key, ()) if item.open != 0]
        own = [item for item in found if item.party_id == payment.party_id]
        if not own and (is_told or len(name) >= LONG_NAME):
            own = found
        invoices = {(item.source_system, item.invoice_id) for item in own}
        return own if len(invoices) == 1 else []
