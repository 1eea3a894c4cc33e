"""Where the ledger parts from what it should hold: on purpose, and written into the key.

Every journal on its way into the ledger is an opportunity for the faults of its kind of document;
one fault a document. Journals that nobody should have entered come on days of their own. What
must be found is the journal or, where there is none, the document behind it (ruling D20).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipelines.sample.happenings import Entry, Journal
from pipelines.sample.story import slips
from pipelines.sample.story.postings.sums import Facts
from pipelines.sample.story.slips import Mistake, Slip
from pipelines.sample.world.accounts import ACCOUNT_OF_ROLE
from pipelines.sample.world.calendar import is_month_end
from pipelines.sample.world.company import Company

if TYPE_CHECKING:
    from pipelines.sample.story.accounting import Accounting

ENTERED_AT_MINUTE, CASUAL_DAY = 20 * 60 + 30, 17
# An entry that is missing must be older than any limit for posting when the year ends.
OLD_ENOUGH_DAYS = 10
CLERK = "s.reimers"

# By kind of document: which faults may befall its journal. The first that strikes has it.
FAULTS: dict[str, tuple[tuple[str, Mistake], ...]] = {
    "shipment": (
        ("GL_DUPLICATE_POSTING", slips.DUPLICATE),
        ("GL_WRONG_ACCOUNT", slips.WRONG_ACCOUNT),
        ("GL_AMOUNT_COST", slips.WRONG_COST),
        ("GL_AMOUNT_QTY", slips.WRONG_QTY),
        ("GL_MISSING_IN_GL", slips.MISSING),
        ("CUTOFF_ERROR", slips.NEXT_PERIOD),
        ("GL_TIMING_UNPOSTED", slips.PARKED),
    ),
    "invoice": (
        ("GL_AMOUNT_ROUND", slips.ROUNDED),
        ("GL_AMOUNT_FX", slips.WRONG_RATE),
        ("GL_MISSING_IN_GL", slips.MISSING),
        ("GL_DUPLICATE_POSTING", slips.DUPLICATE),
    ),
    "cash_receipt": (
        ("GL_WRONG_PERIOD", slips.NEXT_PERIOD),
        ("JOURNAL_UNBALANCED", slips.UNBALANCED),
    ),
    "payment": (("GL_WRONG_PERIOD", slips.NEXT_PERIOD),),
}
# Two codes that one cause brings about: the second hangs under the first.
CHILDREN = {"CUTOFF_ERROR": "GL_WRONG_PERIOD"}


@dataclass(frozen=True, slots=True)
class _Held:
    journal: Journal
    told_on: date


class Misposting:
    def __init__(self, company: Company, accounting: Accounting) -> None:
        self.company = company
        self.accounting = accounting
        self.faults = company.faults
        self._later: list[_Held] = []
        accounting.pass_on = self.hear

    def hear(self, expected: Journal, booked: Journal | None) -> None:
        """Hands a journal to the ledger, as it is or as somebody got it wrong."""
        if booked is None or len(booked.entries) < len(expected.entries):
            self._never_posted(expected, booked)
        if booked is None:
            return
        slip = self._strike(booked) if booked.entries == expected.entries else None
        for journal in slip.journals if slip else (booked,):
            if journal.at > booked.at:
                self._later.append(_Held(journal, self.accounting.local_day(journal.at)))
            else:
                self.accounting.deliver(expected, journal)

    def work(self, day: date) -> None:
        """What was held back comes in, and what nobody should have entered."""
        due = [held.journal for held in self._later if held.told_on <= day]
        self._later = [held for held in self._later if held.told_on > day]
        for journal in due:
            self.accounting.deliver(journal, journal)
        if day.day == CASUAL_DAY and not self.faults.is_quiet(day):
            if self.faults.strikes("GL_MANUAL_JOURNAL"):
                self._manual(day)
            if self.faults.strikes("GL_MISSING_IN_SUBLEDGER"):
                self._stranger(day)
        if is_month_end(day) and day < self.company.parameters.last_day:
            self._force(day)

    def opening(self, amounts: dict[str, int]) -> dict[str, int]:
        """The balances with which the ledger really opens."""
        if not amounts or not self.faults.strikes("GL_OPENING_DIFF"):
            return amounts
        off = self.faults.rng("GL_OPENING_DIFF").randrange(40_000, 180_000)
        note = f"account {ACCOUNT_OF_ROLE['INV']} opens {off / 100:.2f} above the stock behind it"
        self.faults.plant("GL_OPENING_DIFF", off, note)
        return {**amounts, "INV": amounts["INV"] + off, "EQUITY": amounts["EQUITY"] - off}

    # --- journals of documents -------------------------------------------------------------------

    def _strike(self, journal: Journal) -> Slip | None:
        for code, mistake in FAULTS.get(journal.doc_type, ()):
            if not self._is_time_for(code, journal.day) or not mistake.fits(journal):
                continue
            if self.faults.strikes(code, claim=("doc", journal.doc_id)):
                slip = mistake.make(journal, self.faults.rng(code))
                self._plant(code, slip, journal)
                return self._numbered(slip, journal)
        return None

    def _is_time_for(self, code: str, day: date) -> bool:
        last = self.company.parameters.last_day
        if code == "GL_TIMING_UNPOSTED":
            limit = self.company.parameters.ledger.posting_sla_days
            return self.company.next_business_day(day, steps=limit) > last
        if code in ("CUTOFF_ERROR", "GL_WRONG_PERIOD"):
            month = (day.year, day.month)
            after = self.company.next_business_day(day)
            return (after.year, after.month) != month and after + timedelta(days=3) < last
        if code == "GL_MISSING_IN_GL":
            return day + timedelta(days=OLD_ENOUGH_DAYS) <= last
        return True

    def _plant(self, code: str, slip: Slip, journal: Journal) -> None:
        keys = slip.keys(journal)
        self.faults.plant(code, slip.exposure, slip.note, **keys)
        if child := CHILDREN.get(code):
            self.faults.plant(child, slip.exposure, slip.note, root_code=code, **keys)

    def _numbered(self, slip: Slip, journal: Journal) -> Slip:
        """Copies get numbers, what is dated into another period its first business day."""
        journals = []
        for made in slip.journals:
            if made.day != journal.day:
                day = self.company.next_business_day(journal.day)
                at = self.company.moment(day, ENTERED_AT_MINUTE)
                made = replace(made, day=day, at=at, document_day=journal.day)
            journals.append(made)
        return replace(slip, journals=tuple(journals))

    def _never_posted(self, expected: Journal, booked: Journal | None) -> None:
        """The ledger's side of a receipt that nobody posted (ruling E7)."""
        missed = expected.entries[len(booked.entries) if booked else 0 :]
        if expected.doc_type != "receipt":
            return
        for entry in missed:
            if entry.amount > 0:
                self.faults.plant(
                    "GL_MISSING_IN_GL", entry.amount, "a receipt that nobody posted",
                    root_code="RECEIPT_NOT_CAPITALISED", receipt_id=expected.doc_id,
                    receipt_line=entry.doc_line,
                )  # fmt: skip

    # --- journals without a document -------------------------------------------------------------

    def _enter(
        self, day: date, module: str, source: tuple[str, str], text: str, *entries: Entry,
        is_manual: bool = False,
    ) -> Journal:  # fmt: skip
        whole = tuple(replace(e, account=ACCOUNT_OF_ROLE[e.role]) for e in entries)
        journal = Journal(
            self.company.number("JM"), day, self.company.moment(day, ENTERED_AT_MINUTE), module,
            *source, whole, is_manual=is_manual, text=text,
            entered_by=CLERK if is_manual else "interface",
        )  # fmt: skip
        if is_manual:
            journal = replace(journal, doc_id=journal.journal_id)
        self.accounting.deliver(journal, journal)
        return journal

    def _manual(self, day: date) -> None:
        rng = self.faults.rng("GL_MANUAL_JOURNAL")
        amount = rng.randrange(8_000, 90_000)
        role, other = rng.choice((("INV", "EXPENSE"), ("GRIR", "PPV"), ("AR", "BAD_DEBT")))
        sign = 1 if role == "GRIR" else -1
        entries = (Entry(role, sign * amount), Entry(other, -sign * amount))
        source = ("manual", "")
        journal = self._enter(day, "MANUAL", source, "per phone", *entries, is_manual=True)
        self.faults.plant(
            "GL_MANUAL_JOURNAL", amount, f"{role} by hand, no document",
            journal_id=journal.journal_id, journal_line=1,
        )  # fmt: skip

    def _stranger(self, day: date) -> None:
        """The interface books goods that no warehouse ever moved."""
        amount = self.faults.rng("GL_MISSING_IN_SUBLEDGER").randrange(5_000, 60_000)
        facts: Facts = {
            "item": self.company.bought[0].code,
            "location": self.company.warehouses[0].code,
        }
        entries = (Entry("INV_ADJ", amount, **facts), Entry("INV", -amount, **facts))
        source = ("movement", self.company.number("MX"))
        journal = self._enter(day, "INV", source, "", *entries)
        self.faults.plant(
            "GL_MISSING_IN_SUBLEDGER", amount, "an entry of the system without a movement",
            journal_id=journal.journal_id,
        )  # fmt: skip

    def _force(self, day: date) -> None:
        """Somebody makes a difference vanish on the last day of the month (ruling E9)."""
        actual, expected = self.accounting.actual, self.accounting.expected
        for role, other in (("INV", "INV_ADJ"), ("AR", "BAD_DEBT")):
            off = actual.of_role(role) - expected.of_role(role)
            if abs(off) >= 1_000 and self.faults.strikes("MANUAL_JE_FORCE"):
                entries = (Entry(role, -off), Entry(other, off))
                source = ("manual", "")
                text = "true-up to subledger"
                journal = self._enter(day, "MANUAL", source, text, *entries, is_manual=True)
                self.faults.plant(
                    "MANUAL_JE_FORCE", abs(off), "exactly the difference of the account",
                    journal_id=journal.journal_id, journal_line=1,
                )  # fmt: skip
                return
