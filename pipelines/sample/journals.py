"""A journal of the general ledger: a document's debits and credits by account role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a journal: debit positive."""

    role: str
    amount: int
    doc_line: str = ""
    item: str = ""
    location: str = ""
    party: str = ""
    party_role: str = ""
    qty: int | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    journal_id: str
    day: date
    at: datetime
    module: str
    doc_type: str
    doc_id: str
    entries: tuple[Entry, ...]
