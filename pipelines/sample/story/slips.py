"""How one journal goes wrong: what comes in its place, what is at stake, where it must be found.

Of each fault stands here which journals are of use for it (`fits`), and what it makes of one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from pipelines.sample.happenings import Entry, Journal
from pipelines.sample.story.postings.sums import Facts
from pipelines.sample.world.accounts import ACCOUNT_OF_ROLE

# The column of the key that holds the document of a journal.
DOCUMENT_KEY = {
    "shipment": "shipment_id",
    "invoice": "invoice_id",
    "cash_receipt": "cash_receipt_id",
}
# Small amounts would drown in the tolerances of a reader.
LEAST = 2_000


@dataclass(frozen=True, slots=True)
class Slip:
    """`journals` come in place of the right one; `names` is the journal to be found, "" none."""

    journals: tuple[Journal, ...]
    exposure: int
    note: str
    names: str = ""
    line: int = 0

    def keys(self, journal: Journal) -> Facts:
        keys: Facts = {}
        if self.names:
            keys["journal_id"] = self.names
        if self.line:
            keys["journal_line"] = self.line
        if journal.doc_type in DOCUMENT_KEY:
            keys[DOCUMENT_KEY[journal.doc_type]] = journal.doc_id
        return keys


def turnover(journal: Journal) -> int:
    return sum(entry.amount for entry in journal.entries if entry.amount > 0)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind of slip: a journal either fits it or is no opportunity for it."""

    fits: Callable[[Journal], bool]
    make: Callable[[Journal, Random], Slip]


def is_large(journal: Journal) -> bool:
    return turnover(journal) >= LEAST


def is_any(_: Journal) -> bool:
    return True


def duplicate(journal: Journal, _: Random) -> Slip:
    again = replace(journal, journal_id=f"{journal.journal_id}-2")
    return Slip((journal, again), turnover(journal), "posted twice", again.journal_id)


def missing(journal: Journal, _: Random) -> Slip:
    return Slip((), turnover(journal), "never posted")


def parked(journal: Journal, _: Random) -> Slip:
    waiting = replace(journal, status="parked")
    return Slip((waiting,), turnover(journal), "entered, not posted yet", journal.journal_id)


def next_period(journal: Journal, _: Random) -> Slip:
    late = replace(journal, day=journal.day + timedelta(days=1))
    note = "posted in the month after the document"
    return Slip((late,), turnover(journal), note, journal.journal_id)


def has_cost(journal: Journal) -> bool:
    line = _first(journal, "COGS")
    return line is not None and journal.entries[line].amount >= LEAST


def wrong_account(journal: Journal, _: Random) -> Slip:
    """The cost of a sale among the goods for own use."""
    line = _first(journal, "COGS")
    assert line is not None
    entry = journal.entries[line]
    moved = replace(entry, role="EXPENSE", account=ACCOUNT_OF_ROLE["EXPENSE"])
    changed = _with(journal, {line: moved})
    note = "cost of a sale on EXPENSE"
    return Slip((changed,), entry.amount, note, journal.journal_id, line + 1)


def has_cost_of_stock(journal: Journal) -> bool:
    sides = _cost_pair(journal)
    return sides is not None and journal.entries[sides[0]].amount >= LEAST


