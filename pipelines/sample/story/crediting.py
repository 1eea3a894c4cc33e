"""Credits: for what came back, for a price given up, and to take a wrong invoice back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from pipelines.sample.happenings import GoodsReturned, Invoice, InvoiceLine
from pipelines.sample.story.billables import tax_of
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import convert

CREDIT_MINUTE = 14 * 60
YOUNGEST_NO_RETURN_DAYS = 62
Sale = tuple[str, int]


class Crediting:
    """Remembers what each sale was billed at, and writes credits of it days later."""

    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.faults = company.faults
        self._rng = rng
        self._money = company.parameters.money
        self._billed: dict[Sale, tuple[Invoice, InvoiceLine]] = {}
        self._due: defaultdict[date, list[Invoice]] = defaultdict(list)
        self._decided: set[tuple[str, int]] = set()
        company.listen(Invoice, self._hear_invoice)
        company.listen(GoodsReturned, self._hear_return)

    def _hear_invoice(self, invoice: Invoice) -> None:
        if invoice.kind != "invoice" or invoice.status != "sent":
            return
        for line in invoice.lines:
            if line.order_id and line.kind == "item" and line.qty > 0:
                self._billed[line.order_id, line.order_line] = (invoice, line)

    def _hear_return(self, returned: GoodsReturned) -> None:
        """Within five business days of the decision, but for a return that somebody overlooks."""
        key = (returned.receipt_id, returned.line)
        if returned.disposition not in ("restock", "scrap") or key in self._decided:
            return
        self._decided.add(key)
        day = returned.accepted_day or returned.day
        if self._is_overlooked(returned, day):
            return
        billed = self._billed.get((returned.order_id, returned.order_line))
        price = billed[1].price if billed else returned.price
        if not price:
            return
        line = InvoiceLine(
            1, returned.item, -returned.qty, price, -returned.qty * price, 0,
            returned.order_id, returned.order_line, returned.shipment_id,
            str(returned.shipment_line) if returned.shipment_line else "",
        )  # fmt: skip
        on = self.company.next_business_day(day, steps=self._rng.randrange(1, 4))
        self._due[on].append(self._credit(returned.customer, line, "return", billed))

    def _is_overlooked(self, returned: GoodsReturned, day: date) -> bool:
        claim = ("sale", returned.customer, returned.item)
        customer = self.company.customers.get(returned.customer)
        if not returned.price or customer is None:
            return False
        if not self.faults.strikes("RETURN_NO_CREDIT", day=day, claim=claim):
            return False
        worth = returned.qty * returned.price
        if customer.tax_inclusive:
            percent = 100 + self._money.tax_percent
            worth = (2 * worth * 100 + percent) // (2 * percent)
        self.faults.plant(
            "RETURN_NO_CREDIT",
            self.company.exchange.to_own(worth, returned.currency, day),
            f"{returned.qty} came back on {day.isoformat()}, no credit followed",
            receipt_id=returned.receipt_id, receipt_line=returned.line,
        )  # fmt: skip
        return True

    def consider(self, invoice: Invoice, day: date, *, is_sound: bool) -> None:
        """Some sound invoices are followed by an allowance, some by a credit for no return."""
        customer = self.company.customers[invoice.customer]
        if not is_sound or not customer.names_shipment or customer.pre_billed:
            return
        for line in invoice.lines:
            claim = ("sale", invoice.customer, line.item)
            if line.kind != "item" or line.net <= 0 or self.faults.is_claimed(*claim):
                continue
            early = day <= self._last_for_no_return()
            if early and self.faults.strikes("CREDIT_NO_RETURN", day=day, claim=claim):
                qty = -max(1, line.qty // 3)
                wrong = replace(line, line=1, qty=qty, net=qty * line.price)
                on = self.company.next_business_day(day, steps=self._rng.randrange(6, 15))
                credit = self._credit(invoice.customer, wrong, "return", (invoice, line))
                self._due[on].append(replace(credit, mode="manual", created_by="m.ohlsen"))
                return
            if self._rng.random() < self._money.allowance_share:
                amount = max(1, line.net * self._rng.randrange(3, 12) // 100)
                self.allow(invoice, line, amount, day, "price_allowance")
                return

    def _last_for_no_return(self) -> date:
        """A return may follow thirty days after its credit: nothing younger is a fault yet."""
        return self.company.parameters.last_day - timedelta(days=YOUNGEST_NO_RETURN_DAYS)

    def allow(
        self, invoice: Invoice, line: InvoiceLine, net: int, day: date, reason: str,
        *, gross: int | None = None,
    ) -> Invoice:  # fmt: skip
        """A price given up after the fact, with approval: goods stay with the customer. Where the
        customer has taken the amount already, `gross` is what it took."""
        part = InvoiceLine(
            1, line.item, -1, net, -net, 0, line.order_id, line.order_line,
            line.shipment_id, line.shipment_line, kind="adjustment",
        )  # fmt: skip
        on = self.company.next_business_day(day, steps=self._rng.randrange(4, 16))
        credit = self._credit(invoice.customer, part, reason, (invoice, line))
        credit = replace(credit, approved_at=self.company.moment(on, CREDIT_MINUTE - 120))
        if gross is not None:
            settled = replace(credit.lines[0], tax=-(gross - net))
            credit = replace(credit, lines=(settled,))
        self._due[on].append(credit)
        return credit

    def give_back(self, invoice: Invoice, line: InvoiceLine, day: date) -> None:
        """The pallets came back empty: their deposit is credited, no goods of ours among them."""
        on = self.company.next_business_day(
            day, steps=self.company.parameters.charges.packaging_back_days
        )
        back = replace(line, line=1, qty=-line.qty, net=-line.net)
        credit = self._credit(invoice.customer, back, "packaging", (invoice, line))
        at = self.company.moment(on, CREDIT_MINUTE - 120)
        self._due[on].append(replace(credit, approved_at=at))

    def _credit(
        self, customer: str, line: InvoiceLine, reason: str,
        billed: tuple[Invoice, InvoiceLine] | None,
    ) -> Invoice:  # fmt: skip
        """A credit memo without its date; tax and exchange rate are those of the invoice."""
        invoice = billed[0] if billed else None
        code, percent = tax_of(self.company.customers[customer], self._money.tax_percent)
        tax = -((-2 * line.net * percent + 100) // 200)
        line = replace(line, tax=tax, tax_code=code)
        nowhen = self.company.moment(self.company.parameters.first_day, 0)
        return Invoice(
            self.company.number("CN"), customer, self.company.parameters.first_day, nowhen,
            self.company.parameters.first_day,
            invoice.purchase_reference if invoice else "", (line,), "sent", nowhen,
            kind="credit_memo", currency=invoice.currency if invoice else "EUR",
            fx_rate=invoice.fx_rate if invoice else 1_000_000,
            references=invoice.invoice_id if invoice else "", reason=reason,
        )  # fmt: skip

    def due_today(self, day: date) -> list[Invoice]:
        """Credits that go out today, dated; the wrong ones are planted now that they exist."""
        dated = []
        for position, credit in enumerate(self._due.pop(day, [])):
            at = self.company.moment(day, CREDIT_MINUTE + min(position, 90))
            credit = replace(credit, day=day, due=day, created_at=at, changed_at=at)
            if credit.created_by == "m.ohlsen":
                self._plant_no_return(credit)
            dated.append(credit)
        return dated

    def _plant_no_return(self, credit: Invoice) -> None:
        self.faults.plant(
            "CREDIT_NO_RETURN",
            convert(-credit.net, credit.fx_rate),
            "credited as a return, nothing came back and nobody approved it",
            invoice_id=credit.invoice_id, invoice_line=1,
        )  # fmt: skip

    def taken_back(self, invoice: Invoice, day: date, at: datetime) -> Invoice:
        """The document that cancels an invoice: the same lines with the opposite sign."""
        lines = tuple(
            replace(line, qty=-line.qty, net=-line.net, tax=-line.tax) for line in invoice.lines
        )
        return replace(
            invoice, invoice_id=self.company.number("CA"), kind="cancellation", lines=lines,
            day=day, created_at=at, changed_at=at, due=day, references=invoice.invoice_id,
            discount_until=None, discount=0, reason="wrong_reference", posted=None,
        )  # fmt: skip
