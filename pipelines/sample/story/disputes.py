"""Objections of customers, with or without a payment that falls short, and how they end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from pipelines.sample.happenings import Dispute, Invoice, InvoiceLine
from pipelines.sample.story.billables import tax_of
from pipelines.sample.story.crediting import Crediting
from pipelines.sample.story.receivables import Deduction, Receivables
from pipelines.sample.world.company import Company

OPENED_MINUTE, CLOSED_MINUTE = 11 * 60 + 15, 13 * 60
TEXTS = {
    "damage": "Two of the boxes were crushed, contents unusable.",
    "price": "Price is not the one we agreed on with your sales force.",
    "quantity": "Our goods receipt counted less than the delivery note says.",
    "not_delivered": "We have no record of this delivery.",
    "quality": "Goods do not hold what the data sheet promises.",
    "other": "Please send the delivery note, we cannot assign this invoice.",
}
OWNERS = {"damage": "quality", "price": "pricing", "quantity": "warehouse",
          "not_delivered": "logistics", "quality": "quality"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    dispute: Dispute
    invoice: Invoice
    line: InvoiceLine
    taken: int  # cents gross that the customer kept back already


class Disputes:
    def __init__(
        self, company: Company, rng: Random, receivables: Receivables, crediting: Crediting
    ) -> None:
        self.company = company
        self.receivables = receivables
        self.crediting = crediting
        self.open: set[str] = set()
        self._money = company.parameters.money
        self._closes: defaultdict[date, list[Case]] = defaultdict(list)
        self._rng = rng

    def of_deduction(self, deduction: Deduction, day: date) -> None:
        """A payment that falls short is an objection to the largest line of the invoice."""
        line = max(deduction.invoice.lines, key=lambda line: (line.net, line.line))
        self._open(deduction.invoice, line, deduction.amount, deduction.reason, day, taken=True)

    def consider(self, invoice: Invoice, day: date) -> None:
        """Some object before they pay, and pay when they have an answer."""
        if self._rng.random() >= self._money.dispute_share:
            return
        lines = [line for line in invoice.lines if line.kind == "item" and line.net > 0]
        if lines:
            line = self._rng.choice(lines)
            reason = self._rng.choice(tuple(TEXTS))
            self._open(invoice, line, line.net + line.tax, reason, day, taken=False)
            self.receivables.hold(invoice.invoice_id)

    def _open(
        self, invoice: Invoice, line: InvoiceLine, amount: int, reason: str, day: date,
        *, taken: bool,
    ) -> None:  # fmt: skip
        at = self.company.moment(day, OPENED_MINUTE)
        dispute = Dispute(
            self.company.number("DS"), at, invoice.invoice_id, line.line, invoice.customer,
            amount, reason, TEXTS[reason], "open", at, currency=invoice.currency,
            owner=OWNERS.get(reason, "customer service"),
        )  # fmt: skip
        self.company.tell(dispute)
        self.open.add(invoice.invoice_id)
        low, high = self._money.dispute_days
        closes = self.company.next_business_day(day, steps=self._rng.randrange(low, high))
        self._closes[closes].append(Case(dispute, invoice, line, amount if taken else 0))

    def work(self, day: date) -> None:
        for case in self._closes.pop(day, []):
            self._close(case, day)

    def _close(self, case: Case, day: date) -> None:
        """Accepted: a credit follows. Rejected: the customer pays what it kept back."""
        at = self.company.moment(day, CLOSED_MINUTE)
        drawn = self._rng.random()
        accepted = drawn < self._money.dispute_accepted_share
        invoice_id = case.invoice.invoice_id
        self.open.discard(invoice_id)
        if not accepted:
            told = replace(case.dispute, status="rejected", resolution="proof sent")
        else:
            is_part = not case.taken
            gross = case.taken or max(100, case.dispute.amount * self._rng.randrange(5, 40) // 100)
            customer = self.company.customers[case.invoice.customer]
            percent = tax_of(customer, self._money.tax_percent)[1]
            tax = (2 * gross * percent + 100 + percent) // (2 * (100 + percent))
            credit = self.crediting.allow(
                case.invoice, case.line, gross - tax, day, case.dispute.reason, gross=gross
            )
            told = replace(
                case.dispute, status="partial" if is_part else "accepted", resolution="credited",
                credit_invoice_id=credit.invoice_id,
            )  # fmt: skip
        self.company.tell(replace(told, changed_at=at, closed_at=at))
        self.receivables.release(invoice_id, day)
