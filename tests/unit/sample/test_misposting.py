"""What goes wrong on the way into the ledger: seen in the books, named in the key."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipelines.sample.faults.rates import FaultRates
from pipelines.sample.happenings import (
    Application,
    CashReceived,
    Invoice,
    InvoiceLine,
    Journal,
    Shipment,
    ShipmentLine,
)
from pipelines.sample.parameters import Parameters
from pipelines.sample.story.accounting import Accounting
from pipelines.sample.world.company import Company

CODES = (
    "GL_DUPLICATE_POSTING", "GL_WRONG_ACCOUNT", "GL_AMOUNT_COST", "GL_AMOUNT_QTY",
    "GL_MISSING_IN_GL", "GL_AMOUNT_ROUND", "GL_AMOUNT_FX", "JOURNAL_UNBALANCED", "CUTOFF_ERROR",
    "GL_WRONG_PERIOD", "GL_TIMING_UNPOSTED", "GL_MANUAL_JOURNAL", "GL_MISSING_IN_SUBLEDGER",
    "MANUAL_JE_FORCE", "GL_OPENING_DIFF",
)  # fmt: skip


class Office:
    """A ledger into which every document of one kind goes wrong in one way."""

    def __init__(self, code, **opening):
        faults = FaultRates.only(**{code: 1.0})
        self.company = Company(replace(Parameters(), faults=faults), 1)
        self.accounting = Accounting(self.company)
        self.accounting.open(opening)
        self.journals = []
        self.company.listen(Journal, self.journals.append)

    def ship(self, day=date(2025, 3, 11)):
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        line = ShipmentLine(1, "SO1", 1, self.company.bought[0].code, 10, 10, 900, 5_000)
        self.company.tell(Shipment("SH1", "sale", "HAM", "C1", day, at, (line,)))

    def bill(self, day=date(2025, 3, 12), fx_rate=1_000_000):
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        line = InvoiceLine(1, self.company.bought[0].code, 10, 900, 9_000, 1_710, "SO1", 1)
        self.company.tell(
            Invoice("IN1", "C1", day, at, day, "PO", (line,), "sent", at, fx_rate=fx_rate)
        )

    def pay(self, day=date(2025, 3, 31)):
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        part = Application("IN1", 10_710)
        self.company.tell(CashReceived("CR1", "C1", day, at, 10_710, (part,)))

    def off(self):
        """Actual less expected, by account role."""
        books = self.accounting
        roles = ("AR", "UNBILLED_AR", "INV", "COGS", "EXPENSE", "REVENUE", "TAX_PAYABLE", "CASH")
        both = {role: books.actual.of_role(role) - books.expected.of_role(role) for role in roles}
        return {role: cents for role, cents in both.items() if cents}

    def planted(self):
        return [(p.code, p.exposure, p.root_code) for p in self.company.faults.planted]

    def keys(self):
        return [p.keys for p in self.company.faults.planted]


SALE = {"COGS": 5_000, "INV": -5_000, "UNBILLED_AR": 9_000, "REVENUE": -9_000}


def test_posted_twice():
    office = Office("GL_DUPLICATE_POSTING")
    office.ship()
    assert office.off() == SALE
    assert office.planted() == [("GL_DUPLICATE_POSTING", 14_000, "")]
    assert office.keys()[0]["journal_id"] == office.journals[1].journal_id
    assert office.keys()[0]["shipment_id"] == "SH1"


def test_never_posted():
    office = Office("GL_MISSING_IN_GL")
    office.ship()
    assert office.off() == {role: -cents for role, cents in SALE.items()}
    assert office.journals == []
    assert office.keys() == [{"shipment_id": "SH1"}]


def test_an_entry_is_not_missing_while_it_may_still_come():
    office = Office("GL_MISSING_IN_GL")
    office.ship(date(2025, 12, 29))
    assert office.off() == {}


def test_on_another_account():
    office = Office("GL_WRONG_ACCOUNT")
    office.ship()
    assert office.off() == {"COGS": -5_000, "EXPENSE": 5_000}
    line = int(office.keys()[0]["journal_line"])
    assert office.journals[0].entries[line - 1].role == "EXPENSE"


@pytest.mark.parametrize(
    ("code", "keeps_qty"), [("GL_AMOUNT_COST", True), ("GL_AMOUNT_QTY", False)]
)
def test_another_amount(code, keeps_qty):
    office = Office(code)
    office.ship()
    ((_, exposure, _),) = office.planted()
    assert office.off() == {"COGS": exposure, "INV": -exposure}
    cost = office.journals[0].entries[0]
    assert (cost.qty == 10) is keeps_qty


def test_another_rate_and_another_rounding():
    office = Office("GL_AMOUNT_FX")
    office.ship()
    office.bill(fx_rate=900_000)
    assert office.planted()[0][1] == abs(office.off()["AR"]) > 100
    assert sum(office.off().values()) + _fx(office) == 0
    office = Office("GL_AMOUNT_ROUND")
    office.ship()
    office.bill()
    assert abs(office.off()["AR"]) == office.planted()[0][1] <= 2
    assert office.off()["TAX_PAYABLE"] == -office.off()["AR"]


def _fx(office):
    books = office.accounting
    return sum(
        books.actual.of_role(role) - books.expected.of_role(role)
        for role in ("FX_GAIN_LOSS", "ROUNDING")
    )


def test_debits_and_credits_that_differ():
    office = Office("JOURNAL_UNBALANCED")
    office.ship()
    office.bill()
    office.pay(date(2025, 3, 20))
    assert office.off() == {"CASH": office.planted()[0][1]}


def test_posted_in_the_month_after():
    office = Office("CUTOFF_ERROR")
    office.ship(date(2025, 3, 31))
    assert office.off() == {role: -cents for role, cents in SALE.items()}
    office.accounting.slips.work(date(2025, 4, 1))
    assert office.off() == {}
    assert office.journals[0].day == date(2025, 4, 1)
    assert office.journals[0].document_day == date(2025, 3, 31)
    assert office.planted() == [
        ("CUTOFF_ERROR", 14_000, ""), ("GL_WRONG_PERIOD", 14_000, "CUTOFF_ERROR"),
    ]  # fmt: skip


def test_a_shipment_in_the_middle_of_a_month_has_no_cutoff():
    office = Office("CUTOFF_ERROR")
    office.ship(date(2025, 3, 28))
    assert office.off() == {}


def test_parked_within_the_limit_for_posting():
    office = Office("GL_TIMING_UNPOSTED")
    office.ship(date(2025, 12, 30))
    assert office.off() == {role: -cents for role, cents in SALE.items()}
    assert [journal.status for journal in office.journals] == ["parked"]
    office = Office("GL_TIMING_UNPOSTED")
    office.ship(date(2025, 12, 29))
    assert office.off() == {}


@pytest.mark.parametrize("code", ["GL_MANUAL_JOURNAL", "GL_MISSING_IN_SUBLEDGER"])
def test_an_entry_out_of_nowhere(code):
    office = Office(code)
    office.accounting.slips.work(date(2025, 3, 17))
    (journal,) = office.journals
    assert journal.is_manual is (code == "GL_MANUAL_JOURNAL")
    assert office.keys()[0]["journal_id"] == journal.journal_id
    assert sum(entry.amount for entry in journal.entries) == 0
    assert office.accounting.should_be == []


def test_a_forced_balance_is_the_difference_before_it():
    office = Office("MANUAL_JE_FORCE")
    office.accounting.actual.balance["1200"] = 12_345
    office.accounting.slips.work(date(2025, 3, 31))
    assert "INV" not in office.off()
    assert office.planted() == [("MANUAL_JE_FORCE", 12_345, "")]
    assert office.journals[0].day == date(2025, 3, 31)


def test_the_ledger_opens_above_its_stock():
    office = Office("GL_OPENING_DIFF", INV=100, EQUITY=-100)
    assert office.off() == {"INV": office.planted()[0][1]}


def test_every_fault_of_the_ledger_strikes_and_none_too_often(told):
    codes = Counter(p.code for p in told[0].company.faults.planted if not p.root_code)
    assert {code: codes[code] for code in CODES if not 1 <= codes[code] <= 9} == {}


def test_journals_named_in_the_key_were_delivered(told):
    delivered = {h.journal_id: h for h in told[1] if isinstance(h, Journal)}
    for planted in told[0].company.faults.planted:
        if "journal_id" in planted.keys:
            journal = delivered[planted.keys["journal_id"]]
            assert int(planted.keys.get("journal_line", 1)) <= len(journal.entries)
