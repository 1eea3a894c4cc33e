"""What customers owe, and how they pay: in time or late, short, together, on account, in advance."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pipelines.sample.copying import altered
from pipelines.sample.happenings import Application, CashApplied, CashReceived, Invoice, OpenItem
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import convert

CASH_MINUTE, CLERK_MINUTE = 10 * 60 + 30, 15 * 60
REASONS = ("damage", "price", "quantity", "not_delivered")


@dataclass(slots=True)
class Owed:
    """An invoice and what is open of it; a credit is open below zero."""

    invoice: Invoice
    open: int
    is_held: bool = False  # the customer pays when it has what it objects to, or waits for, settled
    is_short: bool = False  # paid once, less a deduction


@dataclass(frozen=True, slots=True)
class Deduction:
    """A customer paid less than it owes and says why."""

    invoice: Invoice
    amount: int
    reason: str


class Receivables:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.faults = company.faults
        self.owed: dict[str, Owed] = {}
        self.deducted: list[Deduction] = []
        self._credits: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._pays_on: defaultdict[date, list[str]] = defaultdict(list)
        self._unapplied: defaultdict[date, list[tuple[CashReceived, tuple[str, ...]]]] = (
            defaultdict(list)
        )
        self._bounces: defaultdict[date, list[tuple[CashReceived, list[tuple[Invoice, int]]]]] = (
            defaultdict(list)
        )
        self._valued: dict[str, date] = {}
        self._coming: set[str] = set()  # paid by money that nobody has applied yet
        self._late_discounts: set[str] = set()
        self._money = company.parameters.money
        self._rng = rng

    def open_invoice(
        self, invoice: Invoice, *, may_pay: bool = True, pays_on: date | None = None
    ) -> None:
        self.owed[invoice.invoice_id] = Owed(invoice, invoice.gross, is_held=not may_pay)
        self._pays_on[pays_on or self.payment_day(invoice)].append(invoice.invoice_id)

    def payment_day(self, invoice: Invoice) -> date:
        """A customer pays within its discount, or after the due date as it usually does."""
        buyer = self.company.customers[invoice.customer]
        weights = self._money.days_late_weights
        drawn = self._rng.choices(range(-4, len(weights) - 4), weights)[0]
        pays = invoice.due + timedelta(days=max(-10, buyer.pays_late_by + drawn) - 1)
        if invoice.discount_until and self._rng.random() < self._money.takes_discount_share:
            pays = invoice.discount_until - timedelta(days=self._rng.randrange(2, 5))
            is_last_day = invoice.discount_until.weekday() < 4
            if is_last_day and self._rng.random() < self._money.booked_later_share:
                self._valued[invoice.invoice_id] = pays = invoice.discount_until
        return self.company.next_business_day(max(pays, invoice.day))

    def open_credit(self, credit: Invoice) -> None:
        self.owed[credit.invoice_id] = Owed(credit, credit.gross)
        self._credits[credit.customer, credit.currency].append(credit.invoice_id)

    def take_back(self, invoice_id: str) -> bool:
        """A cancelled invoice is owed no longer; False where money has come for it."""
        owed = self.owed.get(invoice_id)
        if owed is None or owed.open != owed.invoice.gross or invoice_id in self._coming:
            return False
        del self.owed[invoice_id]
        return True

    def hold(self, invoice_id: str) -> None:
        if invoice_id in self.owed:
            self.owed[invoice_id].is_held = True

    def release(self, invoice_id: str, day: date) -> None:
        """What was held is paid some days later."""
        owed = self.owed.get(invoice_id)
        if owed and owed.is_held:
            owed.is_held = False
            pays = max(day, owed.invoice.due) + timedelta(days=self._rng.randrange(2, 9))
            self._pays_on[self.company.next_business_day(pays)].append(invoice_id)

    def collect(self, day: date) -> None:
        """A customer pays all that is due for payment today in one transfer a currency."""
        self.deducted = []
        self._bounce(day)
        self._apply_waiting(day)
        payers: dict[tuple[str, str], list[Owed]] = {}
        for due in sorted(due for due in self._pays_on if due <= day):
            for invoice_id in self._pays_on.pop(due):
                owed = self.owed.get(invoice_id)
                if owed and not owed.is_held:
                    key = (owed.invoice.customer, owed.invoice.currency)
                    payers.setdefault(key, []).append(owed)
        for (customer, currency), bills in payers.items():
            self._pay(day, customer, currency, list({id(owed): owed for owed in bills}.values()))

    def _pay(self, day: date, customer: str, currency: str, bills: list[Owed]) -> None:
        value_day = self._value_day(day, bills)
        parts = [self._part(owed, day, value_day, is_alone=len(bills) == 1) for owed in bills]
        parts, netted = self._net_credits(customer, currency, parts)
        amount = sum(part.applied for part in parts)
        at = self.company.moment(day, CASH_MINUTE)
        buyer = self.company.customers[customer]
        receipt = CashReceived(
            self.company.number("CR"), customer, day, at, amount, (), currency=currency,
            fx_rate=self.company.exchange.rate(currency, day), value_day=value_day,
            method="direct_debit" if buyer.segment == "web" else "wire",
            end_to_end=f"{customer}-{day:%y%m%d}",
        )  # fmt: skip
        plain = len(parts) == len(bills) and not netted
        if plain and self._rng.random() < self._money.on_account_share:
            wait = self.company.next_business_day(day, steps=self._rng.randrange(1, 6))
            simple = all(part.settles == part.applied for part in parts)
            if simple and wait.month == day.month:
                for owed in bills:
                    owed.is_held = True
                    self._coming.add(owed.invoice.invoice_id)
                self._unapplied[wait].append(
                    (receipt, tuple(owed.invoice.invoice_id for owed in bills))
                )
                self.company.tell(receipt)
                return
        if not amount:  # nothing but credits: they wait for the next payment
            self._wait_for_the_next(day, bills, netted)
            return
        parts = [part for part in parts if part.settles]
        told = (*self._announced(customer, parts), *parts, *netted)
        receipt = replace(receipt, applied=told)
        self.company.tell(receipt)
        before = [(owed.invoice, owed.open) for owed in bills]
        for part in (*parts, *netted):
            self._settle(part, receipt)
        is_whole = all(part.deduction == 0 for part in parts)
        if receipt.method == "direct_debit" and plain and is_whole and self._bounces_this_time(day):
            self._bounces[self.company.next_business_day(day, steps=2)].append((receipt, before))

    def _wait_for_the_next(self, day: date, bills: list[Owed], netted: list[Application]) -> None:
        again = self._pays_on[self.company.next_business_day(day, steps=7)]
        again += [owed.invoice.invoice_id for owed in bills]
        for part in netted:
            owed = self.owed[part.settling_document]
            self._credits[owed.invoice.customer, owed.invoice.currency].append(
                part.settling_document
            )

    def _value_day(self, day: date, bills: list[Owed]) -> date:
        """Now and then the bank books a day after the value."""
        valued = [self._valued.pop(owed.invoice.invoice_id, day) for owed in bills]
        return min([day, *valued])

    def _part(self, owed: Owed, day: date, value_day: date, *, is_alone: bool) -> Application:
        invoice, gross = owed.invoice, owed.open
        if gross != invoice.gross or owed.is_short:
            return Application(invoice.invoice_id, gross)
        if invoice.discount_until and invoice.discount:
            in_time = value_day <= invoice.discount_until
            if in_time or self._takes_it_late(invoice, value_day):
                if in_time and day > invoice.discount_until:
                    self._trap_value_day(invoice)
                return Application(
                    invoice.invoice_id, gross - invoice.discount, discount=invoice.discount
                )
        chance = self._rng.random()
        if chance < self._money.short_payment_share and gross > 5000:
            reason = self._rng.choice(REASONS)
            taken = max(100, gross * self._rng.randrange(3, 12) // 100)
            owed.is_short = owed.is_held = True
            self.deducted.append(Deduction(invoice, taken, reason))
            return Application(
                invoice.invoice_id, gross - taken, deduction=taken, deduction_reason=reason
            )
        if chance > 1 - self._money.cents_short_share and gross > 1000:
            cents = self._rng.randrange(1, 60)
            return Application(invoice.invoice_id, gross - cents, write_off=cents)
        return Application(invoice.invoice_id, gross)

    def _takes_it_late(self, invoice: Invoice, value_day: date) -> bool:
        """A discount taken after its days is a leak, some days after at least."""
        assert invoice.discount_until is not None
        if value_day <= invoice.discount_until + timedelta(days=3):
            return False
        claim = ("doc", invoice.invoice_id)
        if not self.faults.strikes("TERMS_LEAK", day=value_day, claim=claim):
            return False
        self._late_discounts.add(invoice.invoice_id)
        return True

    def _trap_value_day(self, invoice: Invoice) -> None:
        self.faults.trap(
            "discount by value date", "booked after the discount days, with a value date in them",
            invoice_id=invoice.invoice_id,
        )  # fmt: skip

    def _net_credits(
        self, customer: str, currency: str, parts: list[Application]
    ) -> tuple[list[Application], list[Application]]:
        """Credits of the customer that fit whole into a payment reduce what it transfers."""
        netted: list[Application] = []
        waiting = self._credits.get((customer, currency), [])
        for credit_id in list(waiting):
            worth = -self.owed[credit_id].open
            for place, part in enumerate(parts):
                if part.applied >= worth and part.settles == part.applied:
                    parts[place] = replace(part, applied=part.applied - worth)
                    netted.append(
                        Application(
                            part.invoice_id, worth, settled_by="credit_memo",
                            settling_document=credit_id,
                        )
                    )  # fmt: skip
                    waiting.remove(credit_id)
                    break
        return parts, netted

    def _announced(self, customer: str, parts: list[Application]) -> list[Application]:
        """Large customers send a remittance advice beside the payment."""
        buyer = self.company.customers[customer]
        if not buyer.gln:
            return []
        return [
            replace(part, kind="remittance", stated_number=f"2025-{part.invoice_id[2:]}")
            for part in parts
        ]

    def _settle(self, part: Application, receipt: CashReceived) -> None:
        """A deduction settles nothing yet: it keeps the invoice open (ruling E19)."""
        if part.invoice_id in self._late_discounts:
            self._plant_late_discount(part, receipt)
        for document_id, amount in (
            (part.invoice_id, part.applied + part.discount + part.write_off),
            (part.settling_document, -part.applied if part.settling_document else 0),
        ):
            owed = self.owed.get(document_id)
            if owed is None or not amount:
                continue
            owed.open -= amount
            if owed.open == 0:
                self.company.tell(altered(owed.invoice, status="paid", changed_at=receipt.at))
                del self.owed[document_id]

    def _plant_late_discount(self, part: Application, receipt: CashReceived) -> None:
        self._late_discounts.discard(part.invoice_id)
        self.faults.plant(
            "TERMS_LEAK",
            self.company.exchange.to_own(part.discount, receipt.currency, receipt.day),
            "cash discount taken after its days",
            invoice_id=part.invoice_id, cash_receipt_id=receipt.receipt_id,
        )  # fmt: skip

    def _apply_waiting(self, day: date) -> None:
        """Money that came without a reference is put against its invoices by a clerk."""
        at = self.company.moment(day, CLERK_MINUTE)
        for receipt, invoice_ids in self._unapplied.pop(day, []):
            parts = tuple(Application(i, self.owed[i].open) for i in invoice_ids)
            self.company.tell(
                CashApplied(
                    receipt.receipt_id,
                    receipt.customer,
                    day,
                    at,
                    parts,
                    1,
                    receipt.currency,
                    receipt.fx_rate,
                )
            )
            for part in parts:
                self._coming.discard(part.invoice_id)
                self.owed[part.invoice_id].is_held = False
                self._settle(part, replace(receipt, at=at))

    def _bounces_this_time(self, day: date) -> bool:
        is_late = (self.company.parameters.last_day - day).days < 25
        return not is_late and self._rng.random() < self._money.bounced_share

    def _bounce(self, day: date) -> None:
        """The bank takes a direct debit back; the invoices are open again and paid later."""
        at = self.company.moment(day, CASH_MINUTE - 60)
        for receipt, before in self._bounces.pop(day, []):
            self.company.tell(replace(receipt, status="bounced", at=at))
            for invoice, was_open in before:
                self.owed[invoice.invoice_id] = Owed(invoice, was_open, is_short=True)
                self.company.tell(replace(invoice, status="posted", changed_at=at))
                again = self.company.next_business_day(day, steps=8)
                self._pays_on[again].append(invoice.invoice_id)

    def on_account(self) -> int:
        """Money received and not applied, in company currency."""
        return sum(
            convert(receipt.amount, receipt.fx_rate)
            for waiting in self._unapplied.values()
            for receipt, _ in waiting
        )

    def open_items(self) -> tuple[OpenItem, ...]:
        return tuple(
            OpenItem(
                owed.invoice.invoice_id, owed.invoice.customer, owed.invoice.day,
                owed.invoice.due, owed.invoice.gross, owed.open,
                "credit" if owed.invoice.kind == "credit_memo" else "invoice",
                owed.invoice.currency, convert(owed.open, owed.invoice.fx_rate),
            )
            for owed in self.owed.values()
        )  # fmt: skip