def wrong_cost(journal: Journal, rng: Random) -> Slip:
    """A cost that is not the one of the pool; the quantity is right."""
    sides = _cost_pair(journal)
    assert sides is not None
    cost = journal.entries[sides[0]].amount
    off = max(100, cost * rng.randrange(4, 15) // 100)
    changed = _shifted(journal, sides, off, 0)
    return Slip((changed,), off, f"cost {off / 100:.2f} too high", journal.journal_id)


def has_several_pieces(journal: Journal) -> bool:
    sides = _cost_pair(journal)
    entry = journal.entries[sides[0]] if sides else None
    return entry is not None and entry.amount >= LEAST and (entry.qty or 0) >= 3


def wrong_qty(journal: Journal, rng: Random) -> Slip:
    """More pieces than were shipped, and their cost with them."""
    sides = _cost_pair(journal)
    assert sides is not None
    entry = journal.entries[sides[0]]
    qty = entry.qty or 0
    more = max(1, qty * rng.randrange(15, 45) // 100)
    off = entry.amount * more // qty
    changed = _shifted(journal, sides, off, more)
    return Slip((changed,), off, f"{more} pieces too many", journal.journal_id)


def is_taxed(journal: Journal) -> bool:
    return _first(journal, "AR") is not None and _first(journal, "TAX_PAYABLE") is not None


def rounded(journal: Journal, rng: Random) -> Slip:
    """A cent or two between receivable and tax."""
    owed, tax = _first(journal, "AR"), _first(journal, "TAX_PAYABLE")
    assert owed is not None
    assert tax is not None
    off = rng.choice((-2, -1, 1, 2))
    changed = _shifted(journal, (owed, tax), off, 0)
    return Slip((changed,), abs(off), "rounded another way", journal.journal_id)


def is_foreign(journal: Journal) -> bool:
    owed = _first(journal, "AR")
    if owed is None:
        return False
    entry = journal.entries[owed]
    is_converted = bool(entry.amount_doc) and entry.amount != entry.amount_doc
    return is_converted and entry.amount >= LEAST


def wrong_rate(journal: Journal, rng: Random) -> Slip:
    """A foreign invoice at the rate of another day."""
    owed = _first(journal, "AR")
    assert owed is not None
    entry = journal.entries[owed]
    per_mille = rng.choice((-31, -18, 17, 26))
    made = [replace(e, amount=e.amount + e.amount * per_mille // 1000) for e in journal.entries]
    rest = sum(e.amount for e in made)
    made[owed] = replace(made[owed], amount=made[owed].amount - rest)
    changed = replace(journal, entries=tuple(made))
    off = abs(made[owed].amount - entry.amount)
    return Slip((changed,), off, f"rate off by {per_mille} per mille", journal.journal_id)


def is_money_in(journal: Journal) -> bool:
    cash = _first(journal, "CASH")
    return cash is not None and journal.entries[cash].amount >= LEAST


def unbalanced(journal: Journal, rng: Random) -> Slip:
    """Cash typed with two digits turned round."""
    cash = _first(journal, "CASH")
    assert cash is not None
    off = 900 * rng.randrange(1, 8)
    entry = journal.entries[cash]
    changed = _with(journal, {cash: replace(entry, amount=entry.amount + off)})
    return Slip((changed,), off, "debits and credits differ", journal.journal_id)


def _first(journal: Journal, role: str) -> int | None:
    for place, entry in enumerate(journal.entries):
        if entry.role == role:
            return place
    return None


def _cost_pair(journal: Journal) -> tuple[int, int] | None:
    """Cost of sales and the stock it came from, as they stand one behind the other."""
    for place, (one, other) in enumerate(zip(journal.entries, journal.entries[1:], strict=False)):
        if one.role == "COGS" and other.role == "INV" and one.amount == -other.amount > 0:
            return place, place + 1
    return None


def _shifted(journal: Journal, sides: tuple[int, int], off: int, pieces: int) -> Journal:
    debit, credit = (journal.entries[side] for side in sides)
    return _with(
        journal,
        {sides[0]: _moved(debit, off, pieces), sides[1]: _moved(credit, -off, -pieces)},
    )


def _moved(entry: Entry, off: int, pieces: int) -> Entry:
    qty = None if entry.qty is None else entry.qty + pieces
    return replace(entry, amount=entry.amount + off, qty=qty)


def _with(journal: Journal, changed: dict[int, Entry]) -> Journal:
    entries = (changed.get(place, entry) for place, entry in enumerate(journal.entries))
    return replace(journal, entries=tuple(entries))


DUPLICATE, MISSING = Mistake(is_large, duplicate), Mistake(is_large, missing)
PARKED, NEXT_PERIOD = Mistake(is_any, parked), Mistake(is_large, next_period)
WRONG_ACCOUNT, WRONG_COST = Mistake(has_cost, wrong_account), Mistake(has_cost_of_stock, wrong_cost)
WRONG_QTY, ROUNDED = Mistake(has_several_pieces, wrong_qty), Mistake(is_taxed, rounded)
WRONG_RATE, UNBALANCED = Mistake(is_foreign, wrong_rate), Mistake(is_money_in, unbalanced)
