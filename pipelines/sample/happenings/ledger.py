"""A journal of the general ledger: a document's debits and credits by account role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a journal, company currency, cents: debit positive.

    `account` only where the role alone does not say it; amounts in document currency beside."""

    role: str
    amount: int
    doc_line: str = ""
    item: str = ""
    location: str = ""
    party: str = ""
    party_role: str = ""
    qty: int | None = None
    account: str = ""
    amount_doc: int | None = None
    currency_doc: str = ""
    event: str = ""

    def on(self, account: str) -> Entry:
        """The same on an account; written out, since a year has a hundred thousand of them."""
        return Entry(
            self.role, self.amount, self.doc_line, self.item, self.location, self.party,
            self.party_role, self.qty, account, self.amount_doc, self.currency_doc, self.event,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Journal:
    """As the ledger delivers it: `doc_type` and `doc_id` name the document behind it (ruling E3)."""

    journal_id: str
    day: date
    at: datetime
    module: str
    doc_type: str
    doc_id: str
    entries: tuple[Entry, ...]
    status: str = "posted"
    is_manual: bool = False
    entered_by: str = "interface"
    approved_by: str = ""
    text: str = ""
    reversal_of: str = ""
    document_day: date | None = None


@dataclass(frozen=True, slots=True)
class MethodSet:
    """The controller decided by which costing method an item is valued, from a day on."""

    policy_id: str
    item: str
    method: str
    day: date
