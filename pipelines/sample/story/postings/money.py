"""Entries of payments, in and out: what they settle, what they leave, what the rate does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.sample.happenings import (
    Application,
    CashApplied,
    CashReceived,
    Entry,
    SupplierPaid,
)
from pipelines.sample.story.postings.sums import Facts, converted

if TYPE_CHECKING:
    from pipelines.sample.story.accounting import Accounting


class MoneyPostings:
    def __init__(self, accounting: Accounting) -> None:
        self.accounting = accounting
        self._received: dict[str, list[Entry]] = {}
        self._undo: dict[str, list[tuple[str, int, int]]] = {}
        company = accounting.company
        company.listen(CashReceived, self._cash)
        company.listen(CashApplied, self._applied)
        company.listen(SupplierPaid, self._paid)

    def _cash(self, receipt: CashReceived) -> None:
        """E59; a payment that bounces is booked back on the day it does."""
        if receipt.status == "bounced":
            self._bounce(receipt)
            return
        if receipt.status != "cleared" or receipt.receipt_id in self._received:
            return
        whom: Facts = {"party": receipt.customer, "party_role": "customer", "event": "E59"}
        amount = converted(receipt.amount, receipt.fx_rate)
        entries = [
            Entry("CASH", amount, amount_doc=receipt.amount, currency_doc=receipt.currency, **whom)
        ]
        parts = list(enumerate(receipt.applied, start=1))
        entries += self._settled(receipt, parts, whom)
        left = receipt.unapplied
        if left:
            carried = converted(left, receipt.fx_rate)
            self.accounting.on_account.keep(receipt, left, carried)
            entries.append(Entry("UNAPPLIED_CASH", -carried, **whom))
        self._close(entries, whom)
        self._received[receipt.receipt_id] = entries
        source = ("CASH", "cash_receipt", receipt.receipt_id)
        self.accounting.post(receipt.day, source, entries)

    def _settled(
        self,
        receipt: CashReceived | CashApplied,
        parts: list[tuple[int, Application]],
        whom: Facts,
    ) -> list[Entry]:
        """A deduction settles nothing until it is decided (ruling E19)."""
        entries: list[Entry] = []
        for number, part in parts:
            if part.kind != "applied":
                continue
            facts = {"doc_line": str(number), **whom}
            rate = receipt.fx_rate
            settled = part.applied + part.discount + part.write_off
            if not settled:
                continue
            relief = self._relieve(receipt.receipt_id, part.invoice_id, settled, rate)
            entries.append(Entry("AR", -relief, **facts))
            if part.settled_by == "credit_memo":
                used = self._relieve(
                    receipt.receipt_id, part.settling_document, -part.applied, rate
                )
                entries.append(Entry("AR", -used, **facts))
            written = part.write_off + (part.applied if part.settled_by == "write_off" else 0)
            for role, cents in (("DISCOUNT_ALLOWED", part.discount), ("BAD_DEBT", written)):
                if cents:
                    entries.append(Entry(role, converted(cents, rate), **facts))
        return entries

    def _relieve(self, receipt_id: str, document: str, cents: int, rate: int) -> int:
        relief = self.accounting.receivables.settle(document, cents, rate)
        self._undo.setdefault(receipt_id, []).append((document, cents, relief))
        return relief

    def _close(self, entries: list[Entry], whom: Facts) -> None:
        """What is left is the difference between the rates of invoice and payment."""
        rest = sum(entry.amount for entry in entries)
        if rest:
            entries.append(Entry("FX_GAIN_LOSS", -rest, **whom))

    def _bounce(self, receipt: CashReceived) -> None:
        booked = self._received.pop(receipt.receipt_id, None)
        if booked is None:
            return
        for document, cents, relief in self._undo.pop(receipt.receipt_id, []):
            item = self.accounting.receivables.items.get(document)
            if item:
                item.open += cents
                item.carried += relief
        self.accounting.on_account.items.pop(receipt.receipt_id, None)
        day = self.accounting.local_day(receipt.at)
        source = ("CASH", "cash_receipt", receipt.receipt_id)
        back = [_mirror(entry) for entry in booked]
        self.accounting.post(max(day, receipt.day), source, back)

    def _applied(self, told: CashApplied) -> None:
        """Money on account finds its invoice."""
        whom: Facts = {"party": told.customer, "party_role": "customer", "event": "E59"}
        parts = list(enumerate(told.parts, start=told.first_line))
        entries = self._settled(told, parts, whom)
        cash = sum(part.applied for part in told.parts if part.kind == "applied")
        used = self.accounting.on_account.settle(told.receipt_id, -cash, told.fx_rate)
        entries.append(Entry("UNAPPLIED_CASH", -used, **whom))
        self._close(entries, whom)
        self._received.setdefault(told.receipt_id, []).extend(entries)
        source = ("CASH", "cash_receipt", told.receipt_id)
        self.accounting.post(told.day, source, entries)

    def _paid(self, payment: SupplierPaid) -> None:
        """The discount a supplier grants lowers what we paid for goods: PPV."""
        whom: Facts = {"party": payment.supplier, "party_role": "supplier"}
        settled = payment.amount + payment.discount
        relief = self.accounting.payables.settle(payment.invoice_id, -settled, payment.fx_rate)
        entries = [Entry("AP", -relief, **whom)]
        entries.append(
            Entry(
                "CASH", -converted(payment.amount, payment.fx_rate), amount_doc=-payment.amount,
                currency_doc=payment.currency, **whom,
            )
        )  # fmt: skip
        if payment.discount:
            discount = converted(payment.discount, payment.fx_rate)
            entries.append(Entry("PPV", -discount, **whom))
        self._close(entries, whom)
        source = ("CASH", "payment", payment.payment_id)
        self.accounting.post(payment.day, source, entries)


def _mirror(entry: Entry) -> Entry:
    return replace(entry, amount=-entry.amount, qty=None if entry.qty is None else -entry.qty)
