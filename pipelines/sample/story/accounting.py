"""The general ledger: hears what happened and books what the posting profile asks for.

What each happening does to the accounts stands in `postings`, by area. What should be booked is
kept beside what the ledger really holds, which alone is told; between the two stands `misposting`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from pipelines.sample.happenings import Entry, Journal
from pipelines.sample.story.misposting import Misposting
from pipelines.sample.story.postings import (
    MoneyPostings,
    PurchasingPostings,
    SalesPostings,
    StockPostings,
)
from pipelines.sample.story.postings.sums import Held
from pipelines.sample.story.profiles import PROFILES, STOCK_ROLES
from pipelines.sample.story.subledgers import MoneyOnAccount, Payables, Receivables
from pipelines.sample.world.accounts import ACCOUNT_OF_ROLE, Balances
from pipelines.sample.world.company import Company

ENTERED_AT_MINUTE = 21 * 60
# Where stock is set by the count at month end, what happens to it in between is not booked.
SWALLOWED = (
    "COGS", "WRITE_OFF", "INV_ADJ", "MARKETING_EXP", "EXPENSE", "MFG_VAR", "ABSORBED", "NRV_LOSS",
    "REVAL", "PPV", "ROUNDING",
)  # fmt: skip
# Module, document type and document id (ruling E3).
Source = tuple[str, str, str]


class Accounting:
    """`actual` is the ledger as it is delivered, `expected` the ledger as it should be.

    `stock` is what the expected entries of stock accounts add up to by role, item and place, under
    whatever profile; `unseen` the same of receipts that the ledger never heard of."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.rules = company.parameters.ledger
        self.profile = PROFILES[self.rules.posting_profile]
        self.actual = Balances()
        self.expected = Balances()
        self.should_be: list[Journal] = []
        self.receivables, self.on_account = Receivables(), MoneyOnAccount()
        self.payables = Payables()
        self.consigned, self.interim = Held(), Held()
        self.stock: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        self.unseen: dict[tuple[str, str, str], tuple[int, int]] = {}
        self.pass_on: Callable[[Journal, Journal | None], None] = self.deliver
        self._at_month_end: defaultdict[str, int] = defaultdict(int)
        self.goods = StockPostings(self)
        self.purchases = PurchasingPostings(self)
        self.sales = SalesPostings(self)
        self.money = MoneyPostings(self)
        self.slips = Misposting(company, self)

    def open(self, amounts: dict[str, int]) -> None:
        self.actual.open(self.slips.opening(amounts))
        self.expected.open(amounts)

    @property
    def refused_role(self) -> str:
        """Where goods stand that a customer refused, until they are back."""
        return "RETURN_ASSET" if self.profile.cost == "control" else self.profile.sent

    def worth(self, item: str, qty: int) -> int:
        """What pieces are worth that stay in the pool; nothing where the pool is empty."""
        held, value = self.company.cost.qty[item], self.company.cost.value[item]
        return (2 * value * qty + held) // (2 * held) if held else 0

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.company.zone).date()

    def post(
        self, day: date, source: Source, entries: Sequence[Entry], *,
        is_missed: Sequence[Entry] = (), document_day: date | None = None,
    ) -> None:  # fmt: skip
        """Books in the evening of the day. `is_missed` should have been booked and was not."""
        for entry in (*entries, *is_missed):
            if entry.role in STOCK_ROLES:
                self.stock[entry.role, entry.item, entry.location] += entry.amount
        for entry in is_missed:
            if entry.role in STOCK_ROLES:
                cell = (entry.role, entry.item, entry.location)
                qty, value = self.unseen.get(cell, (0, 0))
                self.unseen[cell] = qty + (entry.qty or 0), value + entry.amount
        booked, missed = self._as_profiled(entries), self._as_profiled(is_missed)
        assert not sum(entry.amount for entry in (*booked, *missed)), source
        if not booked and not missed:
            return
        at = self.company.moment(day, ENTERED_AT_MINUTE)
        journal = Journal(
            self.company.number("JE"), day, at, *source, (*booked, *missed),
            document_day=document_day,
        )  # fmt: skip
        self.should_be.append(journal)
        self.expected.post(journal)
        told = journal if not missed else replace(journal, entries=booked) if booked else None
        self.pass_on(journal, told)

    def deliver(self, expected: Journal, booked: Journal | None) -> None:
        """The ledger books what it should, unless somebody stands in between."""
        if booked:
            self.actual.post(booked)
            self.company.tell(booked)

    def work(self, day: date, *, is_month_end: bool) -> None:
        """The last work of a day: what waited for all its parts, and the count of the periodic."""
        self.goods.work(day)
        if is_month_end and self._at_month_end:
            entries = []
            for role, amount in sorted(self._at_month_end.items()):
                entries += [Entry(role, amount), Entry("COGS", -amount)]
            self._at_month_end.clear()
            self._book_as_is(day, ("INV", "count", f"CLOSE-{day:%Y-%m}"), entries)
        self.slips.work(day)

    def _book_as_is(self, day: date, source: Source, entries: list[Entry]) -> None:
        at = self.company.moment(day, ENTERED_AT_MINUTE)
        whole = tuple(_with_account(entry) for entry in entries if entry.amount)
        if whole:
            journal = Journal(self.company.number("JE"), day, at, *source, whole)
            self.should_be.append(journal)
            self.expected.post(journal)
            self.pass_on(journal, journal)

    def _as_profiled(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        whole = tuple(_with_account(entry) for entry in entries if entry.amount)
        if not self.profile.counts_at_month_end:
            return whole
        for entry in whole:
            if entry.role in STOCK_ROLES:
                self._at_month_end[entry.role] += entry.amount
        only_stock = all(entry.role in (*STOCK_ROLES, *SWALLOWED) for entry in whole)
        return () if only_stock else tuple(_purchases(whole))


def _purchases(entries: Sequence[Entry]) -> list[Entry]:
    """Goods bought are cost of sales until the count says what is left of them."""
    made: list[Entry] = []
    for entry in entries:
        if entry.role in STOCK_ROLES:
            entry = _with_account(replace(entry, role="COGS", account=""))
        made.append(entry)
    cost = sum(entry.amount for entry in made if entry.role == "COGS")
    return made if cost else [entry for entry in made if entry.role != "COGS"]


def _with_account(entry: Entry) -> Entry:
    return entry if entry.account else entry.on(ACCOUNT_OF_ROLE[entry.role])
